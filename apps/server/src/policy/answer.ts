/** The four answers: never a silent yes or no. */
export const ANSWERS = ['eligible', 'ineligible', 'unknown', 'suspended'] as const
export type Answer = (typeof ANSWERS)[number]

/** Of a table of conditions, bit i is condition i. What is neither passed nor unknown has failed. */
export interface ConditionOutcome {
  readonly passed: bigint
  readonly unknown: bigint
}

/**
 * The answer that follows from the conditions.
 *
 * A failed condition decides, whatever else is missing: the missing fact could not help. A missing fact leaves the
 * answer open; only what is otherwise eligible can be suspended.
 *
 * @param conditionCount number of columns of the eligibility table
 * @param amountKnown    false when the amount itself could not be worked out
 */
export function answerOf(
  conditions: ConditionOutcome,
  conditionCount: number,
  compliance: ConditionOutcome,
  complianceCount: number,
  amountKnown: boolean,
): Answer {
  if (failed(conditions, conditionCount) !== 0n) return 'ineligible'
  if (conditions.unknown !== 0n || !amountKnown) return 'unknown'
  if (failed(compliance, complianceCount) !== 0n) return 'suspended'
  return compliance.unknown === 0n ? 'eligible' : 'unknown'
}

/** Bits of the conditions that were tested and not met. */
export function failed({ passed, unknown }: ConditionOutcome, count: number): bigint {
  return allBits(count) & ~(passed | unknown)
}

function allBits(count: number): bigint {
  return (1n << BigInt(count)) - 1n
}

/** The same in SQL, over expressions for the bits (bigint) and the amount. */
export function answerSql(
  bits: {
    passed: string
    unknown: string
    compliancePassed: string
    complianceUnknown: string
    amount: string
  },
  conditionCount: number,
  complianceCount: number,
): string {
  const { passed, unknown, compliancePassed, complianceUnknown, amount } = bits
  return `case
    when (${passed} | ${unknown}) <> ${allBits(conditionCount)} then 'ineligible'
    when ${unknown} <> 0 or ${amount} is null then 'unknown'
    when (${compliancePassed} | ${complianceUnknown}) <> ${allBits(complianceCount)} then 'suspended'
    when ${complianceUnknown} <> 0 then 'unknown'
    else 'eligible' end`
}
