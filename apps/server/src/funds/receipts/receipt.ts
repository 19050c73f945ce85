import { isDate, type PlainDate } from '../../platform/dates.ts'
import { type Fen, parseDecimal } from '../../platform/money.ts'
import type { XmlElement } from './read-xml.ts'

export type ReceiptKind = 'pain.002.001.11' | 'camt.054.001.08'

/**
 * What a receipt says became of a payment, whatever the message: settled (the payee has it), rejected (never paid),
 * returned (paid and sent back), pending (nothing final), or something that we do not understand.
 */
export type Statement = 'settled' | 'rejected' | 'returned' | 'pending' | 'unknown'

export interface ReceiptTransaction {
  /** It says the same of every payment of the batch, and names none. */
  readonly wholeBatch: boolean
  readonly endToEndId: string | null
  /** The message id of the payment file, where the receipt names it. */
  readonly batchNumber: string | null
  readonly says: Statement
  /** As it was sent: `ACSC`, `RJCT`, `BOOK`. */
  readonly statusCode: string
  readonly reasonCode: string | null
  readonly amount: ReceiptAmount | null
  /** Of the payee. */
  readonly accountNumber: string | null
  readonly bookedOn: PlainDate | null
  readonly treasuryReference: string | null
}

export interface ReceiptAmount {
  /** Null when it is not a whole number of fen. */
  readonly fen: Fen | null
  readonly currency: string
}

export interface Receipt {
  readonly kind: ReceiptKind
  readonly messageId: string
  readonly transactions: readonly ReceiptTransaction[]
}

/** ISO 20022 writes up to five decimals; only whole fen can be one of our payments. */
export function readAmount(element: XmlElement | undefined): ReceiptAmount | null {
  if (element === undefined) return null
  return { fen: wholeFen(element.text.trim()), currency: element.currency ?? '' }
}

function wholeFen(text: string): Fen | null {
  if (!/^\d{1,15}(\.\d{1,5})?$/.test(text)) return null
  const { numerator, denominator } = parseDecimal(text)
  return (numerator * 100n) % denominator === 0n ? (numerator * 100n) / denominator : null
}

/** The day of an ISO date or date with time, as the sender wrote it. */
export function readDay(text: string | null): PlainDate | null {
  const day = text?.slice(0, 10) ?? ''
  return isDate(day) ? day : null
}

/** Codes and identifiers of a stranger, cut to what any of them may hold (Max35Text). */
export function readCode(text: string | null): string | null {
  return text === null ? null : text.slice(0, 35)
}
