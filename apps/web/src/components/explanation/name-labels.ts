import type { Explanation } from '../../api/claims.ts'
import { inLanguage, type Label } from '../../app/labels.ts'
import type { Bound } from './feel-words.ts'

/** The bounds of a requirement with their names in the reader's language: the model itself is written in Chinese. */
export function withLabels(bounds: readonly Bound[], explanation: Explanation): Bound[] {
  const named = [...explanation.facts, ...explanation.parameters, ...explanation.arithmetic]
  return bounds.map(bound => {
    const found = named.find(({ name }) => name === bound.name)
    return found ? { ...bound, label: inLanguage(found.label) } : bound
  })
}

/**
 * A formula with its names in the reader's language: `min(应贴金额, 年度余额)` becomes
 * `min(Subsidy before the yearly cap, Left of the yearly cap)`. A longer name is replaced before one that it contains.
 */
export function formulaInLanguage(
  formula: string,
  names: readonly { readonly name: string; readonly label: Label }[],
): string {
  const longestFirst = [...names].sort((a, b) => b.name.length - a.name.length)
  if (longestFirst.length === 0) return formula
  const any = new RegExp(
    longestFirst.map(({ name }) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
    'g',
  )
  return formula.replaceAll(any, found => {
    const label = longestFirst.find(({ name }) => name === found)?.label
    return label ? inLanguage(label) : found
  })
}
