import { addDays, addMonths, earlier, later, type PlainDate, quarterOf } from '../calendar.ts'
import type { InterestSettled, SentMessage } from '../messages.ts'
import { divideHalfUp, type Fen, greater, lesser, parseRate, parseYuan, RATE_ONE } from '../money.ts'
import { by, groupBy } from '../order.ts'
import type { Policy, World } from '../world.ts'
import { type Case, examine, rankProjects } from './conditions.ts'
import { interestBetween } from './daily-interest.ts'
import { type LoanFacts, loansAsOf } from './loan-facts.ts'

export type Answer = 'eligible' | 'ineligible' | 'unknown' | 'suspended'

/** The subsidy of one settled period of one loan, as it stands on a day. */
export interface ModelClaim {
  readonly bank_code: string
  readonly loan_receipt: string
  readonly credit_code: string
  readonly period_from: PlainDate
  /** The settlement day. */
  readonly period_to: PlainDate
  readonly quarter: string
  readonly answer: Answer
  /** Conditions that are not met, or cannot be tested, or suspend. */
  readonly reasons: readonly string[]
  readonly interest_paid_fen: Fen
  readonly interest_computed_fen: Fen
  readonly principal_cap_fen: Fen
  readonly interest_eligible_fen: Fen
  /** Within the yearly cap; 0 where ineligible or unknown. A suspended claim keeps its amount, and its place in the cap. */
  readonly amount_fen: Fen
}

/** What a loan may draw on when the earlier loans of its filing have had theirs. */
function principalCaps(cases: readonly Case[]): Map<LoanFacts, Fen> {
  const caps = new Map<LoanFacts, Fen>()
  const drawn = cases.filter(({ filing, loan }) => filing !== undefined && loan.first_drawn_on !== undefined)
  for (const group of groupBy(drawn, ({ filing }) => filing?.filing_number ?? '').values()) {
    const filing = group[0]?.filing
    if (!filing || filing.verified_investment === null || filing.civil_works === null) continue
    let left = greater(0n, parseYuan(filing.verified_investment) - parseYuan(filing.civil_works))
    const inOrder = group.map(({ loan }) => loan).sort(by(loan => `${loan.first_drawn_on} ${orderOf(loan)}`))
    for (const loan of inOrder) {
      const cap = lesser(loan.principal, left)
      caps.set(loan, cap)
      left -= cap
    }
  }
  return caps
}

function orderOf({ granted, bank_code }: LoanFacts): string {
  return `${granted.loan_receipt} ${bank_code}`
}

/** The part of the interest that is paid in the year of the loan in which a period begins. */
function subsidyRate(policy: Policy, firstDrawnOn: PlainDate, periodFrom: PlainDate): bigint {
  let years = 0
  while (addMonths(firstDrawnOn, 12 * (years + 1)) <= periodFrom) years++
  return parseRate(policy.subsidy_rates[years] ?? policy.subsidy_rates.at(-1) ?? '0')
}

function claimOf(it: Case, settled: InterestSettled, principalCap: Fen): ModelClaim {
  const { policy } = it.world
  const { steps, granted, first_drawn_on, bank_code, overdue } = it.loan
  const { period_from, occurred_on } = settled
  const drawn = first_drawn_on ?? period_from
  const from = later(period_from, later(policy.starts_on, drawn))
  const to = earlier(
    occurred_on,
    earlier(addDays(policy.ends_on, 1), addMonths(drawn, 12 * policy.years_max)),
  )

  const interest_computed_fen = interestBetween(steps, granted.day_count, period_from, occurred_on)
  const interest_eligible_fen =
    from < to ? interestBetween(steps, granted.day_count, from, to, principalCap) : 0n
  const interest_paid_fen = parseYuan(settled.interest_paid)
  const subsidised =
    lesser(interest_paid_fen, interest_eligible_fen) * subsidyRate(policy, drawn, period_from)

  const off = parseYuan(settled.interest_due) - interest_computed_fen
  const disagrees = (off < 0n ? -off : off) > parseYuan(policy.interest_tolerance)
  const { unmet, unknown: missing } = examine(it)
  const unknown = [...missing, ...(disagrees ? ['reported and computed interest disagree'] : [])]
  const suspending = overdue ? ['the loan is overdue'] : []
  const answer =
    unmet.length > 0
      ? 'ineligible'
      : unknown.length > 0
        ? 'unknown'
        : suspending.length > 0
          ? 'suspended'
          : 'eligible'
  const counts = answer === 'eligible' || answer === 'suspended'
  return {
    bank_code,
    loan_receipt: granted.loan_receipt,
    credit_code: granted.credit_code,
    period_from,
    period_to: occurred_on,
    quarter: quarterOf(occurred_on),
    answer,
    reasons: [...unmet, ...unknown, ...suspending],
    interest_paid_fen,
    interest_computed_fen,
    principal_cap_fen: principalCap,
    interest_eligible_fen,
    amount_fen: counts ? divideHalfUp(subsidised, RATE_ONE) : 0n,
  }
}

/** Each enterprise's claims of a calendar year, by settlement day, receipt and bank, until the cap is used up. */
function underYearlyCap(claims: readonly ModelClaim[], policy: Policy): ModelClaim[] {
  const inOrder = [...claims].sort(by(claim => `${claim.period_to} ${claim.loan_receipt} ${claim.bank_code}`))
  const left = new Map<string, Fen>()
  return inOrder.map(claim => {
    const year = `${claim.credit_code} ${claim.period_to.slice(0, 4)}`
    const available = left.get(year) ?? parseYuan(policy.yearly_cap)
    const amount_fen = lesser(claim.amount_fen, available)
    left.set(year, available - amount_fen)
    return { ...claim, amount_fen }
  })
}

/**
 * Every claim as it stands on a day, from what the banks had said by then. In this order:
 *
 * 1. Messages sent later, messages taken back and the reversals themselves are left out.
 * 2. A loan's borrower, bank and filing are looked up; a filing counts only if it is the borrower's own.
 * 3. Loans of one filing share its net investment (verified less civil works): in order of first drawdown, then
 *    receipt, then bank, each takes as much of what is left as its principal. Loans that are outside the programme
 *    for another reason take their share too.
 * 4. For each settled period: interest on the balance of each day, as far as it is within that share, on the days
 *    from the later of the policy's first day and the first drawdown to the earlier of the policy's last day and
 *    the end of the loan's covered years; exact, rounded half up once.
 * 5. The lesser of that and of what was paid, times the rate of the loan's year in which the period begins, half up.
 * 6. Conditions: one not met, ineligible; none unmet but one unknown, or interest in dispute, unknown; otherwise
 *    overdue, suspended. Who is right about disputed interest is for people to say: until then nothing is paid.
 * 7. The yearly cap, over eligible and suspended claims together.
 */
export function claimsAsOf(world: World, messages: readonly SentMessage[], asOf: PlainDate): ModelClaim[] {
  const banks = new Map(world.banks.map(bank => [bank.code, bank]))
  const enterprises = new Map(world.enterprises.map(enterprise => [enterprise.credit_code, enterprise]))
  const filings = new Map(world.filings.map(filing => [filing.filing_number, filing]))
  const ranks = rankProjects(world.filings)
  const cases = loansAsOf(messages, asOf).map((loan): Case => {
    const named = filings.get(loan.granted.filing_number ?? '')
    const filing = named?.credit_code === loan.granted.credit_code ? named : undefined
    return {
      world,
      loan,
      bank: banks.get(loan.bank_code),
      enterprise: enterprises.get(loan.granted.credit_code),
      filing,
      project_rank: filing && ranks.get(filing.filing_number),
    }
  })
  const caps = principalCaps(cases)
  const claims = cases.flatMap(it =>
    it.loan.settlements.map(settled => claimOf(it, settled, caps.get(it.loan) ?? 0n)),
  )
  return underYearlyCap(claims, world.policy)
}
