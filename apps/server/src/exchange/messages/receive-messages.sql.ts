import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import { type Tx, textRows } from '../../platform/db/index.ts'
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

/** One message to keep. */
export interface MessageRow {
  readonly id: string
  readonly messageId: string
  readonly kind: string
  readonly loanReceipt: string | undefined
  readonly line: number | undefined
  readonly keyId: string
  readonly signature: string | undefined
  readonly body: string
  /** In hexadecimal. */
  readonly sha256: string
  readonly outcome: Answer['outcome']
  readonly problem: MessageProblem | undefined
}

/** Keeps messages with their first answers, in their order. */
export async function insertMessages(
  tx: Tx,
  about: { bankCode: string; channel: Channel; dropId: string | undefined; businessDate: PlainDate },
  rows: readonly MessageRow[],
): Promise<void> {
  const values = rows.map(row => [
    row.id,
    row.messageId,
    row.kind,
    row.loanReceipt,
    row.line?.toString(),
    row.keyId,
    row.signature,
    row.body,
    row.sha256,
    row.outcome,
    row.problem && JSON.stringify(row.problem),
  ])
  await sql`
    insert into bank_message (id, bank_code, message_id, kind, loan_receipt, channel, drop_id, line, key_id,
      signature, body, body_sha256, business_date, outcome, problem)
    select r.id::uuid, ${about.bankCode}, r.message_id, r.kind, r.loan_receipt, ${about.channel},
      ${about.dropId ?? null}::uuid, r.line::integer, r.key_id, r.signature, r.body, decode(r.sha256, 'hex'),
      ${about.businessDate}::date, r.outcome, r.problem::jsonb
    from ${textRows(11, values)} as r (id, message_id, kind, loan_receipt, line, key_id, signature, body, sha256,
      outcome, problem)`.execute(tx)
}

/** What became of earlier messages, in the order in which it did. */
export async function insertChanges(tx: Tx, changes: readonly OutcomeChange[]): Promise<void> {
  await sql`
    insert into bank_message_outcome (message_id, outcome, problem, caused_by)
    select r.id, r.outcome, r.problem, r."causedBy"
    from json_to_recordset(${JSON.stringify(changes)}::json)
      as r (id uuid, outcome text, problem jsonb, "causedBy" uuid)`.execute(tx)
}
