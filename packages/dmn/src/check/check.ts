import type { Problem } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { bulkProblems } from '../sql/bulk-problems.ts'
import { programOf } from './program.ts'

/**
 * Everything that is wrong with a model, in the order of the file; nothing with severity `error` when it can be
 * published. A decision in error still evaluates: the part at fault is null, with the problem as its message.
 *
 * @param options.bulk  decisions that must also run set-based in PostgreSQL; what keeps them from it is an error
 *
 * @example
 * for (const problem of check(model, { bulk: ['贴息金额'] })) console.error(describeLocation(problem.where), problem.zh)
 */
export function check(model: Model, options: { readonly bulk?: readonly string[] } = {}): readonly Problem[] {
  const program = programOf(model)
  const { bulk = [] } = options
  const problems =
    bulk.length === 0 ? program.problems : [...program.problems, ...bulkProblems(program, bulk)]
  return problems.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0))
}
