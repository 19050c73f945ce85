import type { PlainInput } from '@millrace/dmn'
import { z } from 'zod'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import {
  type Answer,
  evaluateSubject,
  getPolicyVersion,
  type Outcome,
  type PolicyVersion,
} from '../policy/index.ts'
import { ConditionLine } from './claim-schemas.ts'
import { conditionLines } from './condition-lines.ts'

/** Why nothing is due for a loan, from its newest determination, with the conditions that decided. */
export const NothingDue = z.object({
  reason: z.enum(['not-eligible', 'missing', 'suspended', 'cap', 'ended', 'repaid', 'not-drawn']),
  claim_id: z.uuid().nullable(),
  conditions: z.array(ConditionLine),
})
export type NothingDue = z.infer<typeof NothingDue>

/** What the newest determination of a loan says of its next period. */
export interface NewestClaim {
  readonly id: string
  readonly answer: Answer
  readonly period_to: PlainDate
}

/**
 * Whether the period after a claim will bring anything, as far as its determination can tell.
 *
 * @param settlesOn when the next period's interest is settled; null: the loan is repaid
 * @returns null when something may be due
 */
export async function whyNothingIsDue(
  db: Db,
  claim: NewestClaim,
  settlesOn: PlainDate | null,
): Promise<NothingDue | null> {
  const { outcome, version } = await reevaluate(db, claim.id)
  return decideNothingDue(claim, settlesOn, outcome, version)
}

function decideNothingDue(
  claim: NewestClaim,
  settlesOn: PlainDate | null,
  outcome: Outcome,
  version: PolicyVersion,
): NothingDue | null {
  const { decisions } = version.manifest
  const conditions = conditionLines(outcome.conditionsTrace, decisions.conditions, version)
  const compliance = conditionLines(outcome.complianceTrace, decisions.compliance, version)
  const because = (reason: NothingDue['reason'], lines: ConditionLine[] = []): NothingDue => ({
    reason,
    claim_id: claim.id,
    conditions: lines,
  })
  const decided = (name: string | undefined) =>
    [...outcome.amountTrace.decisions, ...outcome.conditionsTrace.decisions].find(each => each.name === name)
      ?.value

  if (claim.answer === 'ineligible') {
    return because(
      'not-eligible',
      conditions.filter(({ outcome: met }) => met === 'not_met'),
    )
  }
  if (claim.answer === 'unknown') {
    return because(
      'missing',
      [...conditions, ...compliance].filter(({ outcome: met }) => met === 'unknown'),
    )
  }
  if (claim.answer === 'suspended') {
    return because(
      'suspended',
      compliance.filter(({ outcome: met }) => met !== 'met'),
    )
  }
  if (settlesOn === null) return because('repaid')
  const subsidyTo = decided(decisions.subsidy_to)
  if (typeof subsidyTo === 'string' && claim.period_to >= subsidyTo) return because('ended')
  const usedUp = outcome.amountFen === 0n && Number(decided(decisions.before_cap) ?? 0) > 0
  // The cap is a calendar year's: what is settled in the next begins anew.
  if (usedUp && settlesOn.slice(0, 4) === claim.period_to.slice(0, 4)) return because('cap')
  return null
}

/** What the rules said, from the inputs that the determination kept. */
async function reevaluate(db: Db, claimId: string) {
  const { inputs, parameters, as_of, policy_version_id } = await db
    .selectFrom('claim')
    .innerJoin('determination', 'determination.id', 'claim.determination_id')
    .innerJoin('determination_run', 'determination_run.id', 'determination.run_id')
    .where('claim.id', '=', claimId)
    .select([
      'determination.inputs',
      'determination_run.parameters',
      'determination_run.as_of',
      'determination_run.policy_version_id',
    ])
    .executeTakeFirstOrThrow()
  const version = await getPolicyVersion(db, policy_version_id)
  const values = { ...(parameters as Values), ...(inputs as Values) }
  return { version, outcome: evaluateSubject(version, values, as_of) }
}

type Values = Readonly<Record<string, PlainInput>>
