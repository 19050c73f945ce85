import { FeelContext } from './context.ts'
import { FeelFunction } from './function.ts'
import { FeelRange } from './range.ts'
import { toPlain } from './to-plain.ts'
import { isList, type Value } from './value.ts'

/** Longest text that is made of other values. */
export const TEXT_LENGTH_MAX = 4_000_000

const NAME = /^[\p{L}_?][\p{L}\p{M}\p{N}_?.'+\-*/ ]*$/u
const DEPTH_MAX = 500

/** What `string()` gives: texts as they stand, lists and contexts as FEEL would write them. Null past the limits. */
export function toText(value: Value): string | null {
  if (typeof value === 'string') return value
  const text = new Text()
  write(value, text, 0)
  return text.isTooLong ? null : text.parts.join('')
}

class Text {
  readonly parts: string[] = []
  #length = 0

  /** Past the limit nothing more is kept. */
  add(part: string): void {
    this.#length += part.length
    if (!this.isTooLong) this.parts.push(part)
  }

  giveUp(): void {
    this.#length = Number.POSITIVE_INFINITY
  }

  get isTooLong(): boolean {
    return this.#length > TEXT_LENGTH_MAX
  }
}

function write(value: Value, text: Text, depth: number): void {
  if (text.isTooLong) return
  if (depth > DEPTH_MAX) {
    text.giveUp()
  } else if (isList(value)) {
    writeAll(text, '[', value, ']', item => write(item, text, depth + 1))
  } else if (value instanceof FeelContext) {
    writeAll(text, '{', [...value.fields], '}', ([name, field]) => {
      text.add(`${NAME.test(name) ? name : quoted(name)}: `)
      write(field, text, depth + 1)
    })
  } else if (value instanceof FeelRange) {
    writeRange(value, text, depth)
  } else if (value instanceof FeelFunction) {
    text.add(`function(${value.parameters.map(({ name }) => name).join(', ')})`)
  } else {
    text.add(typeof value === 'string' ? quoted(value) : String(toPlain(value)))
  }
}

function writeRange(
  { low, high, lowClosed, highClosed, operator }: FeelRange,
  text: Text,
  depth: number,
): void {
  if (operator !== null) {
    text.add(`(${operator} `)
    write(low ?? high, text, depth + 1)
    text.add(')')
    return
  }
  text.add(lowClosed ? '[' : '(')
  write(low, text, depth + 1)
  text.add('..')
  write(high, text, depth + 1)
  text.add(highClosed ? ']' : ')')
}

function writeAll<Item>(
  text: Text,
  open: string,
  items: readonly Item[],
  close: string,
  each: (item: Item) => void,
): void {
  text.add(open)
  for (const [i, item] of items.entries()) {
    if (text.isTooLong) return
    if (i > 0) text.add(', ')
    each(item)
  }
  text.add(close)
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
