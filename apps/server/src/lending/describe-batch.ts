import { sql } from 'kysely'
import { type Db, rowVersion } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import type { Answer } from '../policy/index.ts'
import { BATCH_ACTIONS, type BatchAction, type BatchState } from './batch.ts'

const EXCEPTIONS_MAX = 200
const SAMPLE_LEAST = 10
const SAMPLE_MOST = 50

export interface BatchFilter {
  readonly state?: BatchState | undefined
  /** Only what finance can order or the treasury is paying. */
  readonly inPayment?: boolean | undefined
  /** Part of the number. */
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Batches, newest first, one page. */
export async function listBatches(db: Db, filter: BatchFilter) {
  const { state, inPayment, text, after, limit } = filter
  const part = `%${(text ?? '').replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  const rows = await selectBatches(db)
    .$if(state !== undefined, query => query.where('state', '=', state ?? ''))
    .$if(inPayment === true, query => query.where('state', 'in', ['approved', 'ordered']))
    .$if(text !== undefined, query => query.where('number', 'ilike', part))
    .$if(after !== undefined, query => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return { items: page.map(toSummary), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** A batch as its preparer and its approver look at it: totals, exceptions first, a sample to check, what was noted. */
export async function describeBatch(db: Db, id: string) {
  const batch = await selectBatches(db).where('id', '=', id).executeTakeFirst()
  if (!batch) throw notFound({ zh: '批次', en: 'batch' }, id)
  // One after another: after a change they are read in its own transaction, which is one connection.
  return {
    ...toSummary(batch),
    by_bank: await totalsByBank(db, id),
    exceptions: await listExceptions(db, id),
    sample: await drawSample(db, id, batch.claim_count),
    outside: await countOutside(db, batch.quarter),
    payments: await countPayments(db, id),
    remarks: await listRemarks(db, id),
  }
}

const selectBatches = (db: Db) =>
  db
    .selectFrom('subsidy_batch')
    .selectAll()
    .select(rowVersion('subsidy_batch').as('etag'))
    .select(({ selectFrom, fn }) =>
      selectFrom('open_objection')
        .select(fn.countAll<bigint>().as('count'))
        .whereRef('open_objection.batch_id', '=', 'subsidy_batch.id')
        .as('open_objections'),
    )

type BatchRow = Awaited<ReturnType<ReturnType<typeof selectBatches>['executeTakeFirstOrThrow']>>

function toSummary(batch: BatchRow) {
  const state = batch.state as BatchState
  return {
    id: batch.id,
    etag: batch.etag,
    number: batch.number,
    quarter: batch.quarter,
    budget_year: batch.budget_year,
    state,
    actions: (Object.keys(BATCH_ACTIONS) as BatchAction[]).filter(action =>
      (BATCH_ACTIONS[action] as readonly BatchState[]).includes(state),
    ),
    claims: batch.claim_count,
    total: formatYuan(batch.total_fen),
    prepared_by: batch.prepared_by_name,
    prepared_on: batch.prepared_on,
    submitted_on: batch.submitted_on,
    decided_by: batch.decided_by_name,
    decided_on: batch.decided_on,
    notice_from: batch.notice_from,
    notice_until: batch.notice_until,
    payable_from: batch.payable_from,
    open_objections: Number(batch.open_objections ?? 0n),
  }
}

async function totalsByBank(db: Db, id: string) {
  const { rows } = await sql<{ bank_code: string; bank_name: string; claims: number; amount_fen: Fen }>`
    select c.bank_code, b.short_name as bank_name, count(*)::integer as claims, sum(l.amount_fen)::bigint as amount_fen
    from subsidy_batch_line l join claim c on c.id = l.claim_id join bank b on b.code = c.bank_code
    where l.batch_id = ${id} group by 1, 2 order by 4 desc`.execute(db)
  return rows.map(({ amount_fen, ...rest }) => ({ ...rest, amount: formatYuan(amount_fen) }))
}

export const EXCEPTIONS = [
  'objected',
  'taken_back',
  'changed_since',
  'no_account',
  'earlier_quarter',
  'reduced',
] as const

interface LineRow {
  readonly claim_id: string
  readonly kind: (typeof EXCEPTIONS)[number] | 'sample'
  readonly enterprise_name: string
  readonly credit_code: string
  readonly bank_name: string
  readonly quarter: string
  readonly amount_fen: Fen
  readonly checked: boolean
}

const toLine = <K extends string>({ amount_fen, kind, ...rest }: LineRow & { kind: K }) => ({
  ...rest,
  kind,
  amount: formatYuan(amount_fen),
})

const lineColumns = sql`
  l.claim_id, o.name as enterprise_name, o.credit_code, b.short_name as bank_name, c.quarter, l.amount_fen,
  exists (select from subsidy_batch_remark r
    where r.batch_id = l.batch_id and r.claim_id = l.claim_id and r.kind = 'sample_checked') as checked`

const lineTables = sql`
  subsidy_batch_line l
  join subsidy_batch s on s.id = l.batch_id
  join claim c on c.id = l.claim_id
  join organisation o on o.id = l.organisation_id
  join bank b on b.code = c.bank_code`

/** What is out of the ordinary, each line under the gravest that can be said of it. */
async function listExceptions(db: Db, id: string) {
  const { rows } = await sql<LineRow & { kind: (typeof EXCEPTIONS)[number] }>`
    select * from (
      select ${lineColumns},
        case
          when exists (select from open_objection j where j.batch_id = l.batch_id and j.claim_id = l.claim_id)
            then 'objected'
          when l.amount_fen < 0 then 'taken_back'
          when s.state in ('draft', 'submitted', 'returned') and (d.answer, d.amount_fen) <> (c.answer, c.amount_fen)
            then 'changed_since'
          when not exists (select from payee_account a where a.organisation_id = l.organisation_id and a.state = 'in_force')
            then 'no_account'
          when c.quarter <> s.quarter then 'earlier_quarter'
          when c.amount_fen < c.interest_fen then 'reduced'
        end as kind
      from ${lineTables} join determination d on d.id = l.determination_id
      where l.batch_id = ${id}) e
    where kind is not null
    order by array_position(${[...EXCEPTIONS]}::text[], kind), abs(amount_fen) desc, claim_id
    limit ${EXCEPTIONS_MAX}`.execute(db)
  return rows.map(toLine)
}

/** A sample that nobody chose: drawn by the hash of batch and claim, so that it is the same for everyone who looks. */
async function drawSample(db: Db, id: string, count: number) {
  const size = Math.min(SAMPLE_MOST, Math.max(SAMPLE_LEAST, Math.ceil(count / 50)))
  const { rows } = await sql<LineRow & { kind: 'sample' }>`
    select ${lineColumns}, 'sample' as kind from ${lineTables} where l.batch_id = ${id}
    order by md5(l.batch_id::text || l.claim_id::text) limit ${size}`.execute(db)
  return rows.map(toLine)
}

/** Claims of the quarter that the batch does not pay, and why. */
async function countOutside(db: Db, quarter: string) {
  const { rows } = await sql<{ answer: Answer; claims: number; interest_fen: Fen }>`
    select answer, sum(claims)::integer as claims, sum(interest_fen)::bigint as interest_fen
    from claim_figure where quarter = ${quarter} and answer <> 'eligible' group by answer
    having sum(claims) > 0 order by answer`.execute(db)
  return rows.map(({ interest_fen, ...rest }) => ({ ...rest, interest: formatYuan(interest_fen) }))
}

async function countPayments(db: Db, id: string) {
  const { rows } = await sql<{
    state: 'batched' | 'ordered' | 'paid' | 'rejected'
    claims: number
    amount_fen: Fen
  }>`
    select state, count(*)::integer as claims, sum(amount_fen)::bigint as amount_fen
    from subsidy_batch_line where batch_id = ${id} group by state order by state`.execute(db)
  return rows.map(({ amount_fen, ...rest }) => ({ ...rest, amount: formatYuan(amount_fen) }))
}

async function listRemarks(db: Db, id: string) {
  const rows = await db
    .selectFrom('subsidy_batch_remark')
    .select(['id', 'kind', 'claim_id', 'text', 'recorded_by_name', 'business_date', 'recorded_at'])
    .where('batch_id', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map(({ recorded_at, recorded_by_name, ...rest }) => ({
    ...rest,
    by: recorded_by_name,
    recorded_at: recorded_at.toISOString(),
  }))
}
