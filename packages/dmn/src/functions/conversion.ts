import { type Decimal, numberFromText } from '../value/number.ts'
import { toText } from '../value/to-text.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { rangeFromText } from './range-text.ts'
import { builtIn, outside, takes, way } from './signature.ts'
import { spendOn, tooLong } from './text.ts'

const SEPARATOR = { nullable: true } as const

export const CONVERSION: readonly BuiltIn[] = [
  builtIn(
    'number',
    way<readonly [string, string | null, string | null]>(
      [
        takes('from', 'string'),
        takes('grouping separator', 'string', SEPARATOR),
        takes('decimal separator', 'string', SEPARATOR),
      ],
      'number',
      separated,
    ),
    /** Our own: a text without grouping. */
    way<readonly [string]>(
      [takes('from', 'string')],
      'number',
      ([text], env) => numberFromText(text) ?? outside(env),
    ),
  ),
  builtIn(
    'string',
    way<readonly [Value]>([takes('from', 'Any')], 'string', ([value], env) => {
      const text = toText(value)
      if (text === null) return tooLong(env)
      spendOn(text, env)
      return text
    }),
  ),
  builtIn(
    'range',
    way<readonly [string]>(
      [takes('from', 'string')],
      { kind: 'range', of: 'Any' },
      ([text], env) => rangeFromText(text, env) ?? outside(env),
    ),
  ),
]

const GROUPING: ReadonlySet<string> = new Set([' ', ',', '.'])
const POINTS: ReadonlySet<string> = new Set([',', '.'])

/** Grammar rule 37. */
const NUMERIC_LITERAL = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** `number("1 234,5", " ", ",")` (DMN 1.5, table 72). Null for a separator: none for groups, a point for decimals. */
function separated(
  [text, grouping, point]: readonly [string, string | null, string | null],
  env: CallEnvironment,
): Decimal | null {
  if (grouping !== null && !GROUPING.has(grouping)) return outside(env)
  if (point !== null && !POINTS.has(point)) return outside(env)
  if (grouping !== null && grouping === point) return outside(env)
  const ungrouped = grouping === null ? text : text.replaceAll(grouping, '')
  const literal = point === null ? ungrouped : ungrouped.replaceAll(point, '.')
  return (NUMERIC_LITERAL.test(literal) ? numberFromText(literal) : null) ?? outside(env)
}
