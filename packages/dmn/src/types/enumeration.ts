import type { Allowed } from '../node/declared.ts'
import type { Node } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { literalText } from './literal-text.ts'

/** The texts of literals as a union; undefined where one is not a text. */
export function enumerationOf(nodes: readonly Node[]): string | undefined {
  const texts = nodes.map(node =>
    node.kind === 'literal' && typeof node.value === 'string' ? literalText(node.value) : undefined,
  )
  return texts.length === 0 || texts.includes(undefined) ? undefined : [...new Set(texts)].join(' | ')
}

/** The texts that allowed values list; undefined where they allow more than a list says. */
export function allowedTexts(allowed: readonly Allowed[]): string | undefined {
  const [only, ...more] = allowed
  // Several restrictions narrow one another: the union of the first still holds every value.
  const lists = [only, ...more].map(each => (each === undefined ? undefined : listed(each.test)))
  const list = lists.find(each => each !== undefined)
  return list === undefined ? undefined : enumerationOf(list)
}

function listed(test: Test): readonly Node[] | undefined {
  if (test.kind === 'equals') return [test.value]
  if (test.kind === 'is null') return []
  if (test.kind !== 'one of') return undefined
  const parts = test.tests.map(listed)
  return parts.every(part => part !== undefined) ? parts.flat() : undefined
}
