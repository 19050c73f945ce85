import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Answer, Channel, OutcomeChange } from './message.ts'
import type { MessageProblem } from './problem.ts'

/**
 * One bank's messages are decided one batch after the other, until the transaction ends. Finer locks (a loan
 * receipt each) would let batches pass each other for the price of thousands of locks a batch, and a message
 * that arrives twice at once would have to be found by its failing insert.
 */
export async function lockBank(tx: Tx, bankCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bank ' || ${bankCode}, 0))`.execute(tx)
}

export interface KnownMessage {
  readonly message_id: string
  readonly sha256: string
  readonly outcome: Answer['outcome']
  readonly problem: MessageProblem | null
}

/** Which of these were received before, with their first answers. */
export async function findKnown(
  tx: Tx,
  bankCode: string,
  messageIds: readonly string[],
): Promise<Map<string, KnownMessage>> {
  const { rows } = await sql<KnownMessage>`
    select message_id, encode(body_sha256, 'hex') as sha256, outcome, problem
    from bank_message
    where bank_code = ${bankCode} and message_id = any (${messageIds})`.execute(tx)
  return new Map(rows.map(row => [row.message_id, row]))
}

/** One message to keep. The names are short because they are repeated for each of thousands. */
export interface MessageRow {
  readonly i: string
  readonly m: string
  readonly k: string
  readonly r: string | undefined
  readonly l: number | undefined
  readonly y: string
  readonly g: string | undefined
  readonly b: string
  readonly h: string
  readonly o: Answer['outcome']
  readonly p: MessageProblem | undefined
}

/**
 * Keeps messages with their first answers, in their order. One JSON parameter: arrays of the driver cost several
 * times as much to write and read, and COPY cannot share the transaction's connection.
 */
export async function insertMessages(
  tx: Tx,
  about: { bankCode: string; channel: Channel; dropId: string | undefined; businessDate: PlainDate },
  rows: readonly MessageRow[],
): Promise<void> {
  await sql`
    insert into bank_message (id, bank_code, message_id, kind, loan_receipt, channel, drop_id, line, key_id,
      signature, body, body_sha256, business_date, outcome, problem)
    select r.i, ${about.bankCode}, r.m, r.k, r.r, ${about.channel}, ${about.dropId ?? null}::uuid, r.l, r.y,
      r.g, r.b, decode(r.h, 'hex'), ${about.businessDate}::date, r.o, r.p
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r (i uuid, m text, k text, r text, l integer, y text, g text, b text, h text, o text, p jsonb)`.execute(
    tx,
  )
}

/** What became of earlier messages, in the order in which it did. */
export async function insertChanges(tx: Tx, changes: readonly OutcomeChange[]): Promise<void> {
  await sql`
    insert into bank_message_outcome (message_id, outcome, problem, caused_by)
    select r.id, r.outcome, r.problem, r."causedBy"
    from json_to_recordset(${JSON.stringify(changes)}::json)
      as r (id uuid, outcome text, problem jsonb, "causedBy" uuid)`.execute(tx)
}
