import type { PlainDate } from './calendar.ts'

export type DayCount = 'ACT/360' | 'ACT/365' | '30/360'
export type Settlement = 'quarterly' | 'monthly'

interface Common {
  /** The bank's own, also the idempotency key. */
  readonly message_id: string
  /** 借据号. */
  readonly loan_receipt: string
  /** The business day on which it happened. */
  readonly occurred_on: PlainDate
}

export interface LoanGranted extends Common {
  readonly kind: 'loan_granted'
  readonly credit_code: string
  readonly enterprise_name: string
  /** Left out where the borrower named none: the loan is outside the programme. */
  readonly filing_number?: string
  readonly product: string
  readonly amount: string
  readonly annual_rate: string
  readonly day_count: DayCount
  readonly settlement: Settlement
  readonly matures_on: PlainDate
  readonly account_number: string
  readonly account_name: string
  readonly account_bank_code: string
  readonly refinances_loan_receipt?: string
}

export interface PrincipalMoved extends Common {
  readonly kind: 'drawdown' | 'repayment' | 'early_repayment'
  readonly amount: string
}

interface RateChange extends Common {
  readonly kind: 'rate_change'
  readonly annual_rate: string
}

interface Extension extends Common {
  readonly kind: 'extension'
  readonly matures_on: PlainDate
  readonly filing_number?: string
}

interface Overdue extends Common {
  readonly kind: 'overdue'
  readonly amount: string
}

interface Cured extends Common {
  readonly kind: 'cured'
}

interface Refinanced extends Common {
  readonly kind: 'refinanced'
  readonly refinances_loan_receipt: string
}

export interface InterestSettled extends Common {
  readonly kind: 'interest_settled'
  readonly period_from: PlainDate
  readonly interest_due: string
  readonly interest_paid: string
  readonly penalty_paid: string
}

interface Reversal extends Common {
  readonly kind: 'reversal'
  /** The `message_id` of what is taken back. */
  readonly reverses: string
}

/** A message of the bank API, as `docs/bank-api.md` has it: amounts in yuan, rates as decimals, both text. */
export type BankMessage =
  | LoanGranted
  | PrincipalMoved
  | RateChange
  | Extension
  | Overdue
  | Cured
  | Refinanced
  | InterestSettled
  | Reversal

/** A message with the bank that sends it and the business day on which it does. */
export interface SentMessage {
  readonly bank_code: string
  readonly sent_on: PlainDate
  readonly message: BankMessage
}

/** The columns of a CSV drop, in order. */
export const MESSAGE_FIELDS = [
  'message_id',
  'kind',
  'loan_receipt',
  'occurred_on',
  'credit_code',
  'enterprise_name',
  'filing_number',
  'product',
  'amount',
  'annual_rate',
  'day_count',
  'settlement',
  'matures_on',
  'account_number',
  'account_name',
  'account_bank_code',
  'refinances_loan_receipt',
  'period_from',
  'interest_due',
  'interest_paid',
  'penalty_paid',
  'reverses',
] as const
