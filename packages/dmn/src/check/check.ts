import type { Problem } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { type MoneyOptions, moneyProblems } from './money.ts'
import { programOf } from './program.ts'

/**
 * Everything that is wrong with a model, in the order of the file; nothing with severity `error` when it can be
 * published. A decision in error still evaluates: the part at fault is null, with the problem as its message.
 * What keeps a decision from running set-based is said by `bulkProblems` of `@millrace/dmn/sql`.
 * Decisions the caller calls money must be rounded to two places, which is an error where they are not.
 *
 * @throws RequestError when the model has no decision that is called money
 *
 * @example
 * for (const problem of check(model)) console.error(describeLocation(problem.where), problem.zh)
 */
export function check(model: Model, options: MoneyOptions = {}): readonly Problem[] {
  const program = programOf(model)
  const problems = [...program.problems, ...moneyProblems(program, options)]
  return problems.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0))
}
