import type { PlainInputs } from '@millrace/dmn'
import type { PlainDate } from '../platform/dates.ts'
import { findChanges, type Outcome, type PolicyVersion } from '../policy/index.ts'
import type { ClaimExplanation } from './claim-schemas.ts'
import { labeller, plainText } from './condition-lines.ts'

/** What would have to change for a claim that is not eligible, in the words of the manifest. */
export function changesOf(
  version: PolicyVersion,
  outcome: Outcome,
  inputs: PlainInputs,
  asOf: PlainDate,
): ClaimExplanation['changes'] {
  const label = labeller(version)
  return findChanges(version, outcome, inputs, asOf).map(change => ({
    facts: change.inputs.map(({ input, type, from, to, by, unit, values = [], example = false }) => ({
      label: label(input),
      from: plainText(from),
      to: plainText(to) ?? '',
      by,
      unit,
      values: [...values],
      example,
      // What is to have happened on a day that is over can no longer happen on it.
      over: type === 'date' && from !== null && (plainText(to) ?? '') < asOf,
    })),
  }))
}
