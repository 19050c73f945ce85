import { FeelContext } from './context.ts'
import { FeelFunction } from './function.ts'
import { FeelRange } from './range.ts'
import { toPlain } from './to-plain.ts'
import { isList, type Value } from './value.ts'

const NAME = /^[\p{L}_?][\p{L}\p{M}\p{N}_?.'+\-*/ ]*$/u
const PARTS_MAX = 200_000

/** What `string()` gives: texts as they stand, lists and contexts as FEEL would write them. Null past the limit. */
export function toText(value: Value): string | null {
  if (typeof value === 'string') return value
  const parts: string[] = []
  write(value, parts, 0)
  return parts.length > PARTS_MAX ? null : parts.join('')
}

const DEPTH_MAX = 500

function write(value: Value, parts: string[], depth: number): void {
  // Past the limits nothing more is written: the caller sees that there are too many parts.
  if (parts.length > PARTS_MAX) return
  if (depth > DEPTH_MAX) {
    parts.length = PARTS_MAX + 1
    return
  }
  if (isList(value)) {
    writeAll(parts, '[', value, ']', item => write(item, parts, depth + 1))
  } else if (value instanceof FeelContext) {
    writeAll(parts, '{', [...value.fields], '}', ([name, field]) => {
      parts.push(NAME.test(name) ? name : quoted(name), ': ')
      write(field, parts, depth + 1)
    })
  } else if (value instanceof FeelRange) {
    writeRange(value, parts, depth)
  } else if (value instanceof FeelFunction) {
    parts.push(`function(${value.parameters.map(({ name }) => name).join(', ')})`)
  } else {
    parts.push(typeof value === 'string' ? quoted(value) : String(toPlain(value)))
  }
}

function writeRange(
  { low, high, lowClosed, highClosed, operator }: FeelRange,
  parts: string[],
  depth: number,
): void {
  if (operator !== null) {
    parts.push(`(${operator} `)
    write(low ?? high, parts, depth + 1)
    parts.push(')')
    return
  }
  parts.push(lowClosed ? '[' : '(')
  write(low, parts, depth + 1)
  parts.push('..')
  write(high, parts, depth + 1)
  parts.push(highClosed ? ']' : ')')
}

function writeAll<Item>(
  parts: string[],
  open: string,
  items: readonly Item[],
  close: string,
  each: (item: Item) => void,
): void {
  parts.push(open)
  for (const [i, item] of items.entries()) {
    if (i > 0) parts.push(', ')
    each(item)
  }
  parts.push(close)
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
