import { FeelDate, formatDate } from '../../value/date.ts'
import { DaysDuration, type MonthsDuration } from '../../value/duration.ts'
import { type Decimal, formatNumber } from '../../value/number.ts'
import type { ScalarType } from '../../value/type.ts'
import { isNumber, type ScalarValue } from '../../value/value.ts'
import { type Fragment, NO_SHAPE, type SqlType } from '../fragment.ts'

/** Bytes after which PostgreSQL would cut a name off, and two could become one. */
const IDENTIFIER_BYTES_MAX = 63
const INTEGER_MAX = 2_147_483_647

/**
 * The one way a name enters a statement.
 *
 * @throws RangeError for a name PostgreSQL cannot hold: empty, with a NUL, or longer than 63 bytes
 */
export function identifier(name: string): string {
  const bytes = new TextEncoder().encode(name).length
  if (name === '' || name.includes('\0') || !name.isWellFormed() || bytes > IDENTIFIER_BYTES_MAX) {
    throw new RangeError(`"${name}" cannot be a PostgreSQL name: 1 to ${IDENTIFIER_BYTES_MAX} bytes, no NUL.`)
  }
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * The one way a text enters a statement. A backslash goes into an E'' string, which reads the same whatever
 * `standard_conforming_strings` says.
 */
export function quoted(text: string): string {
  const doubled = text.replaceAll("'", "''")
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}

/** A value as a typed constant; a null carries its type, or PostgreSQL would take it for text. */
export function literalFragment(value: ScalarValue, type: ScalarType): Fragment {
  const constant = { nullable: false, shape: NO_SHAPE, cost: 0, level: 0, literal: true }
  const sqlType = SQL_TYPE[type]
  if (value === null) return { ...constant, text: `null::${sqlType}`, sqlType, nullable: true }
  if (typeof value === 'string') return { ...constant, text: quoted(value), sqlType }
  if (typeof value === 'boolean') return { ...constant, text: String(value), sqlType }
  if (value instanceof FeelDate) return { ...constant, text: `date '${formatDate(value)}'`, sqlType }
  const amount = amountOf(value)
  const shape = { int: Math.max(amount.e + 1, 0), scale: Math.max(amount.decimalPlaces(), 0) }
  const digits = formatNumber(amount)
  if (amount.isInteger() && amount.abs().lte(INTEGER_MAX)) {
    return { ...constant, text: amount.isNegative() ? `(${digits})` : digits, sqlType: 'integer', shape }
  }
  return { ...constant, text: `'${digits}'::numeric`, sqlType, shape }
}

const SQL_TYPE: Record<ScalarType, SqlType> = {
  number: 'numeric',
  string: 'text',
  boolean: 'boolean',
  date: 'date',
  'days and time duration': 'numeric',
  'years and months duration': 'numeric',
}

/** Durations travel as numbers: seconds, or months. */
function amountOf(value: Decimal | DaysDuration | MonthsDuration): Decimal {
  if (isNumber(value)) return value
  return value instanceof DaysDuration ? value.seconds : value.months
}
