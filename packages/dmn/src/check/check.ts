import type { Problem } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { programOf } from './program.ts'

/**
 * Everything that is wrong with a model, in the order of the file; empty when it can be published.
 *
 * @param options.bulk  decisions that must also run set-based in PostgreSQL
 */
export function check(
  model: Model,
  _options: { readonly bulk?: readonly string[] } = {},
): readonly Problem[] {
  return programOf(model).problems
}
