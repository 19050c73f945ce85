import { FeelDate, formatDate } from '../../value/date.ts'
import type { DaysDuration, MonthsDuration } from '../../value/duration.ts'
import { type Decimal, DIGITS_MAX, formatNumber } from '../../value/number.ts'
import { isDuration, type ScalarType } from '../../value/type.ts'
import { isNumber, type ScalarValue } from '../../value/value.ts'
import { type Fragment, NO_SHAPE, type Shape, type SqlType } from '../fragment.ts'
import { typeOf } from './widths.ts'

const IDENTIFIER_LENGTH_MAX = 255

/**
 * The one way a name enters a statement.
 *
 * @throws RangeError for a name that is empty, overlong or holds a NUL
 */
export function identifier(name: string): string {
  if (name === '' || name.includes('\0') || !name.isWellFormed() || name.length > IDENTIFIER_LENGTH_MAX) {
    throw new RangeError(
      `"${name}" cannot be a DuckDB name: 1 to ${IDENTIFIER_LENGTH_MAX} characters, no NUL.`,
    )
  }
  return `"${name.replaceAll('"', '""')}"`
}

/** A backslash is a backslash in DuckDB's texts. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function nothing(type: ScalarType): Fragment {
  const sqlType = type === 'number' || isDuration(type) ? 'bigint' : TYPE[type]
  return { ...CONSTANT, text: `null::${sqlType}`, sqlType, nullable: true }
}

export function holds(value: NonNullable<ScalarValue>): boolean {
  if (typeof value !== 'object' || value instanceof FeelDate) return true
  const { int, scale } = shapeOf(amountOf(value))
  return int + scale <= DIGITS_MAX
}

export function literal(value: ScalarValue, type: ScalarType): Fragment {
  if (value === null) return nothing(type)
  if (typeof value === 'string') return { ...CONSTANT, text: quoted(value), sqlType: 'text' }
  if (typeof value === 'boolean') return { ...CONSTANT, text: String(value), sqlType: 'boolean' }
  if (value instanceof FeelDate) return { ...CONSTANT, text: `date '${formatDate(value)}'`, sqlType: 'date' }
  const amount = amountOf(value)
  const shape = shapeOf(amount)
  const sqlType = typeOf(shape)
  const digits = BigInt(formatNumber(amount.times(`1e${shape.scale}`)))
  return { ...CONSTANT, text: integerLiteral(digits, sqlType), sqlType, shape }
}

export function integerLiteral(value: bigint, type: SqlType): string {
  return value < 0n ? `(${value})::${type}` : `${value}::${type}`
}

const CONSTANT = { nullable: false, shape: NO_SHAPE, cost: 0, level: 0, literal: true }

const TYPE = { string: 'text', boolean: 'boolean', date: 'date' } as const

function shapeOf(amount: Decimal): Shape {
  return { int: Math.max(amount.e + 1, 0), scale: Math.max(amount.decimalPlaces(), 0) }
}

/** Durations travel as numbers: seconds, or months. */
function amountOf(value: Decimal | DaysDuration | MonthsDuration): Decimal {
  if (isNumber(value)) return value
  return 'seconds' in value ? value.seconds : value.months
}
