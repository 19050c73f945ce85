import { addDays, dayOfMonth, type PlainDate } from '../calendar.ts'
import type { BankMessage, InterestSettled, LoanGranted, PrincipalMoved, SentMessage } from '../messages.ts'
import { formatYuan, parseYuan } from '../money.ts'
import { groupBy } from '../order.ts'
import type { Dispatch } from '../parcels.ts'
import { type Random, random } from '../random.ts'
import { interestDue, type Movement } from '../story/interest.ts'
import type { World } from '../world.ts'

/** A settlement that will be told wrongly, and the later one from which an overpayment can be taken back. */
interface Victim {
  readonly settled: InterestSettled
  readonly next: InterestSettled
  readonly corrected_on: PlainDate
  readonly messages: readonly SentMessage[]
  /** The early repayment of the period, where there is one that leaves the loan open. */
  readonly forgotten: PrincipalMoved | undefined
}

/** What is told instead: messages replaced (by identifier), and what corrects them. */
interface Correction {
  readonly replaced: ReadonlyMap<string, BankMessage | undefined>
  readonly later: readonly BankMessage[]
  readonly on: PlainDate
  readonly bank_code: string
}

/** Loans with which nothing else goes wrong: quarterly, never overdue, nothing taken back. */
function quiet(messages: readonly SentMessage[]): LoanGranted | undefined {
  const granted = messages.map(({ message }) => message).find(message => message.kind === 'loan_granted')
  const troubled = messages.some(({ message }) => message.kind === 'overdue' || message.kind === 'reversal')
  return granted &&
    !troubled &&
    granted.settlement === 'quarterly' &&
    parseYuan(granted.amount) <= 60_000_000_00n
    ? granted
    : undefined
}

function victimsOf(messages: readonly SentMessage[], chance: Random): Victim[] {
  const settlements = messages.flatMap(({ message }) =>
    message.kind === 'interest_settled' ? [message] : [],
  )
  return settlements.flatMap((settled, index): Victim[] => {
    const next = settlements[index + 1]
    // From the 21st of a quarter's last month, eleven days lead into the next quarter.
    const corrected_on = addDays(settled.occurred_on, chance.between(11, 40))
    if (!next || dayOfMonth(settled.occurred_on) !== 21 || corrected_on >= next.occurred_on) return []
    const forgotten = messages
      .flatMap(({ message }) => (message.kind === 'early_repayment' ? [message] : []))
      .find(({ occurred_on }) => occurred_on >= settled.period_from && occurred_on < settled.occurred_on)
    return [{ settled, next, corrected_on, messages, forgotten }]
  })
}

function movements(messages: readonly SentMessage[], without: string): Movement[] {
  return messages.flatMap(({ message }): Movement[] => {
    if (message.message_id === without) return []
    if (message.kind === 'drawdown') return [{ on: message.occurred_on, fen: parseYuan(message.amount) }]
    if (message.kind === 'repayment' || message.kind === 'early_repayment') {
      return [{ on: message.occurred_on, fen: -parseYuan(message.amount) }]
    }
    return message.kind === 'rate_change'
      ? [{ on: message.occurred_on, annual_rate: message.annual_rate }]
      : []
  })
}

function replacing(
  victim: Victim,
  wrong: { due: bigint; paid: bigint },
  alsoLater: readonly BankMessage[],
): Correction {
  const { settled, corrected_on } = victim
  const wrongId = `${settled.message_id}-W`
  return {
    bank_code: victim.messages[0]?.bank_code ?? '',
    on: corrected_on,
    replaced: new Map<string, BankMessage | undefined>([
      [
        settled.message_id,
        {
          ...settled,
          message_id: wrongId,
          interest_due: formatYuan(wrong.due),
          interest_paid: formatYuan(wrong.paid),
        },
      ],
      ...alsoLater.map(({ message_id }) => [message_id, undefined] as const),
    ]),
    later: [
      {
        message_id: `${wrongId}V`,
        kind: 'reversal',
        loan_receipt: settled.loan_receipt,
        occurred_on: corrected_on,
        reverses: wrongId,
      },
      ...alsoLater,
      settled,
    ],
  }
}

/** An early repayment is told late: until then interest on too high a balance was settled, and perhaps subsidised. */
function forgetRepayment(victim: Victim): Correction | undefined {
  const { forgotten, settled, next, messages } = victim
  const granted = quiet(messages)
  if (!forgotten || !granted) return undefined
  const { annual_rate, day_count } = granted
  const wrong = interestDue(
    movements(messages, forgotten.message_id),
    annual_rate,
    day_count,
    settled.period_from,
    settled.occurred_on,
  )
  const tooMuch = wrong - parseYuan(settled.interest_due)
  return tooMuch > 0n && tooMuch <= parseYuan(next.interest_paid)
    ? replacing(victim, { due: wrong, paid: wrong }, [forgotten])
    : undefined
}

/** The interest is mistyped by 10,000 yuan: the platform computes otherwise, and asks. */
function mistype(victim: Victim): Correction {
  const wrong = parseYuan(victim.settled.interest_due) + 10_000_00n
  return replacing(victim, { due: wrong, paid: wrong }, [])
}

/** The interest is told as half paid, when it was paid whole: the rest of the subsidy comes later. */
function understate(victim: Victim): Correction {
  const due = parseYuan(victim.settled.interest_due)
  return replacing(victim, { due, paid: due / 2n }, [])
}

function chooseCorrections(world: World, messages: readonly SentMessage[]): Correction[] {
  const chance = random(world.seed, 'late-correction')
  const byLoan = groupBy(messages, ({ bank_code, message }) => `${bank_code} ${message.loan_receipt}`)
  const victims = [...byLoan.values()].filter(quiet).flatMap(ofLoan => victimsOf(ofLoan, chance))
  const some = Math.max(2, Math.trunc(byLoan.size / 50))
  const corrections: Correction[] = []
  const used = new Set<string>()
  // One correction a loan, so that what follows it is told as it was.
  const take = (count: number, correct: (victim: Victim) => Correction | undefined) => {
    const wanted = corrections.length + count
    for (const victim of chance.shuffle(victims)) {
      if (corrections.length === wanted) break
      const correction = used.has(victim.settled.loan_receipt) ? undefined : correct(victim)
      if (!correction) continue
      used.add(victim.settled.loan_receipt)
      corrections.push(correction)
    }
  }
  take(some, forgetRepayment)
  take(some, mistype)
  take(some, understate)
  return corrections
}

/**
 * Some settlements are first told wrongly, and taken back and told rightly in the next quarter. In the end the
 * story is what it was; and each loan concerned settles interest once more after its correction.
 */
export function correctLate(world: World, messages: readonly SentMessage[]): Dispatch[] {
  const corrections = chooseCorrections(world, messages)
  const replaced = new Map(corrections.flatMap(correction => [...correction.replaced]))
  const told = messages.flatMap((sent): Dispatch[] => {
    if (!replaced.has(sent.message.message_id)) return [sent]
    const instead = replaced.get(sent.message.message_id)
    return instead ? [{ ...sent, message: instead }] : []
  })
  const later = corrections.flatMap(({ bank_code, on, later }) =>
    later.map((message): Dispatch => ({ bank_code, sent_on: on, message })),
  )
  return [...told, ...later]
}
