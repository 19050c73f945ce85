import { FeelContext } from './context.ts'
import type { Value } from './value.ts'

const SMALL = 20
const CHARACTERS_A_STEP = 20

/** What it costs to go through a text. */
export function stepsOf(text: string): number {
  return Math.floor(text.length / CHARACTERS_A_STEP)
}

/** Of lists and contexts that have been counted; they never change. */
const counted = new WeakMap<object, number>()

/**
 * How many parts a value would have if it were written out. Lists that hold the same list many times are small in
 * memory and without end on paper; whoever makes a list or a context spends its size, so that a limit on steps is one
 * on what can be made of them.
 */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return 1 + stepsOf(value)
  if (typeof value !== 'object' || value === null) return 1
  if (Array.isArray(value)) return sizeOfAll(value, value)
  return value instanceof FeelContext ? sizeOfAll(value, value.fields.values()) : 1
}

function sizeOfAll(whole: object, parts: Iterable<Value>): number {
  const known = counted.get(whole)
  if (known !== undefined) return known
  let size = 1
  let count = 1
  for (const part of parts) {
    count++
    size += sizeOf(part)
  }
  // What is small and holds nothing that does is counted again as quickly as it is looked up.
  if (size > count || count > SMALL) counted.set(whole, size)
  return size
}
