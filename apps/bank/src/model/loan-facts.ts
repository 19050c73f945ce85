import { dayNumber, type PlainDate } from '../calendar.ts'
import type { BankMessage, InterestSettled, LoanGranted, SentMessage } from '../messages.ts'
import { type Fen, parseRate, parseYuan } from '../money.ts'
import { by, groupBy } from '../order.ts'

/** From a day on (its day number), the balance or the yearly rate is another. */
export interface Step {
  readonly day: number
  readonly balance: Fen
  /** In units of 10⁻¹². */
  readonly rate: bigint
}

/** What stands of a loan when every message sent by a day has been taken in, and what was taken back is gone. */
export interface LoanFacts {
  readonly bank_code: string
  readonly granted: LoanGranted
  readonly principal: Fen
  readonly first_drawn_on: PlainDate | undefined
  readonly steps: readonly Step[]
  readonly settlements: readonly InterestSettled[]
  readonly overdue: boolean
}

/** The messages that count: those reversed, and the reversals themselves, do not. */
function standing(messages: readonly SentMessage[]): SentMessage[] {
  const key = (bank: string, id: string) => `${bank} ${id}`
  const reversed = new Set<string>()
  for (const { bank_code, message } of messages) {
    if (message.kind === 'reversal') reversed.add(key(bank_code, message.reverses))
  }
  return messages.filter(
    ({ bank_code, message }) =>
      message.kind !== 'reversal' && !reversed.has(key(bank_code, message.message_id)),
  )
}

function isPrincipal(kind: BankMessage['kind']): boolean {
  return kind === 'drawdown' || kind === 'repayment' || kind === 'early_repayment'
}

function stepsOf(granted: LoanGranted, events: readonly BankMessage[]): Step[] {
  const steps: Step[] = []
  let balance = 0n
  let rate = parseRate(granted.annual_rate)
  for (const event of events) {
    if (event.kind === 'drawdown') balance += parseYuan(event.amount)
    else if (event.kind === 'repayment' || event.kind === 'early_repayment')
      balance -= parseYuan(event.amount)
    else if (event.kind === 'rate_change') rate = parseRate(event.annual_rate)
    else continue
    steps.push({ day: dayNumber(event.occurred_on), balance, rate })
  }
  return steps
}

function factsOf(bank_code: string, messages: readonly BankMessage[]): LoanFacts | undefined {
  const granted = messages.find(message => message.kind === 'loan_granted')
  if (!granted) return undefined
  const events = [...messages].sort(by(({ occurred_on }) => occurred_on))
  const spells = events.filter(({ kind }) => kind === 'overdue' || kind === 'cured')
  return {
    bank_code,
    granted,
    principal: parseYuan(granted.amount),
    first_drawn_on: events.find(({ kind }) => kind === 'drawdown')?.occurred_on,
    steps: stepsOf(
      granted,
      events.filter(({ kind }) => isPrincipal(kind) || kind === 'rate_change'),
    ),
    settlements: events.filter(message => message.kind === 'interest_settled'),
    overdue: spells.at(-1)?.kind === 'overdue',
  }
}

/** Every loan that has been reported by the end of a day, as it then stands. */
export function loansAsOf(messages: readonly SentMessage[], asOf: PlainDate): LoanFacts[] {
  const counted = standing(messages.filter(({ sent_on }) => sent_on <= asOf))
  const byLoan = groupBy(counted, ({ bank_code, message }) => `${bank_code} ${message.loan_receipt}`)
  return [...byLoan.values()].flatMap(ofLoan => {
    const facts = factsOf(
      ofLoan[0]?.bank_code ?? '',
      ofLoan.map(({ message }) => message),
    )
    return facts ? [facts] : []
  })
}
