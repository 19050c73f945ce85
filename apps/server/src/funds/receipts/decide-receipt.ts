import { decideTransaction, isChange, isProblem, type Outcome } from './decide-transaction.ts'
import type { LockedPayment } from './payments.sql.ts'
import type { Receipt, ReceiptTransaction } from './receipt.ts'

/** A transaction, the payment that it names, and what comes of it. */
export interface DecidedTransaction {
  /** Counted from 1. */
  readonly position: number
  readonly said: ReceiptTransaction
  readonly payment: LockedPayment | undefined
  readonly outcome: Outcome
}

/**
 * Decides all transactions of a receipt in the order of the file: each meets its payment as the one before it left
 * it. What is said of a whole batch is decided for each payment in it, if it can move money at all.
 *
 * @param payments     those that the receipt names, and those of the batches it speaks of as a whole
 * @param batchNumbers the batches that exist
 */
export function decideReceipt(
  { kind, transactions }: Receipt,
  payments: readonly LockedPayment[],
  batchNumbers: ReadonlySet<string>,
): DecidedTransaction[] {
  const standing = new Map(payments.map(payment => [payment.endToEndId, payment]))
  const decided: DecidedTransaction[] = []
  for (const said of transactions.flatMap(each => expand(each, payments))) {
    const payment = said.endToEndId === null ? undefined : standing.get(said.endToEndId)
    const outcome =
      said.wholeBatch && payment === undefined
        ? decideWholeBatch(said, batchNumbers)
        : decideTransaction(kind, said, payment)
    decided.push({ position: decided.length + 1, said, payment, outcome })
    if (payment === undefined || isProblem(outcome) || outcome === 'pending') continue
    const state = isChange(outcome) ? outcome : payment.state
    standing.set(payment.endToEndId, { ...payment, state, heardFrom: new Set([...payment.heardFrom, kind]) })
  }
  return decided
}

function expand(said: ReceiptTransaction, payments: readonly LockedPayment[]): ReceiptTransaction[] {
  if (!said.wholeBatch || said.says === 'pending' || said.says === 'unknown') return [said]
  const ofBatch = payments.filter(({ batchNumber }) => batchNumber === said.batchNumber)
  return ofBatch.length === 0 ? [said] : ofBatch.map(({ endToEndId }) => ({ ...said, endToEndId }))
}

function decideWholeBatch({ batchNumber, says }: ReceiptTransaction, known: ReadonlySet<string>): Outcome {
  if (batchNumber === null || !known.has(batchNumber)) return 'unknown_payment'
  return says === 'pending' ? 'pending' : 'unknown_status'
}
