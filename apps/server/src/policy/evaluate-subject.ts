import { conditionBits, type PlainInputs, type Trace } from '@millrace/dmn'
import type { PlainDate } from '../platform/dates.ts'
import { type Fen, parseYuan } from '../platform/money.ts'
import { type Answer, answerOf, type ConditionOutcome } from './answer.ts'
import type { PolicyVersion } from './policy-version.ts'

/** What the rules say of one subject, with how they came to it. */
export interface Outcome {
  readonly answer: Answer
  readonly conditions: ConditionOutcome
  readonly compliance: ConditionOutcome
  /** What would be paid if the answer is eligible; 0 where the amount could not be worked out. */
  readonly amountFen: Fen
  readonly amountTrace: Trace
  readonly conditionsTrace: Trace
  readonly complianceTrace: Trace
}

/**
 * Evaluates a policy for one subject. The set-based run gives the same for the same inputs.
 *
 * @param inputs facts and parameters by the model's input names; yuan, not fen
 */
export function evaluateSubject(version: PolicyVersion, inputs: PlainInputs, asOf: PlainDate): Outcome {
  const amount = version.amount.explain(inputs, { asOf })
  const conditionsTrace = version.answerConditions.explain(inputs, { asOf }).trace
  const complianceTrace = version.answerCompliance.explain(inputs, { asOf }).trace
  const conditions = conditionBits(conditionsTrace, version.manifest.decisions.conditions)
  const compliance = conditionBits(complianceTrace, version.manifest.decisions.compliance)
  const amountKnown = typeof amount.value === 'string'
  return {
    answer: answerOf(
      conditions,
      version.conditions.columns.length,
      compliance,
      version.compliance.columns.length,
      amountKnown,
    ),
    conditions,
    compliance,
    amountFen: typeof amount.value === 'string' ? parseYuan(amount.value) : 0n,
    amountTrace: amount.trace,
    conditionsTrace,
    complianceTrace,
  }
}
