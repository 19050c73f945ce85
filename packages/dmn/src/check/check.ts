import type { Problem } from '../problem.ts'
import type { Model } from '../read/model.ts'

/**
 * Everything that is wrong with a model, in the order of the file; empty when it can be published.
 *
 * @param options.bulk  decisions that must also run set-based in PostgreSQL
 */
export function check(
  _model: Model,
  _options: { readonly bulk?: readonly string[] } = {},
): readonly Problem[] {
  throw new Error('check stands here as a signature')
}
