import type { z } from 'zod'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { formatYuan, parseYuan } from '../platform/money.ts'
import type { Outcome, PolicyVersion } from '../policy/index.ts'
import { balanceSegments } from './balance-segments.ts'
import type { ExplainedClaim } from './claim-explanation.ts'
import type { InterestExplanation } from './claim-schemas.ts'
import {
  type DayCount,
  type Eligibility,
  formatExactYuan,
  type InterestStep,
  interestDue,
} from './interest.ts'

/** The interest of a claim's period, step by step, from the events that stand now. */
export async function explainInterest(
  db: Db,
  claim: ExplainedClaim,
  outcome: Outcome,
  version: PolicyVersion,
): Promise<z.infer<typeof InterestExplanation>> {
  const events = await db
    .selectFrom('loan_event')
    .select([
      'id',
      'kind',
      'occurred_on',
      'amount_fen',
      'annual_rate',
      'reverses_id',
      'period_from',
      'interest_due_fen',
    ])
    .where('loan_id', '=', claim.loan_id)
    .orderBy('occurred_on')
    .orderBy('seq')
    .execute()
  const reversed = new Set(events.map(({ reverses_id }) => reverses_id))
  const settled = events.find(
    event =>
      event.kind === 'interest_settled' &&
      event.occurred_on === claim.period_to &&
      event.reverses_id === null &&
      !reversed.has(event.id),
  )
  const dayCount = claim.day_count as DayCount
  const reported = settled?.interest_due_fen == null ? null : formatYuan(settled.interest_due_fen)
  try {
    const from = settled?.period_from ?? claim.period_from
    const segments = balanceSegments(events, claim.annual_rate, from, claim.period_to)
    const eligibility = eligibilityOf(outcome, version)
    const eligible = eligibility && interestDue(segments, dayCount, eligibility)
    const computed = interestDue(segments, dayCount)
    return {
      day_count: dayCount,
      reported,
      computed: formatYuan(computed.fen),
      eligible: eligible ? formatYuan(eligible.fen) : null,
      steps: (eligible ?? computed).steps.map(stepLine),
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { day_count: dayCount, reported, computed: null, eligible: null, steps: [] }
  }
}

/** What the rules said of the dates and the principal; undefined where they could not say. */
function eligibilityOf({ conditionsTrace }: Outcome, { manifest }: PolicyVersion): Eligibility | undefined {
  const decided = (key: string) => {
    const value = conditionsTrace.decisions.find(({ name }) => name === manifest.decisions[key])?.value
    return typeof value === 'string' ? value : undefined
  }
  const subsidyFrom = decided('subsidy_from')
  const subsidyTo = decided('subsidy_to')
  const cap = decided('principal_cap')
  if (subsidyFrom === undefined || subsidyTo === undefined || cap === undefined) return undefined
  return { subsidyFrom, subsidyTo, principalCapFen: parseYuan(cap) }
}

function stepLine({ from, to, days, principalFen, balanceFen, annualRate, exact }: InterestStep) {
  return {
    from,
    to,
    days,
    principal: formatYuan(principalFen),
    balance: formatYuan(balanceFen),
    annual_rate: annualRate,
    exact: formatExactYuan(exact),
  }
}
