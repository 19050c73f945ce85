import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import type { ObjectionOutcome } from './decide-objection.ts'
import { readReference } from './objection-reference.ts'

export const OBJECTION_STATES = ['open', 'upheld', 'rejected'] as const
export type ObjectionState = (typeof OBJECTION_STATES)[number]

interface Row {
  readonly id: string
  readonly etag: string
  readonly reference: string
  readonly batch_number: string
  readonly claim_id: string
  readonly enterprise_name: string
  readonly quarter: string
  readonly amount_fen: Fen
  readonly name: string
  readonly contact: string
  readonly reason: string
  readonly lodged_on: PlainDate
  readonly notice_until: PlainDate
  readonly state: ObjectionState
  readonly outcome: ObjectionOutcome | null
  readonly decided_on: PlainDate | null
  readonly decided_by: string | null
  readonly decision_reason: string | null
  readonly withheld: boolean
}

const COLUMNS = sql`
  o.id, o.reference, o.claim_id, o.quarter, o.amount_fen, o.name, o.contact, o.reason, o.lodged_on,
  b.number as batch_number, b.notice_until, org.name as enterprise_name, coalesce(d.kind, 'open') as state, d.outcome,
  d.business_date as decided_on, d.recorded_by_name as decided_by, d.reason as decision_reason,
  coalesce((select e.xmin::text from objection_event e where e.objection_id = o.id order by e.seq desc limit 1), '0')
    as etag,
  coalesce(d.kind = 'upheld', false) and o.claim_id in (select claim_id from claim_withheld)
    and not exists (select from objection_event r where r.objection_id = o.id and r.kind = 'released') as withheld`

const TABLES = sql`
  objection o
  join subsidy_batch b on b.id = o.batch_id
  join organisation org on org.id = o.organisation_id
  left join objection_event d on d.objection_id = o.id and d.kind in ('upheld', 'rejected')`

/** The objections to a batch as those see them who decide: open ones first, the oldest of them at the top. */
export async function listObjections(db: Db, batchId: string) {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from ${TABLES} where o.batch_id = ${batchId}
    order by d.id is not null, o.id limit 1000`.execute(db)
  return rows.map(({ amount_fen, ...rest }) => ({ ...rest, amount: formatYuan(amount_fen) }))
}

/** One objection for who may decide it. */
export async function describeObjection(db: Db, id: string) {
  const { rows } = await sql<Row>`select ${COLUMNS} from ${TABLES} where o.id = ${id}`.execute(db)
  const [row] = rows
  if (!row) throw notFound({ zh: '异议', en: 'objection' }, id)
  const { amount_fen, ...rest } = row
  return { ...rest, amount: formatYuan(amount_fen) }
}

/**
 * What became of an objection, for whoever holds its reference: not who objected, nor in what words, so that a
 * reference which was lost tells nothing of a person.
 *
 * @throws DomainError `not-found`
 */
export async function trackObjection(db: Db, typed: string) {
  const reference = readReference(typed)
  const { rows } = await sql<Row>`select ${COLUMNS} from ${TABLES} where o.reference = ${reference}`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw notFound({ zh: '异议编号', en: 'objection' }, reference)
  return {
    reference: row.reference,
    batch_number: row.batch_number,
    enterprise_name: row.enterprise_name,
    quarter: row.quarter,
    amount: formatYuan(row.amount_fen),
    lodged_on: row.lodged_on,
    notice_until: row.notice_until,
    state: row.state,
    decided_on: row.decided_on,
    decision_reason: row.decision_reason,
  }
}
