import { FeelDate } from '../value/date.ts'
import type { DaysDuration, MonthsDuration } from '../value/duration.ts'
import { type Decimal, DIGITS_MAX, formatNumber } from '../value/number.ts'
import type { ScalarType } from '../value/type.ts'
import { isNumber, type ScalarValue } from '../value/value.ts'
import { type Code, heldAs, NO_SHAPE, nullCode } from './code.ts'
import { integerLiteral } from './numbers.ts'
import type { Writer } from './writer.ts'

/** The one way a value of the model enters generated code: texts only as JSON string literals. */
export function literal(writer: Writer, value: ScalarValue, type: ScalarType): Code {
  if (value === null) {
    const nothing = nullCode(heldAs(type))
    return nothing.held === 'decimal' ? { ...nothing, held: 'exact' } : nothing
  }
  const constant = { nullable: false, shape: NO_SHAPE, atom: true }
  if (typeof value === 'string') return { ...constant, text: textLiteral(value), held: 'text' }
  if (typeof value === 'boolean') return { ...constant, text: String(value), held: 'boolean' }
  if (value instanceof FeelDate) return { ...constant, text: `(${value.epochDay})`, held: 'date' }
  const amount = amountOf(value)
  const shape = { int: Math.max(amount.e + 1, 0), scale: Math.max(amount.decimalPlaces(), 0) }
  if (shape.int + shape.scale <= DIGITS_MAX) {
    const digits = BigInt(formatNumber(amount.times(`1e${shape.scale}`)))
    return { ...constant, text: integerLiteral(digits), held: 'exact', shape }
  }
  return { ...constant, text: writer.constant(`rt.numberOfText("${amount.toString()}")`), held: 'decimal' }
}

/** JSON is JavaScript but for two separators of lines in old readers; they are written as escapes. */
function textLiteral(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** Durations travel as numbers: seconds, or months. */
function amountOf(value: Decimal | DaysDuration | MonthsDuration): Decimal {
  if (isNumber(value)) return value
  return 'seconds' in value ? value.seconds : value.months
}
