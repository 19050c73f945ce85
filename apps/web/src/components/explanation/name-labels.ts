import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'
import type { Bound } from './feel-words.ts'

/** The bounds of a requirement with their names in the reader's language: the model itself is written in Chinese. */
export function withLabels(bounds: readonly Bound[], explanation: Explanation): Bound[] {
  const named = [...explanation.facts, ...explanation.parameters, ...explanation.arithmetic]
  return bounds.map(bound => {
    const found = named.find(({ name }) => name === bound.name)
    return found ? { ...bound, label: inLanguage(found.label) } : bound
  })
}
