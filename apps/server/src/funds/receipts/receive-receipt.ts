import { recordTreasuryFile } from '../../exchange/index.ts'
import { recordAudit, type SystemActor } from '../../platform/audit.ts'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Actor } from '../../platform/permissions.ts'
import { applyOutcomes } from './apply-outcomes.ts'
import { type DecidedTransaction, decideReceipt } from './decide-receipt.ts'
import { type Change, isChange, isProblem } from './decide-transaction.ts'
import { type LockedBatch, type LockedPayment, lockBatches, readPayments } from './payments.sql.ts'
import { readReceipt } from './read-receipt.ts'
import type { Receipt, ReceiptKind } from './receipt.ts'
import {
  readReceiptTransactions,
  recordReceiptTransactions,
  type TransactionOutcome,
} from './receipt-transactions.ts'

export interface ReceiptToReceive {
  /** The file as it came, decoded as UTF-8. */
  readonly xml: string
  readonly businessDate: PlainDate
  readonly actor: Actor | SystemActor
}

/** A payment whose money moved: what the module that ordered it must know. */
export interface PaymentOutcome {
  readonly paymentOrderId: string
  readonly outcome: Change
  readonly reason: string | null
}

export interface ReceivedReceipt {
  readonly kind: ReceiptKind
  readonly messageId: string
  /** The same file came before: these are its first outcomes, and nothing changed now. */
  readonly replayed: boolean
  readonly transactions: readonly TransactionOutcome[]
  readonly problems: readonly TransactionOutcome[]
  /** In the order in which they happened; empty when the receipt was replayed. */
  readonly changes: readonly PaymentOutcome[]
}

/**
 * Takes in a receipt of the treasury, in the caller's transaction: keeps the file, finds what each transaction in it
 * means, and moves the money. A file sent twice changes nothing; what cannot be matched is listed, never dropped.
 *
 * @throws DomainError `treasury.message-id-reused`, and those of `readReceipt`
 */
export async function receiveReceipt(tx: Tx, request: ReceiptToReceive): Promise<ReceivedReceipt> {
  const receipt = readReceipt(request.xml)
  const { kind, messageId } = receipt
  const file = await recordTreasuryFile(tx, {
    direction: 'in',
    kind,
    messageId,
    paymentBatchId: null,
    xml: request.xml,
  })
  if (file.replayed) {
    const transactions = await readReceiptTransactions(tx, file.id)
    return result(receipt, true, transactions, [])
  }
  const { batches, payments } = await lockPayments(tx, receipt)
  const decided = decideReceipt(receipt, payments, new Set(batches.map(({ number }) => number)))
  await recordReceiptTransactions(tx, file.id, kind, decided)
  await applyOutcomes(
    tx,
    decided,
    batches.map(({ id }) => id),
    request,
  )
  const transactions = decided.map(outcomeOf)
  const changes = decided.flatMap(({ payment, outcome, said }) =>
    payment && isChange(outcome) ? [{ paymentOrderId: payment.id, outcome, reason: said.reasonCode }] : [],
  )
  const received = result(receipt, false, transactions, changes)
  await recordAudit(tx, {
    actor: request.actor,
    businessDate: request.businessDate,
    action: 'treasury-receipt.received',
    subjectKind: 'treasury_file',
    subjectId: file.id,
    detail: {
      kind,
      message_id: messageId,
      transactions: transactions.length,
      changes: changes.length,
      problems: received.problems.length,
    },
  })
  return received
}

async function lockPayments(
  tx: Tx,
  { transactions }: Receipt,
): Promise<{ batches: LockedBatch[]; payments: LockedPayment[] }> {
  const endToEndIds = transactions.flatMap(({ endToEndId }) => endToEndId ?? [])
  const wholeBatches = transactions.flatMap(said => (said.wholeBatch ? (said.batchNumber ?? []) : []))
  const batches = await lockBatches(tx, endToEndIds, wholeBatches)
  return { batches, payments: await readPayments(tx, endToEndIds, wholeBatches) }
}

function outcomeOf({ position, said, payment, outcome }: DecidedTransaction): TransactionOutcome {
  return {
    position,
    endToEndId: said.endToEndId,
    paymentOrderId: payment?.id ?? null,
    outcome,
    reason: said.reasonCode,
  }
}

function result(
  { kind, messageId }: Receipt,
  replayed: boolean,
  transactions: readonly TransactionOutcome[],
  changes: readonly PaymentOutcome[],
): ReceivedReceipt {
  const problems = transactions.filter(({ outcome }) => isProblem(outcome))
  return { kind, messageId, replayed, transactions, problems, changes }
}
