import { parsePattern } from './parse.ts'
import { compilePattern, type Program } from './program.ts'
import { type Match, Search } from './search.ts'
import type { Flags } from './syntax.ts'

export type { Match } from './search.ts'
export { SearchLimitError } from './search.ts'
export { flagsOf, PatternError } from './syntax.ts'

/** A regular expression, ready to be asked; one text at a time is looked at. */
export interface Regex {
  readonly groups: number
  readonly flags: Flags
  find(text: Uint32Array, from: number, spend: (steps: number) => void): Match | null
  /** All matches, one after another. A match of nothing moves on by a character. */
  all(text: Uint32Array, spend: (steps: number) => void): Iterable<Match>
}

const PATTERN_LENGTH_MAX = 10_000
const PATTERNS_KEPT = 200
const kept = new Map<string, Regex>()

/** @throws PatternError */
export function regexOf(pattern: string, flags: Flags): Regex {
  const key = `${JSON.stringify(flags)}${pattern}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const regex = compiled(pattern, flags)
  if (kept.size >= PATTERNS_KEPT) kept.clear()
  kept.set(key, regex)
  return regex
}

export function isTooLong(pattern: string): boolean {
  return pattern.length > PATTERN_LENGTH_MAX
}

function compiled(pattern: string, flags: Flags): Regex {
  const program: Program = compilePattern(parsePattern(pattern, flags), flags)
  return {
    groups: program.groups,
    flags,
    find: (text, from, spend) => new Search(program, text, spend).next(from),
    *all(text, spend) {
      const search = new Search(program, text, spend)
      for (let from = 0; from <= text.length; ) {
        const match = search.next(from)
        if (match === null) return
        yield match
        from = match.end > match.start ? match.end : match.end + 1
      }
    },
  }
}

export function codePointsOf(text: string): Uint32Array {
  const points = new Uint32Array(text.length)
  let count = 0
  for (const character of text) points[count++] = character.codePointAt(0) ?? 0
  return points.subarray(0, count)
}

export function textOf(points: Uint32Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCodePoint(points[i] ?? 0)
  return text
}
