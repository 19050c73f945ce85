import { BLOCKS } from './blocks.ts'
import type { Characters } from './syntax.ts'

export const ANY: Characters = () => true

export function none(characters: Characters): Characters {
  return codePoint => !characters(codePoint)
}

export function oneOf(all: readonly Characters[]): Characters {
  const [only] = all
  if (all.length === 1 && only) return only
  return codePoint => all.some(characters => characters(codePoint))
}

/** Upper and lower case are the same with `ignoreCase`; categories and blocks stay what they are (F&O 5.6.2). */
export function between(low: number, high: number, ignoreCase: boolean): Characters {
  if (!ignoreCase) return low === high ? c => c === low : c => c >= low && c <= high
  return codePoint => variantsOf(codePoint).some(c => c >= low && c <= high)
}

/** A code point and those that differ from it in case alone. */
export function variantsOf(codePoint: number): readonly number[] {
  const text = String.fromCodePoint(codePoint)
  const variants = [codePoint]
  for (const other of [text.toLowerCase(), text.toUpperCase()]) {
    const point = other.codePointAt(0) ?? codePoint
    if (other.length === String.fromCodePoint(point).length && point !== codePoint) variants.push(point)
  }
  return variants
}

export function within(ranges: readonly (readonly [number, number])[]): Characters {
  return codePoint => ranges.some(([low, high]) => codePoint >= low && codePoint <= high)
}

const LINE_ENDS = within([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
])
export const NO_LINE_END = none(LINE_ENDS)

const SPACE = within([
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0x20],
])

/** NameStartChar and NameChar of XML 1.0, fifth edition. */
const NAME_START = within([
  [0x3a, 0x3a],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
])
const NAME = oneOf([
  NAME_START,
  within([
    [0x2d, 0x2e],
    [0x30, 0x39],
    [0xb7, 0xb7],
    [0x300, 0x36f],
    [0x203f, 0x2040],
  ]),
])

/** `\w` is all but punctuation, separators and others (XML Schema 1.1, part 2, G.4.2.5). */
const NO_WORD = oneOf([byCategory('P'), byCategory('Z'), byCategory('C')])

const MULTIPLE: ReadonlyMap<string, Characters> = new Map<string, Characters>([
  ['s', SPACE],
  ['i', NAME_START],
  ['c', NAME],
  ['d', byCategory('Nd')],
  ['w', none(NO_WORD)],
])

/** `\d`, `\S` and their kind; undefined for any other letter. */
export function multipleEscape(letter: string): Characters | undefined {
  const characters = MULTIPLE.get(letter.toLowerCase())
  if (characters === undefined) return undefined
  return letter === letter.toLowerCase() ? characters : none(characters)
}

const CATEGORY = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/

/** `\p{Lu}` and `\p{IsGreek}`; undefined for what is neither a category nor a block. */
export function property(name: string): Characters | undefined {
  if (CATEGORY.test(name)) return byCategory(name)
  const block = name.startsWith('Is') ? BLOCKS.get(name.slice(2)) : undefined
  return block && within([block])
}

function byCategory(name: string): Characters {
  const test = new RegExp(`^\\p{${name}}$`, 'u')
  return codePoint => test.test(String.fromCodePoint(codePoint))
}
