import type { Db, Tx } from '../../platform/db/index.ts'
import type { Fen } from '../../platform/money.ts'
import type { DecidedTransaction } from './decide-receipt.ts'
import { isProblem, OUTCOMES, type Outcome } from './decide-transaction.ts'
import type { ReceiptKind } from './receipt.ts'

export interface TransactionOutcome {
  /** Counted from 1, in the order of the file. */
  readonly position: number
  readonly endToEndId: string | null
  readonly paymentOrderId: string | null
  readonly outcome: Outcome
  /** The treasury's reason code, such as `AC04`. */
  readonly reason: string | null
}

const ROWS_MAX = 1_000

export async function recordReceiptTransactions(
  tx: Tx,
  treasuryFileId: string,
  kind: ReceiptKind,
  decided: readonly DecidedTransaction[],
): Promise<void> {
  const rows = decided.map(({ position, said, payment, outcome }) => ({
    treasury_file_id: treasuryFileId,
    position,
    kind,
    end_to_end_id: said.endToEndId,
    payment_order_id: payment?.id ?? null,
    status_code: said.statusCode,
    reason_code: said.reasonCode,
    amount_fen: said.amount?.fen ?? null,
    booked_on: said.bookedOn,
    treasury_reference: said.treasuryReference,
    outcome,
  }))
  for (let at = 0; at < rows.length; at += ROWS_MAX) {
    await tx
      .insertInto('receipt_transaction')
      .values(rows.slice(at, at + ROWS_MAX))
      .execute()
  }
}

/** The outcomes of a receipt as they were first given. */
export async function readReceiptTransactions(db: Db, treasuryFileId: string): Promise<TransactionOutcome[]> {
  const rows = await db
    .selectFrom('receipt_transaction')
    .select(['position', 'end_to_end_id', 'payment_order_id', 'outcome', 'reason_code'])
    .where('treasury_file_id', '=', treasuryFileId)
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    position: row.position,
    endToEndId: row.end_to_end_id,
    paymentOrderId: row.payment_order_id,
    outcome: row.outcome as Outcome,
    reason: row.reason_code,
  }))
}

/** A transaction that moved no money and should have, or that nobody expected. */
export interface ReceiptProblem extends TransactionOutcome {
  readonly treasuryFileId: string
  readonly kind: string
  readonly messageId: string
  readonly statusCode: string
  readonly amountFen: Fen | null
  readonly recordedAt: Date
}

/** What the finance officer must look into, newest first. */
export async function listReceiptProblems(db: Db, limit: number): Promise<ReceiptProblem[]> {
  const rows = await db
    .selectFrom('receipt_transaction as said')
    .innerJoin('treasury_file as file', 'file.id', 'said.treasury_file_id')
    .selectAll('said')
    .select('file.message_id')
    .where('said.outcome', 'in', OUTCOMES.filter(isProblem))
    .orderBy('said.recorded_at', 'desc')
    .orderBy('said.position')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    treasuryFileId: row.treasury_file_id,
    kind: row.kind,
    messageId: row.message_id,
    position: row.position,
    endToEndId: row.end_to_end_id,
    paymentOrderId: row.payment_order_id,
    outcome: row.outcome as Outcome,
    reason: row.reason_code,
    statusCode: row.status_code,
    amountFen: row.amount_fen,
    recordedAt: row.recorded_at,
  }))
}
