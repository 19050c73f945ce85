import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import type { Db } from '../../platform/db/index.ts'
import { type KeptBody, maskedBody } from '../messages/kept-fields.ts'
import type { Outcome } from '../messages/message.ts'
import type { MessageProblem } from '../messages/problem.ts'

export interface MessageFilter {
  /** Of one bank; undefined: of all. */
  readonly bankCode?: string | undefined
  /** As it stands now. */
  readonly outcome?: Outcome | undefined
  readonly kind?: string | undefined
  readonly loanReceipt?: string | undefined
  readonly messageId?: string | undefined
  /** Business dates on which it was received, both counted. */
  readonly from?: PlainDate | undefined
  readonly to?: PlainDate | undefined
  /** The id of the last message of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface ListedMessage {
  readonly id: string
  readonly bank_code: string
  readonly bank_name: string
  readonly message_id: string
  readonly kind: string
  readonly loan_receipt: string | null
  readonly channel: 'single' | 'ndjson' | 'csv'
  readonly drop_id: string | null
  readonly line: number | null
  readonly received_at: Date
  readonly business_date: PlainDate
  readonly first_outcome: Outcome
  readonly outcome: Outcome
  readonly problem: MessageProblem | null
}

/** The newest row of bank_message_outcome, where there is one. */
const NEWEST = sql`left join lateral (
  select outcome, problem from bank_message_outcome where message_id = m.id order by seq desc limit 1) o on true`

/**
 * Messages, newest first, one page. Read backwards along the index of ids, which sort by time; how a message stands
 * now is looked up for each.
 */
export async function listMessages(
  db: Db,
  filter: MessageFilter,
): Promise<{ items: ListedMessage[]; next: string | null }> {
  const { rows } = await sql<ListedMessage>`
    select m.id, m.bank_code, b.name as bank_name, m.message_id, m.kind, m.loan_receipt, m.channel, m.drop_id, m.line,
      m.received_at, m.business_date, m.outcome as first_outcome, coalesce(o.outcome, m.outcome) as outcome,
      case when o.outcome is null then m.problem else o.problem end as problem
    from bank_message m join bank b on b.code = m.bank_code ${NEWEST}
    where ${conditions(filter)}
      and ${filter.cursor === undefined ? sql`true` : sql`m.id < ${filter.cursor}::uuid`}
      and ${filter.outcome === undefined ? sql`true` : sql`coalesce(o.outcome, m.outcome) = ${filter.outcome}`}
    order by m.id desc limit ${filter.limit + 1}`.execute(db)
  const items = rows.slice(0, filter.limit)
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

/** How many messages stand how now, under the filter but for its outcome and page. */
export async function countMessages(db: Db, filter: MessageFilter): Promise<Record<Outcome, number>> {
  const { rows } = await sql<{ outcome: Outcome; n: number }>`
    select coalesce(o.outcome, m.outcome) as outcome, count(*)::int as n
    from bank_message m
    left join (
      select distinct on (message_id) message_id, outcome from bank_message_outcome order by message_id, seq desc
    ) o on o.message_id = m.id
    where ${conditions(filter)}
    group by 1`.execute(db)
  const counts = { applied: 0, waiting: 0, refused: 0, reversed: 0 }
  for (const { outcome, n } of rows) counts[outcome] = n
  return counts
}

function conditions(filter: MessageFilter) {
  const { bankCode, kind, loanReceipt, messageId, from, to } = filter
  const all = [
    bankCode === undefined ? undefined : sql`m.bank_code = ${bankCode}`,
    kind === undefined ? undefined : sql`m.kind = ${kind}`,
    loanReceipt === undefined ? undefined : sql`m.loan_receipt = ${loanReceipt}`,
    messageId === undefined ? undefined : sql`m.message_id = ${messageId}`,
    from === undefined ? undefined : sql`m.business_date >= ${from}::date`,
    to === undefined ? undefined : sql`m.business_date <= ${to}::date`,
  ].filter(condition => condition !== undefined)
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `)
}

export interface MessageInFull extends ListedMessage {
  readonly key_id: string
  readonly signature: string | null
  readonly body: string
  readonly body_sha256: string
  readonly history: readonly {
    readonly recorded_at: Date
    readonly outcome: Outcome
    readonly problem: MessageProblem | null
    /** The bank's identifier of the message whose arrival changed it. */
    readonly caused_by: string
  }[]
}

/** A message with its body, account numbers masked, and all that became of it. */
export async function findMessage(
  db: Db,
  id: string,
  bankCode: string | undefined,
): Promise<MessageInFull | undefined> {
  const { rows } = await sql<Omit<MessageInFull, 'history'> & KeptBody>`
    select m.id, m.bank_code, b.name as bank_name, m.message_id, m.kind, m.loan_receipt, m.channel, m.drop_id, m.line,
      m.received_at, m.business_date, m.outcome as first_outcome, coalesce(o.outcome, m.outcome) as outcome,
      case when o.outcome is null then m.problem else o.problem end as problem,
      m.key_id, m.signature, m.body, encode(m.body_sha256, 'hex') as body_sha256, d.header
    from bank_message m join bank b on b.code = m.bank_code left join bank_drop d on d.id = m.drop_id ${NEWEST}
    where m.id = ${id} and ${bankCode === undefined ? sql`true` : sql`m.bank_code = ${bankCode}`}`.execute(db)
  const [message] = rows
  if (!message) return undefined
  const history = await sql<MessageInFull['history'][number]>`
    select o.recorded_at, o.outcome, o.problem, c.message_id as caused_by
    from bank_message_outcome o join bank_message c on c.id = o.caused_by
    where o.message_id = ${id} order by o.seq`.execute(db)
  return { ...message, body: maskedBody(message), history: history.rows }
}
