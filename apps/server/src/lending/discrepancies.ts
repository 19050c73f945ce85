import { type RawBuilder, sql } from 'kysely'
import { recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, recordInRow, rowVersion } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import type { Actor, Scope } from '../platform/permissions.ts'
import { withinScope } from './scope-filter.ts'

/** A discrepancy as officers close it. */
export const DISCREPANCY_RECORD = recordInRow('discrepancy', 'discrepancy')

interface DiscrepancyRow {
  readonly id: string
  readonly etag: string
  readonly bank_code: string
  readonly bank_name: string
  readonly credit_code: string
  readonly enterprise_name: string
  readonly loan_receipt: string
  readonly period_from: PlainDate
  readonly period_to: PlainDate
  readonly reported_fen: Fen
  readonly computed_fen: Fen
  readonly opened_on: PlainDate
  readonly closed_on: PlainDate | null
  readonly closing_reason: string | null
}

export interface DiscrepancyFilter {
  readonly open?: boolean | undefined
  readonly bankCode?: string | undefined
  /** Part of the enterprise's name, its credit code, or a loan receipt. */
  readonly text?: string | undefined
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

/** Reported interest that does not agree with the computed, one page: open ones first, then the newest. */
export async function listDiscrepancies(db: Db, scope: Scope, filter: DiscrepancyFilter) {
  const { open, bankCode, text, after, limit } = filter
  const columns = { organisation: 'p.organisation_id', bank: 'p.bank_code', town: 'o.town_code' }
  const { rows } = await sql<DiscrepancyRow>`
    select d.id, ${rowVersion('d')} as etag, p.bank_code, b.short_name as bank_name, o.credit_code, o.name as enterprise_name, l.loan_receipt,
      p.period_from, p.period_to, d.reported_fen, d.computed_fen, d.opened_on, d.closed_on, d.closing_reason
    from discrepancy d
    join loan_period p on p.id = d.loan_period_id
    join loan l on l.id = p.loan_id
    join organisation o on o.id = p.organisation_id
    join bank b on b.code = p.bank_code
    where ${withinScope(scope, columns)}
      and ${open === undefined ? sql`true` : open ? sql`d.closed_on is null` : sql`d.closed_on is not null`}
      and ${bankCode === undefined ? sql`true` : sql`p.bank_code = ${bankCode}`}
      and ${text === undefined ? sql`true` : matches(text)}
      and ${after === undefined ? sql`true` : below(after)}
    order by (d.closed_on is null) desc, d.id desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ reported_fen, computed_fen, ...rest }) => ({
      ...rest,
      reported: formatYuan(reported_fen),
      computed: formatYuan(computed_fen),
      difference: formatYuan(reported_fen - computed_fen),
    })),
    next: rows.length > limit && last ? cursorOf(last) : null,
  }
}

/** A cursor says where its row stood: one that is closed meanwhile does not move the place. */
export const DISCREPANCY_CURSOR = /^[oc]\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const cursorOf = ({ id, closed_on }: DiscrepancyRow) => `${closed_on === null ? 'o' : 'c'}.${id}`

function below(cursor: string): RawBuilder<unknown> {
  return sql`((d.closed_on is null), d.id) < (${cursor.startsWith('o')}::boolean, ${cursor.slice(2)}::uuid)`
}

function matches(text: string): RawBuilder<unknown> {
  const part = `%${text.replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  return sql`(o.name ilike ${part} or o.credit_code = ${text.toUpperCase()} or l.loan_receipt = ${text})`
}

/**
 * Accepts what the bank reported although it differs. It holds for exactly this amount: when the bank reports
 * another one, the question is open again.
 */
export async function acceptDiscrepancy(db: Db, id: string, reason: string, actor: Actor): Promise<void> {
  await inTransaction(db, async tx => {
    const day = await businessDate(tx)
    const row = await tx
      .updateTable('discrepancy')
      .set({ closed_on: day, closed_by: actor.id, closing_reason: reason })
      .where('id', '=', id)
      .where('closed_on', 'is', null)
      .returning(['loan_period_id', 'reported_fen', 'computed_fen'])
      .executeTakeFirst()
    if (!row) throw notFound({ zh: '待核实的差异', en: 'open discrepancy' }, id)
    await tx
      .updateTable('loan_period')
      .set({ interest_accepted_fen: row.reported_fen })
      .where('id', '=', row.loan_period_id)
      .execute()
    await sql`insert into period_to_determine
      select id, organisation_id, calendar_year from loan_period where id = ${row.loan_period_id}`.execute(tx)
    await recordAudit(tx, {
      actor,
      businessDate: day,
      action: 'discrepancy.accepted',
      subjectKind: 'discrepancy',
      subjectId: id,
      detail: { reported: formatYuan(row.reported_fen), computed: formatYuan(row.computed_fen), reason },
    })
  })
}
