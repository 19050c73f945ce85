import { parseDate } from '../value/date.ts'
import { parseDateTime, parseDateTimeOrDate } from '../value/date-time.ts'
import { parseDuration } from '../value/duration.ts'
import { kindOf } from '../value/kind.ts'
import { numberFromText } from '../value/number.ts'
import { order } from '../value/operate.ts'
import { FeelRange, rangeOfComparison } from '../value/range.ts'
import { parseTime } from '../value/time.ts'
import type { Value } from '../value/value.ts'
import type { CallEnvironment } from './built-in.ts'

const STRING = '"(?:[^"\\\\]|\\\\.)*"'
const BLANK = '[\\s\\u00a0]*'
const LITERAL = `(?:${STRING}|@${BLANK}${STRING}|[a-z][a-z ]*\\(${BLANK}${STRING}${BLANK}\\)|-?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)`
const RANGE = new RegExp(
  `^${BLANK}([\\[\\](])${BLANK}(${LITERAL})?${BLANK}\\.\\.${BLANK}(${LITERAL})?${BLANK}([\\[\\])])${BLANK}$`,
  's',
)
const TEXT_LENGTH_MAX = 10_000

/**
 * The range a text writes out, `"[18..21)"`: its ends literals of one kind, the lower first; an open end may be left out, `"[18..)"`
 * is `>= 18` (DMN 1.5, grammar rule 66 and table 72). Null for anything else, with no message but for ends that have no order.
 */
export function rangeFromText(text: string, env: CallEnvironment): FeelRange | null {
  const match = text.length <= TEXT_LENGTH_MAX ? RANGE.exec(text) : null
  if (!match) return null
  const [, open, lowText, highText, close] = match
  const low = lowText === undefined ? null : literal(lowText)
  const high = highText === undefined ? null : literal(highText)
  if (lowText === undefined) return open === '[' || high === null ? null : below(high, close === ']')
  if (highText === undefined) return close === ']' || low === null ? null : above(low, open === '[')
  if (low === null || high === null || kindOf(low) !== kindOf(high)) return null
  const at = order(low, high, env.fail)
  if (at === null || at > 0) return null
  return new FeelRange(low, high, open === '[', close === ']')
}

function below(bound: Value, included: boolean): FeelRange {
  return rangeOfComparison(included ? '<=' : '<', bound)
}

function above(bound: Value, included: boolean): FeelRange {
  return rangeOfComparison(included ? '>=' : '>', bound)
}

function literal(text: string): Value {
  if (text.startsWith('"')) return unquoted(text)
  if (text.startsWith('@')) return temporal(unquoted(text.slice(1).trim()))
  const call = /^([a-z][a-z ]*?)\s*\(\s*(".*")\s*\)$/s.exec(text)
  if (!call) return numberFromText(text)
  const parse = CONSTRUCTORS.get(call[1] ?? '')
  return parse === undefined ? null : parse(unquoted(call[2] ?? '""'))
}

type Parse = (text: string) => Value

const CONSTRUCTORS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['date', parseDate],
  ['time', parseTime],
  ['date and time', parseDateTimeOrDate],
  ['duration', parseDuration],
])

/** What `@"…"` stands for; null where it is none of the kinds. */
export function temporal(text: string): Value {
  return parseDate(text) ?? parseDateTime(text) ?? parseTime(text) ?? parseDuration(text)
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)/gs, (whole, sequence: string) => {
    if (sequence.length === 1) return ESCAPES[sequence] ?? ('"\'\\'.includes(sequence) ? sequence : whole)
    const codePoint = Number.parseInt(sequence.slice(1), 16)
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole
  })
}
