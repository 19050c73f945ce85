import { compareValues, equalValues } from './compare.ts'
import { FeelDate } from './date.ts'
import { dateTimeOfDate, FeelDateTime } from './date-time.ts'
import { DaysDuration, daysDuration, MonthsDuration, monthsDuration, SECONDS_A_DAY } from './duration.ts'
import {
  DIVISION_BY_ZERO,
  type Fail,
  notJoined,
  ONE_ZONE_MISSING,
  OUT_OF_DATES,
  OUT_OF_NUMBERS,
} from './failures.ts'
import { kindOf } from './kind.ts'
import { Decimal, raised, settled } from './number.ts'
import { durationBetween, shiftDate, shiftDateTime, shiftTime, timeBetween } from './shift.ts'
import { FeelTime } from './time.ts'
import { TEXT_LENGTH_MAX } from './to-text.ts'
import type { Value } from './value.ts'

/**
 * FEEL's operators on values whose kinds are not known before (DMN 1.5, 10.3.2.13, tables 53 to 59). Null gives null
 * without a word: something was missing. Kinds that do not go together give null with a message.
 */
export function add(a: Value, b: Value, fail: Fail): Value {
  if (a === null || b === null) return null
  if (a instanceof Decimal && b instanceof Decimal) return number(a.plus(b), fail)
  if (typeof a === 'string' && typeof b === 'string') return concatenated(a, b, fail)
  if (isDuration(a)) return isDuration(b) ? addDurations(a, b, fail) : shift(b, a, '+', fail, a)
  return isDuration(b) ? shift(a, b, '+', fail, b) : notJoined(fail, '+', a, b)
}

export function subtract(a: Value, b: Value, fail: Fail): Value {
  if (a === null || b === null) return null
  if (a instanceof Decimal && b instanceof Decimal) return number(a.minus(b), fail)
  if (isDuration(a) && isDuration(b)) return addDurations(a, opposite(b), fail, '-')
  if (isDuration(b)) return shift(a, opposite(b), '-', fail, b)
  if (a instanceof FeelDate && b instanceof FeelDate) {
    return new DaysDuration(SECONDS_A_DAY.times(a.epochDay - b.epochDay))
  }
  if (a instanceof FeelTime && b instanceof FeelTime) {
    return timeBetween(b, a) ?? fail('type', ONE_ZONE_MISSING)
  }
  const [from, to] = [asDateTime(b), asDateTime(a)]
  if (from === null || to === null) return notJoined(fail, '-', a, b)
  return durationBetween(from, to) ?? fail('type', ONE_ZONE_MISSING)
}

export function multiply(a: Value, b: Value, fail: Fail): Value {
  if (a === null || b === null) return null
  if (a instanceof Decimal && b instanceof Decimal) return number(a.times(b), fail)
  if (isDuration(a) && b instanceof Decimal) return lasting(a, amountOf(a).times(b), fail)
  if (a instanceof Decimal && isDuration(b)) return lasting(b, amountOf(b).times(a), fail)
  return notJoined(fail, '*', a, b)
}

export function divide(a: Value, b: Value, fail: Fail): Value {
  if (a === null || b === null) return null
  const divisor = b instanceof Decimal ? b : isDuration(b) ? amountOf(b) : null
  const joined =
    divisor !== null &&
    (a instanceof Decimal ? b instanceof Decimal : isDuration(a) && (b instanceof Decimal || sameUnit(a, b)))
  if (!joined) return notJoined(fail, '/', a, b)
  if (divisor.isZero()) return fail('division-by-zero', DIVISION_BY_ZERO)
  if (a instanceof Decimal) return number(a.div(divisor), fail)
  if (!isDuration(a)) return null
  const amount = amountOf(a).div(divisor)
  return b instanceof Decimal ? lasting(a, amount, fail) : number(amount, fail)
}

export function power(a: Value, b: Value, fail: Fail): Value {
  if (a === null || b === null) return null
  if (!(a instanceof Decimal && b instanceof Decimal)) return notJoined(fail, '**', a, b)
  return raised(a, b) ?? fail('number-range', OUT_OF_NUMBERS)
}

export function negate(value: Value, fail: Fail): Value {
  if (value === null) return null
  if (value instanceof Decimal) return value.isZero() ? value : value.negated()
  return isDuration(value) ? opposite(value) : notJoined(fail, '-', null, value)
}

/** Negative, zero or positive; null where the two have no order, with a message unless one of them is null. */
export function order(a: Value, b: Value, fail: Fail, operator = '<'): number | null {
  if (a === null || b === null) return null
  return compareValues(a, b) ?? notJoined(fail, operator, a, b)
}

export function compare(operator: '<' | '<=' | '>' | '>=', a: Value, b: Value, fail: Fail): boolean | null {
  const at = order(a, b, fail, operator)
  if (at === null) return null
  if (operator === '<') return at < 0
  if (operator === '>') return at > 0
  // `<=` is `<` or `=`, and a time without a zone equals none that has one.
  if (at === 0) return equalValues(a, b)
  return operator === '<=' ? at < 0 : at > 0
}

/** `=`: null equals null and nothing else; values of different kinds give null with a message. */
export function equal(a: Value, b: Value, fail: Fail): boolean | null {
  if (a === null || b === null) return a === b
  if (kindOf(a) !== kindOf(b)) return notJoined(fail, '=', a, b)
  return equalValues(a, b)
}

function concatenated(a: string, b: string, fail: Fail): string | null {
  if (a.length + b.length <= TEXT_LENGTH_MAX) return a + b
  return fail('limit', {
    zh: `文本长于 ${TEXT_LENGTH_MAX} 个字符，结果按空值处理。`,
    en: `The text is longer than ${TEXT_LENGTH_MAX} characters; the result is null.`,
  })
}

function number(x: Decimal, fail: Fail): Value {
  return settled(x) ?? fail('number-range', OUT_OF_NUMBERS)
}

type Duration = DaysDuration | MonthsDuration

function isDuration(value: Value): value is Duration {
  return value instanceof DaysDuration || value instanceof MonthsDuration
}

function sameUnit(a: Duration, b: Value): b is Duration {
  return a instanceof DaysDuration ? b instanceof DaysDuration : b instanceof MonthsDuration
}

function amountOf(duration: Duration): Decimal {
  return duration instanceof DaysDuration ? duration.seconds : duration.months
}

function opposite(duration: Duration): Duration {
  const amount = amountOf(duration)
  if (amount.isZero()) return duration
  return duration instanceof DaysDuration
    ? new DaysDuration(amount.negated())
    : new MonthsDuration(amount.negated())
}

function addDurations(a: Duration, b: Duration, fail: Fail, operator = '+'): Value {
  return sameUnit(a, b) ? lasting(a, amountOf(a).plus(amountOf(b)), fail) : notJoined(fail, operator, a, b)
}

/** A duration of the unit of `like`. What a product or quotient of months leaves over is dropped towards zero. */
function lasting(like: Duration, amount: Decimal, fail: Fail): Value {
  const size = settled(amount)
  const made = size && (like instanceof DaysDuration ? daysDuration(size) : monthsDuration(size))
  return made ?? fail('number-range', OUT_OF_NUMBERS)
}

function shift(value: Value, by: Duration, operator: '+' | '-', fail: Fail, written: Value): Value {
  if (value instanceof FeelDate) return shiftDate(value, by) ?? fail('date-range', OUT_OF_DATES)
  if (value instanceof FeelDateTime) return shiftDateTime(value, by) ?? fail('date-range', OUT_OF_DATES)
  if (value instanceof FeelTime && by instanceof DaysDuration) return shiftTime(value, by)
  return notJoined(fail, operator, value, written)
}

function asDateTime(value: Value): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value
  return value instanceof FeelDate ? dateTimeOfDate(value) : null
}
