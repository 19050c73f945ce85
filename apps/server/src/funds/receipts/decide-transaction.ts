import type { Fen } from '../../platform/money.ts'
import type { ReceiptKind, ReceiptTransaction } from './receipt.ts'

/**
 * What comes of a transaction of a receipt. The first three move money; the next two are as expected and change
 * nothing; all others are problems for the finance officer, and change nothing.
 *
 *     settled                    ordered → paid
 *     rejected                   ordered → held: to be paid again
 *     returned                   paid → held: the payee's bank sent it back
 *     pending                    nothing final is said
 *     confirmed                  the other kind of receipt says the same as the first
 *     unknown_payment            no payment bears this end-to-end id, or no batch this number
 *     unknown_status             a status code that says neither that it is paid nor that it is not
 *     amount_differs             another amount or currency than was ordered, or none where one must stand
 *     account_differs            another account than was ordered
 *     batch_differs              the payment belongs to another payment file
 *     already_settled            settled before by the same kind of receipt, in another message
 *     already_rejected           rejected or returned before
 *     rejected_after_settlement  first settled, then rejected without money coming back
 *     settled_after_rejection    first rejected, then settled: the payee may have been paid twice
 */
export const OUTCOMES = [
  'settled',
  'rejected',
  'returned',
  'pending',
  'confirmed',
  'unknown_payment',
  'unknown_status',
  'amount_differs',
  'account_differs',
  'batch_differs',
  'already_settled',
  'already_rejected',
  'rejected_after_settlement',
  'settled_after_rejection',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The outcomes that move money. */
export type Change = 'settled' | 'rejected' | 'returned'

export function isChange(outcome: Outcome): outcome is Change {
  return outcome === 'settled' || outcome === 'rejected' || outcome === 'returned'
}

export function isProblem(outcome: Outcome): boolean {
  return !isChange(outcome) && outcome !== 'pending' && outcome !== 'confirmed'
}

export type PaymentState = 'ordered' | 'settled' | 'rejected' | 'returned'

/** A payment as the receipts so far have left it. */
export interface PaymentStanding {
  readonly state: PaymentState
  readonly amountFen: Fen
  readonly accountNumber: string
  readonly batchNumber: string
  /** The kinds of receipt that have said something final of it. */
  readonly heardFrom: ReadonlySet<ReceiptKind>
}

/** Decides one transaction against the payment it names. */
export function decideTransaction(
  kind: ReceiptKind,
  said: ReceiptTransaction,
  payment: PaymentStanding | undefined,
): Outcome {
  if (payment === undefined) return 'unknown_payment'
  if (said.says === 'unknown') return 'unknown_status'
  const differs = difference(kind, said, payment)
  if (differs !== undefined) return differs
  if (said.says === 'pending') return 'pending'
  return next(said.says, payment.state, payment.heardFrom.has(kind))
}

function difference(
  kind: ReceiptKind,
  { amount, accountNumber, batchNumber }: ReceiptTransaction,
  payment: PaymentStanding,
): Outcome | undefined {
  if (batchNumber !== null && batchNumber !== payment.batchNumber) return 'batch_differs'
  // A status report that names the payment file may leave the amount out; a notification stands alone.
  const amountMissing = amount === null && (kind === 'camt.054.001.08' || batchNumber === null)
  const amountWrong = amount !== null && (amount.fen !== payment.amountFen || amount.currency !== 'CNY')
  if (amountMissing || amountWrong) return 'amount_differs'
  if (accountNumber !== null && accountNumber !== payment.accountNumber) return 'account_differs'
  return undefined
}

/** @param again the same kind of receipt has spoken of the payment before */
function next(says: Change, state: PaymentState, again: boolean): Outcome {
  if (says === 'settled') {
    if (state === 'ordered') return 'settled'
    if (state === 'rejected') return 'settled_after_rejection'
    return again ? 'already_settled' : 'confirmed'
  }
  if (state === 'settled') return says === 'returned' ? 'returned' : 'rejected_after_settlement'
  // Returned before we heard that it was paid: in our books it never left.
  if (state === 'ordered') return 'rejected'
  return again ? 'already_rejected' : 'confirmed'
}
