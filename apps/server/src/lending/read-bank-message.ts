import { excerptOf, type MessageProblem, messageProblem as problem } from '../exchange/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import { parseYuan } from '../platform/money.ts'
import { BankMessage } from './bank-messages.ts'

/** Either a message that says something possible, or why it cannot be true whatever else is reported. */
export type ReadMessage =
  | { readonly message: BankMessage; readonly problem?: undefined }
  | { readonly message?: undefined; readonly problem: MessageProblem }

/**
 * Reads what a bank sent and judges it by itself alone: its form, and what no order of arrival could make true.
 * What it contradicts in other messages is for `decideReceipt`.
 */
export function readBankMessage(fields: Readonly<Record<string, unknown>>): ReadMessage {
  const result = BankMessage.safeParse(fields)
  if (!result.success) return { problem: formProblem(fields, result.error.issues) }
  const contradiction = contradictionWithin(result.data)
  return contradiction ? { problem: contradiction } : { message: result.data }
}

/**
 * Reads a message that was taken before: it was possible then, and is now.
 *
 * @throws when it is not, which is a fault of ours
 */
export function getBankMessage(fields: Readonly<Record<string, unknown>>): BankMessage {
  return BankMessage.parse(fields)
}

/** The business date has not come to what a message says has happened. */
export function futureProblem(message: BankMessage, businessDate: PlainDate): MessageProblem | undefined {
  if (message.occurred_on <= businessDate) return undefined
  return problem(
    'loan.date-in-future',
    'occurred_on',
    message.occurred_on,
    `发生日期 ${message.occurred_on} 晚于今天（${businessDate}）：请在发生之后以新的 message_id 报送。`,
    `occurred_on (${message.occurred_on}) is later than today (${businessDate}): report it under a new message_id once it has happened.`,
  )
}

function contradictionWithin(message: BankMessage): MessageProblem | undefined {
  switch (message.kind) {
    case 'loan_granted':
      if (message.matures_on <= message.occurred_on) return maturityProblem(message)
      return refinancesItself(message.loan_receipt, message.refinances_loan_receipt)
    case 'extension':
      return message.matures_on <= message.occurred_on ? maturityProblem(message) : undefined
    case 'refinanced':
      return refinancesItself(message.loan_receipt, message.refinances_loan_receipt)
    case 'interest_settled':
      if (message.period_from >= message.occurred_on) {
        return problem(
          'loan.period-empty',
          'period_from',
          message.period_from,
          `结息期的首日 ${message.period_from} 应早于结息日 ${message.occurred_on}（occurred_on，即下一期的首日）：请核对后以新的 message_id 报送。`,
          `The period begins on ${message.period_from} and should begin before its settlement day ${message.occurred_on} (occurred_on, the first day of the next period): check, and report under a new message_id.`,
        )
      }
      if (parseYuan(message.interest_paid) <= parseYuan(message.interest_due)) return undefined
      return problem(
        'loan.paid-above-due',
        'interest_paid',
        message.interest_paid,
        `实收利息 ${message.interest_paid} 元大于应收利息 ${message.interest_due} 元：罚息和复利请填在 penalty_paid，以新的 message_id 报送。`,
        `More interest was paid (${message.interest_paid}) than fell due (${message.interest_due}): penalty and compound interest belong in penalty_paid; report under a new message_id.`,
      )
    default:
      return undefined
  }
}

function maturityProblem({ matures_on, occurred_on }: { matures_on: PlainDate; occurred_on: PlainDate }) {
  return problem(
    'loan.matures-too-early',
    'matures_on',
    matures_on,
    `到期日 ${matures_on} 应晚于发生日期 ${occurred_on}：请核对后以新的 message_id 报送。`,
    `The loan would mature on ${matures_on}, not after occurred_on (${occurred_on}): check, and report under a new message_id.`,
  )
}

function refinancesItself(receipt: string, refinances: string | undefined): MessageProblem | undefined {
  if (receipt !== refinances) return undefined
  return problem(
    'loan.refinances-itself',
    'refinances_loan_receipt',
    refinances,
    `借据 ${receipt} 不能偿还自己：请在 refinances_loan_receipt 填被偿还贷款的借据号，以新的 message_id 报送。`,
    `The loan ${receipt} cannot repay itself: give the receipt of the loan that was repaid as refinances_loan_receipt, under a new message_id.`,
  )
}

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
}

/** One thing that is wrong with the form of a message. */
interface FormFault {
  readonly code: 'bank.field-unknown' | 'bank.field-missing' | 'bank.field-malformed'
  readonly field: string
  readonly value: unknown
  readonly zh: string
  readonly en: string
}

const FAULTS_TOLD_MAX = 5

/** Says everything that is wrong with a message at once: each round of correction costs the bank a message_id. */
function formProblem(fields: Readonly<Record<string, unknown>>, issues: readonly Issue[]): MessageProblem {
  const faults = issues.flatMap(issue => faultsOf(fields, issue))
  const told = faults.slice(0, FAULTS_TOLD_MAX)
  const more = faults.length - told.length
  return problem(
    told[0]?.code ?? 'bank.field-malformed',
    told[0]?.field,
    told[0]?.value,
    `${told.map(({ zh }) => zh).join('；')}${more > 0 ? `；另有 ${more} 处不合要求` : ''}。请改正后以新的 message_id 报送。`,
    `${told.map(({ en }) => en).join('; ')}${more > 0 ? `; and ${more} more` : ''}. Correct it, under a new message_id.`,
  )
}

function faultsOf(fields: Readonly<Record<string, unknown>>, issue: Issue): FormFault[] {
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map(key => ({
      code: 'bank.field-unknown',
      field: key,
      // A misspelt name may stand before an account number.
      value: typeof fields[key] === 'string' ? excerptOf(fields[key]) : fields[key],
      zh: `这类消息没有“${key.slice(0, SHOWN_MAX)}”这一项（名称写错，或应去掉）`,
      en: `a message of this kind has no field "${key.slice(0, SHOWN_MAX)}" (misspelt, or to be left out)`,
    }))
  }
  const field = String(issue.path[0] ?? 'kind')
  const value = fields[field]
  if (value === undefined) {
    return [
      {
        code: 'bank.field-missing',
        field,
        value,
        zh: `缺少“${field}”`,
        en: `"${field}" is missing`,
      },
    ]
  }
  const form = FORMS[field] ?? FORMS.text
  const shown = SECRET.has(field) ? undefined : shownOf(value)
  return [
    {
      code: 'bank.field-malformed',
      field,
      value: SECRET.has(field) ? undefined : value,
      zh: `“${field}”${shown === undefined ? '' : `是${shown}，`}应为${form.zh}`,
      en: `"${field}" ${shown === undefined ? '' : `is ${shown} and `}should be ${form.en}`,
    },
  ]
}

const SHOWN_MAX = 40

/** A value within a sentence; JSON that is no text says so by standing without quotes. */
function shownOf(value: unknown): string | undefined {
  if (typeof value === 'string') return `"${value.slice(0, SHOWN_MAX)}${value.length > SHOWN_MAX ? '…' : ''}"`
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : undefined
}

/** Never repeated in an answer, which may be printed. */
const SECRET: ReadonlySet<string> = new Set(['account_number', 'account_name'])

interface Form {
  readonly zh: string
  readonly en: string
}

const DATE: Form = { zh: '日期，例如 "2022-06-14"', en: 'a day, like "2022-06-14"' }
const YUAN: Form = {
  zh: '以元为单位、最多两位小数的文本，例如 "1000000.00"',
  en: 'yuan as text with at most two decimals, like "1000000.00"',
}
const FORMS: Record<string, Form> & { readonly text: Form } = {
  text: {
    zh: '不含控制字符、首尾无空格、长度不超过规定的文本',
    en: 'text within its length, without control characters or spaces around it',
  },
  occurred_on: DATE,
  matures_on: DATE,
  period_from: DATE,
  amount: { zh: `${YUAN.zh}，且大于零`, en: `${YUAN.en}, above zero` },
  interest_due: YUAN,
  interest_paid: YUAN,
  penalty_paid: YUAN,
  annual_rate: {
    zh: '小于 1、最多六位小数的文本，例如 "0.0370"',
    en: 'text below 1 with at most six decimals, like "0.0370"',
  },
  day_count: { zh: '“ACT/360”“ACT/365”或“30/360”', en: 'ACT/360, ACT/365 or 30/360' },
  settlement: { zh: '“quarterly”（按季）或“monthly”（按月）', en: 'quarterly or monthly' },
  credit_code: {
    zh: '十八位统一社会信用代码（大写）',
    en: 'a unified social credit code, 18 characters, upper case',
  },
  account_number: { zh: '长 8 至 32 位的数字', en: '8 to 32 digits' },
  account_bank_code: {
    zh: '十二位支付系统行号（末位为校验位）',
    en: 'a CNAPS bank code: 12 digits, the last a check digit',
  },
  message_id: {
    zh: '至多 64 个字符（A-Z a-z 0-9 . _ : -）',
    en: 'at most 64 characters of A-Z a-z 0-9 . _ : -',
  },
  reverses: { zh: '要冲正的消息的 message_id', en: 'the message_id of the message to take back' },
  kind: { zh: '接口文档所列的消息种类', en: 'one of the kinds of the bank API' },
}
