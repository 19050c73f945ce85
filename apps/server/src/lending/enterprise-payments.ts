import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import type { Fen } from '../platform/money.ts'
import type { Scope } from '../platform/permissions.ts'
import { withinScope } from './scope-filter.ts'

/**
 * The enterprise with a credit code, if the actor reaches it.
 *
 * @throws DomainError `not-found`
 */
export async function organisationInScope(
  db: Db,
  scope: Scope,
  creditCode: string,
): Promise<{ id: string; credit_code: string }> {
  const columns = { organisation: 'organisation.id', bank: 'organisation.id', town: 'organisation.town_code' }
  const organisation =
    scope.kind === 'bank'
      ? undefined
      : await db
          .selectFrom('organisation')
          .select(['id', 'credit_code'])
          .where('credit_code', '=', creditCode)
          .where(withinScope(scope, columns))
          .executeTakeFirst()
  if (!organisation) throw notFound({ zh: '企业', en: 'enterprise' }, creditCode)
  return organisation
}

interface PaymentRow {
  readonly end_to_end_id: string
  readonly reference: string
  readonly amount_fen: Fen
  readonly state: string
  readonly ordered_on: PlainDate
  readonly settled_on: PlainDate | null
  readonly reason_code: string | null
  readonly claims: number
}

export async function listPayments(db: Db, organisationId: string): Promise<PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    select o.end_to_end_id, o.reference, o.amount_fen, o.state, b.business_date as ordered_on, o.settled_on,
      o.reason_code,
      (select count(*)::integer from subsidy_batch_line l where l.payment_order_id = o.id) as claims
    from payment_order o join payment_batch b on b.id = o.payment_batch_id
    where o.organisation_id = ${organisationId} order by o.id desc`.execute(db)
  return rows
}

export async function listNotifications(db: Db, organisationId: string) {
  const rows = await db
    .selectFrom('notification')
    .select(['id', 'kind', 'parameters', 'business_date', 'read_at'])
    .where('organisation_id', '=', organisationId)
    .orderBy('recorded_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ read_at, parameters, ...rest }) => ({
    ...rest,
    parameters: parameters as Record<string, string | null>,
    read: read_at !== null,
  }))
}
