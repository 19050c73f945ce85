import { z } from 'zod'
import { isBankCode } from '../funds/index.ts'
import { isDate } from '../platform/dates.ts'

/**
 * The message kinds of the bank API, as strict as a contract between two programs can be: a field that the kind
 * does not have is refused, since a misspelt one must not be lost silently. Values stay the text that was sent.
 */

/** Text without control characters, halves of surrogate pairs, or spaces around it: it goes on paper. */
const text = (length_max: number) =>
  z.string().refine(value => value.length <= length_max && /^(?! )[^\p{Cc}\p{Cs}]+(?<! )$/u.test(value))

/** A century and more before the first loan, and no year that the database does not know. */
const date = z.string().refine(value => isDate(value) && value >= '1900-01-01')
const yuan = z.string().regex(/^\d{1,15}(\.\d{1,2})?$/)
const positiveYuan = yuan.refine(value => /[1-9]/.test(value))
/** Below 1, six places: what the column holds exactly. */
const rate = z.string().regex(/^0(\.\d{1,6})?$/)
const loanReceipt = text(64)
const filingNumber = text(64)

const common = {
  message_id: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/),
  loan_receipt: loanReceipt,
  occurred_on: date,
}

const LoanGranted = z.strictObject({
  ...common,
  kind: z.literal('loan_granted'),
  credit_code: z.string().regex(/^[0-9A-Z]{18}$/),
  enterprise_name: text(200),
  filing_number: filingNumber.optional(),
  product: text(100),
  amount: positiveYuan,
  annual_rate: rate,
  day_count: z.enum(['ACT/360', 'ACT/365', '30/360']),
  settlement: z.enum(['quarterly', 'monthly']),
  matures_on: date,
  account_number: z.string().regex(/^\d{8,32}$/),
  account_name: text(140),
  account_bank_code: z.string().refine(isBankCode),
  refinances_loan_receipt: loanReceipt.optional(),
})

const principalEvent = <Kind extends 'drawdown' | 'repayment' | 'early_repayment' | 'overdue'>(kind: Kind) =>
  z.strictObject({ ...common, kind: z.literal(kind), amount: positiveYuan })

const InterestSettled = z.strictObject({
  ...common,
  kind: z.literal('interest_settled'),
  period_from: date,
  interest_due: yuan,
  interest_paid: yuan,
  penalty_paid: yuan,
})

export const BankMessage = z.discriminatedUnion('kind', [
  LoanGranted,
  principalEvent('drawdown'),
  principalEvent('repayment'),
  principalEvent('early_repayment'),
  z.strictObject({ ...common, kind: z.literal('rate_change'), annual_rate: rate }),
  z.strictObject({
    ...common,
    kind: z.literal('extension'),
    matures_on: date,
    filing_number: filingNumber.optional(),
  }),
  principalEvent('overdue'),
  z.strictObject({ ...common, kind: z.literal('cured') }),
  z.strictObject({ ...common, kind: z.literal('refinanced'), refinances_loan_receipt: loanReceipt }),
  InterestSettled,
  z.strictObject({ ...common, kind: z.literal('reversal'), reverses: common.message_id }),
])
export type BankMessage = z.infer<typeof BankMessage>
export type BankMessageKind = BankMessage['kind']
export type LoanGranted = Extract<BankMessage, { kind: 'loan_granted' }>
export type Reversal = Extract<BankMessage, { kind: 'reversal' }>
/** What happens to a loan once it is granted. */
export type LoanEventMessage = Exclude<BankMessage, LoanGranted | Reversal>

export const BANK_MESSAGE_KINDS: readonly BankMessageKind[] = BankMessage.options.map(
  option => option.shape.kind.value,
)

/** Every field of every kind, in the order of the contract: the columns of a CSV drop. */
export const BANK_MESSAGE_FIELDS: readonly string[] = [
  ...new Set(['message_id', 'kind', ...BankMessage.options.flatMap(option => Object.keys(option.shape))]),
]
