import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { type KeptBody, keptFields } from './kept-fields.ts'
import type { EarlierMessage, Outcome } from './message.ts'
import type { MessageProblem } from './problem.ts'

/**
 * All messages that a bank has sent of these loan receipts, in the order received, as they stand now. By the index
 * on the receipt; meant for receipts whose history has to be decided anew, not for every message.
 */
export async function findEarlierMessages(
  tx: Tx,
  bankCode: string,
  loanReceipts: readonly string[],
): Promise<EarlierMessage[]> {
  if (loanReceipts.length === 0) return []
  const { rows } = await sql<
    KeptBody & {
      id: string
      message_id: string
      kind: string
      loan_receipt: string
      outcome: Outcome
      problem: MessageProblem | null
    }
  >`
    select m.id, m.message_id, m.kind, m.loan_receipt, m.channel, m.body, d.header,
      coalesce(o.outcome, m.outcome) as outcome,
      case when o.outcome is null then m.problem else o.problem end as problem
    from bank_message m
    left join bank_drop d on d.id = m.drop_id
    left join lateral (
      select outcome, problem from bank_message_outcome where message_id = m.id order by seq desc limit 1
    ) o on true
    where m.bank_code = ${bankCode} and m.loan_receipt = any (${loanReceipts})
    order by m.seq`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    messageId: row.message_id,
    kind: row.kind,
    subject: row.loan_receipt,
    fields: keptFields(row),
    outcome: row.outcome,
    problem: row.problem ?? undefined,
  }))
}

/** Which of these identifiers a bank has used. */
export async function findUsedMessageIds(
  tx: Tx,
  bankCode: string,
  messageIds: readonly string[],
): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set()
  const { rows } = await sql<{ message_id: string }>`
    select message_id from bank_message
    where bank_code = ${bankCode} and message_id = any (${messageIds})`.execute(tx)
  return new Set(rows.map(row => row.message_id))
}
