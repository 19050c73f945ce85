import { type Change, type Movable, nearestChange, type Plain, type PlainInputs } from '@millrace/dmn'
import type { PlainDate } from '../platform/dates.ts'
import type { Outcome } from './evaluate-subject.ts'
import type { PolicyVersion } from './policy-version.ts'

/** Bounds what explaining one claim may cost: a few hundred evaluations are usual, a tenth of a second the most. */
const EVALUATIONS_MAX = 5_000
/** What stands in the way of more than this is said condition by condition. */
const FACTS_MAX = 6
/** More alternatives help nobody. */
const CHANGES_MAX = 3

/**
 * The least changes of facts that would make a subject eligible, each by itself: one fact, or two together where no
 * single one does it. Parameters are the city's and stay as they are. What is missing comes with the values that would do.
 *
 * @returns nothing for what is eligible, or where too many facts stand in the way
 */
export function findChanges(
  version: PolicyVersion,
  outcome: Outcome,
  inputs: PlainInputs,
  asOf: PlainDate,
): readonly Change[] {
  const question = whatIsWanted(version, outcome)
  if (question === null) return []
  const { decision, wanted } = question
  return nearestChange(version.model, decision, inputs, {
    asOf,
    wanted,
    movable: movableIn(version),
    limits: { evaluations: EVALUATIONS_MAX, changes: CHANGES_MAX, together: FACTS_MAX },
  }).changes
}

/** The facts. No amount and no count of them is below zero. */
function movableIn({ model, manifest }: PolicyVersion): Movable[] {
  return model.inputs
    .filter(({ name }) => Object.hasOwn(manifest.inputs, name))
    .map(({ name, typeRef }) => (typeRef === 'number' ? { input: name, min: '0' } : { input: name }))
}

/** The table that stands in the way, and what it says when all its conditions are met. */
function whatIsWanted({ manifest, conditions, compliance }: PolicyVersion, outcome: Outcome) {
  const { decisions } = manifest
  switch (outcome.answer) {
    case 'eligible':
      return null
    case 'suspended':
      return whenAllMet(decisions.compliance, compliance)
    case 'ineligible':
      return whenAllMet(decisions.conditions, conditions)
    case 'unknown': {
      if (outcome.conditions.unknown !== 0n) return whenAllMet(decisions.conditions, conditions)
      if (outcome.compliance.unknown !== 0n) return whenAllMet(decisions.compliance, compliance)
      return { decision: decisions.amount, wanted: { passes: (value: Plain) => value !== null } }
    }
    default:
      return outcome.answer satisfies never
  }
}

/** A table of conditions says in its first rule what follows when they are met. */
function whenAllMet(decision: string, { rules }: PolicyVersion['conditions']) {
  const quoted = /^"(.*)"$/s.exec(rules[0]?.outputs[0] ?? '')
  return quoted?.[1] === undefined ? null : { decision, wanted: { is: quoted[1] } }
}
