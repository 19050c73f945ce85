import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import { formatYuan } from '../platform/money.ts'
import type { Scope } from '../platform/permissions.ts'
import type { Answer } from '../policy/index.ts'
import { withinScope } from './scope-filter.ts'

export interface ClaimFilter {
  readonly quarter?: string | undefined
  readonly answer?: Answer | undefined
  readonly bankCode?: string | undefined
  readonly creditCode?: string | undefined
  readonly batchId?: string | undefined
  /** Only those that an upheld objection holds back. */
  readonly withheld?: boolean | undefined
  /** Part of the enterprise's name, its credit code, or a loan receipt. */
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

const COLUMNS = { organisation: 'claim.organisation_id', bank: 'claim.bank_code', town: 'claim.town_code' }

/** Claims, newest first, one page; `next` is the cursor of the page after it. */
export async function listClaims(db: Db, filter: ClaimFilter, scope: Scope) {
  const rows = await claimRows(db)
    .where(withinScope(scope, COLUMNS))
    .$if(filter.quarter !== undefined, query => query.where('claim.quarter', '=', filter.quarter ?? ''))
    .$if(filter.answer !== undefined, query => query.where('claim.answer', '=', filter.answer ?? ''))
    .$if(filter.bankCode !== undefined, query => query.where('claim.bank_code', '=', filter.bankCode ?? ''))
    .$if(filter.creditCode !== undefined, query =>
      query.where('organisation.credit_code', '=', filter.creditCode ?? ''),
    )
    .$if(filter.batchId !== undefined, query =>
      query.where('claim.id', 'in', sub =>
        sub
          .selectFrom('subsidy_batch_line')
          .select('claim_id')
          .where('batch_id', '=', filter.batchId ?? ''),
      ),
    )
    .$if(filter.withheld === true, query =>
      query.where('claim.id', 'in', sub =>
        sub.selectFrom('claim_withheld').select(sql<string>`claim_id`.as('claim_id')),
      ),
    )
    .$if(filter.text !== undefined, query => query.where(matches(filter.text ?? '')))
    .$if(filter.after !== undefined, query => query.where('claim.id', '<', filter.after ?? ''))
    .orderBy('claim.id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  return { items: page.map(toItem), next: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null }
}

/** One claim, or undefined where the actor does not reach it. */
export async function findClaim(db: Db, id: string, scope: Scope) {
  const row = await claimRows(db)
    .where('claim.id', '=', id)
    .where(withinScope(scope, COLUMNS))
    .executeTakeFirst()
  return row && toItem(row)
}

function matches(text: string) {
  const part = `%${text.replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  return sql<boolean>`(organisation.name ilike ${part} or organisation.credit_code = ${text.toUpperCase()} or loan.loan_receipt = ${text})`
}

/** The batch out of which an objection took the claim, while it is held back. */
const withheldIn = sql<string | null>`(
  select o.batch_id from objection o join objection_event e on e.objection_id = o.id and e.kind = 'upheld'
  where o.claim_id = claim.id and claim.id in (select claim_id from claim_withheld)
  order by o.id desc limit 1)`

function claimRows(db: Db) {
  return db
    .selectFrom('claim')
    .innerJoin('organisation', 'organisation.id', 'claim.organisation_id')
    .innerJoin('loan', 'loan.id', 'claim.loan_id')
    .innerJoin('bank', 'bank.code', 'claim.bank_code')
    .innerJoin('loan_period', 'loan_period.id', 'claim.id')
    .select([
      'claim.id',
      'claim.quarter',
      'claim.answer',
      'claim.interest_fen',
      'claim.amount_fen',
      'claim.batched_fen',
      'claim.paid_fen',
      'organisation.credit_code',
      'organisation.name as enterprise_name',
      'claim.bank_code',
      'bank.short_name as bank_name',
      'loan.loan_receipt',
      'loan_period.period_from',
      'loan_period.period_to',
      'claim.updated_at',
    ])
    .select(withheldIn.as('withheld_in'))
}

type ClaimRow = Awaited<ReturnType<ReturnType<typeof claimRows>['executeTakeFirstOrThrow']>>

function toItem(row: ClaimRow) {
  const { interest_fen, amount_fen, batched_fen, paid_fen, answer, updated_at, ...rest } = row
  return {
    ...rest,
    answer: answer as Answer,
    interest: formatYuan(interest_fen),
    amount: formatYuan(amount_fen),
    batched: formatYuan(batched_fen),
    paid: formatYuan(paid_fen),
    updated_at: updated_at.toISOString(),
  }
}
