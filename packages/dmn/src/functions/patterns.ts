import { TEXT_LENGTH_MAX } from '../value/to-text.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { LIST_LENGTH_MAX, tooMany } from './lists.ts'
import {
  codePointsOf,
  flagsOf,
  isTooLong,
  PatternError,
  type Regex,
  regexOf,
  SearchLimitError,
  textOf,
} from './regex/regex.ts'
import { type Piece, replacementOf } from './regex/replacement.ts'
import { builtIn, listOf, outside, takes, way } from './signature.ts'
import { tooLong } from './text.ts'

const INPUT = takes('input', 'string')
const PATTERN = takes('pattern', 'string')
const FLAGS = takes('flags?', 'string', { nullable: true })

type Flags = string | null | undefined

export const PATTERNS: readonly BuiltIn[] = [
  builtIn(
    'matches',
    way<readonly [string, string, Flags?]>(
      [INPUT, PATTERN, FLAGS],
      'boolean',
      ([input, pattern, flags], env) =>
        search(
          pattern,
          flags,
          env,
          regex => regex.find(codePointsOf(input), 0, steps => env.spend(steps)) !== null,
        ),
    ),
  ),
  builtIn(
    'replace',
    way<readonly [string, string, string, Flags?]>(
      [INPUT, PATTERN, takes('replacement', 'string'), FLAGS],
      'string',
      ([input, pattern, replacement, flags], env) =>
        search(pattern, flags, env, regex => replaced(input, regex, replacement, env)),
    ),
  ),
  builtIn(
    'split',
    way<readonly [string, string]>(
      [takes('string', 'string'), takes('delimiter', 'string')],
      listOf('string'),
      ([text, delimiter], env) => search(delimiter, null, env, regex => split(text, regex, env)),
    ),
  ),
]

/** Null with a message where the pattern is none, or asks for more than the limits give. */
function search(
  pattern: string,
  flagsText: Flags,
  env: CallEnvironment,
  ask: (regex: Regex) => Value,
): Value {
  const flags = flagsOf(flagsText ?? '')
  if (flags === null || isTooLong(pattern)) return outside(env)
  try {
    return ask(regexOf(pattern, flags))
  } catch (error) {
    if (error instanceof PatternError) return env.fail('argument', { zh: error.zh, en: error.message })
    if (error instanceof SearchLimitError) return tooMuch(env)
    throw error
  }
}

function tooMuch(env: CallEnvironment): null {
  return env.fail('limit', {
    zh: '正则表达式在这段文本上要试的次数太多，结果按空值处理。请简化表达式或缩短文本。',
    en: 'The regular expression needs too many tries on this text; the result is null. Simplify it or shorten the text.',
  })
}

/** A pattern that matches nothing at all has no answer (F&O 3.1, 5.6.4, FORX0003). */
function replaced(input: string, regex: Regex, replacement: string, env: CallEnvironment): Value {
  const pieces = replacementOf(replacement, regex.groups, regex.flags.literal)
  if (pieces === null || regex.find(new Uint32Array(0), 0, steps => env.spend(steps)) !== null)
    return outside(env)
  const points = codePointsOf(input)
  const texts: string[] = []
  let from = 0
  let length = 0
  const add = (text: string) => {
    length += text.length
    texts.push(text)
  }
  for (const match of regex.all(points, steps => env.spend(steps))) {
    add(textOf(points, from, match.start))
    for (const piece of pieces) add(textOfPiece(piece, match, points))
    from = match.end
    env.spend(1)
    if (length > TEXT_LENGTH_MAX) return tooLong(env)
  }
  add(textOf(points, from, points.length))
  return length > TEXT_LENGTH_MAX ? tooLong(env) : texts.join('')
}

function textOfPiece(
  piece: Piece,
  { starts, ends }: { readonly starts: readonly number[]; readonly ends: readonly number[] },
  points: Uint32Array,
): string {
  if (typeof piece === 'string') return piece
  const [start, end] = [starts[piece] ?? -1, ends[piece] ?? -1]
  return start < 0 ? '' : textOf(points, start, end)
}

function split(text: string, regex: Regex, env: CallEnvironment): Value {
  if (regex.find(new Uint32Array(0), 0, steps => env.spend(steps)) !== null) return outside(env)
  const points = codePointsOf(text)
  const parts: string[] = []
  let from = 0
  for (const match of regex.all(points, steps => env.spend(steps))) {
    parts.push(textOf(points, from, match.start))
    from = match.end
    env.spend(1)
    if (parts.length > LIST_LENGTH_MAX) return tooMany(env)
  }
  parts.push(textOf(points, from, points.length))
  return parts
}
