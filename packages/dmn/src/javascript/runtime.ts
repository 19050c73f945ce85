import { substring } from '../functions/text.ts'
import {
  addMonths,
  dateFromEpochDay,
  dateFromParts,
  FeelDate,
  formatDate,
  isWithinDatabase,
  monthsBetween,
  parseDate,
  partsOf,
} from '../value/date.ts'
import {
  DaysDuration,
  DURATION_EXPONENT_MAX,
  formatDaysDuration,
  formatMonthsDuration,
  MonthsDuration,
  SECOND_PLACES_MAX,
} from '../value/duration.ts'
import { fromPlain } from '../value/from-plain.ts'
import {
  Decimal,
  formatNumber,
  numberFromText,
  type RoundingMode,
  roundTo,
  settled,
  withinRange,
} from '../value/number.ts'
import type { PlainInput } from '../value/plain.ts'
import { compareText } from '../value/value.ts'

/**
 * What generated code calls. Exact numbers are counts of a power of ten that the compiler knows: a number while it is a safe
 * integer, else a bigint, so that two equal ones are always `===`.
 */
export type Exact = number | bigint

export { compareText, substring }

const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER)

function settle(x: bigint): Exact {
  return x <= SAFE_MAX && x >= -SAFE_MAX ? Number(x) : x
}

export function add(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return settle(BigInt(a) + BigInt(b))
}

export function subtract(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return settle(BigInt(a) - BigInt(b))
}

export function multiply(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product
  }
  return settle(BigInt(a) * BigInt(b))
}

/** Whole units in x towards zero, and what is left over; both exact. */
function roundBy(
  x: Exact,
  unit: Exact,
  back: number,
  away: (rest: Exact, unit: Exact, whole: Exact) => boolean,
): Exact {
  if (typeof x === 'number' && typeof unit === 'number') {
    const rest = x % unit
    const whole = (x - rest) / unit
    const rounded = rest !== 0 && away(rest, unit, whole) ? whole + (rest < 0 ? -1 : 1) : whole
    return back === 1 ? rounded : multiply(rounded, back)
  }
  const [n, u] = [BigInt(x), BigInt(unit)]
  const rest = n % u
  const whole = n / u
  const rounded = rest !== 0n && away(rest, u, whole) ? whole + (rest < 0n ? -1n : 1n) : whole
  return settle(rounded * BigInt(back))
}

/** Twice the rest against the unit: which side of the middle, negative below it. */
function middle(rest: Exact, unit: Exact): number {
  if (typeof rest === 'number' && typeof unit === 'number') return 2 * Math.abs(rest) - unit
  const size = BigInt(rest) < 0n ? -BigInt(rest) : BigInt(rest)
  const twice = 2n * size
  return twice < BigInt(unit) ? -1 : twice > BigInt(unit) ? 1 : 0
}

const isOdd = (x: Exact) => (typeof x === 'number' ? x % 2 !== 0 : x % 2n !== 0n)

export const roundHalfUp = (x: Exact, unit: Exact, back = 1) =>
  roundBy(x, unit, back, (rest, of) => middle(rest, of) >= 0)
export const roundHalfDown = (x: Exact, unit: Exact, back = 1) =>
  roundBy(x, unit, back, (rest, of) => middle(rest, of) > 0)
export const roundHalfEven = (x: Exact, unit: Exact, back = 1) =>
  roundBy(x, unit, back, (rest, of, whole) => {
    const side = middle(rest, of)
    return side > 0 || (side === 0 && isOdd(whole))
  })
export const roundUp = (x: Exact, unit: Exact, back = 1) => roundBy(x, unit, back, () => true)
export const roundDown = (x: Exact, unit: Exact, back = 1) => roundBy(x, unit, back, () => false)
export const roundFloor = (x: Exact, unit: Exact, back = 1) => roundBy(x, unit, back, rest => rest < 0)
export const roundCeiling = (x: Exact, unit: Exact, back = 1) => roundBy(x, unit, back, rest => rest > 0)

/** A product is cheaper than reading a text with an exponent in it. */
export function decimal(x: Exact, scale: number): Decimal {
  const count = new Decimal(typeof x === 'number' ? x : x.toString())
  if (count.isZero()) return ZERO // never minus zero
  return scale === 0 ? count : count.times(unit(scale))
}

const UNITS: Decimal[] = []

function unit(scale: number): Decimal {
  const known = UNITS[scale] ?? new Decimal(`1e-${scale}`)
  UNITS[scale] = known
  return known
}

export const plus = (a: Decimal, b: Decimal) => settled(a.plus(b))
export const minus = (a: Decimal, b: Decimal) => settled(a.minus(b))
export const times = (a: Decimal, b: Decimal) => settled(a.times(b))
export const quotient = (a: Decimal, b: Decimal) => (b.isZero() ? null : settled(a.div(b)))
export const negated = (a: Decimal) => (a.isZero() ? a : a.negated())

/** Powers beyond are out of range for anything but numbers next to 1, and slow. */
const POWER_ABS_MAX = 1000

export function power(a: Decimal, b: Decimal): Decimal | null {
  if (b.abs().gt(POWER_ABS_MAX)) return null
  return settled(a.pow(b))
}

export function rounded(x: Decimal, places: number, mode: RoundingMode): Decimal | null {
  return withinRange(roundTo(x, places, mode))
}

/** Places that are only known now; null outside FEEL's own limits. */
export function roundedTo(
  x: Decimal,
  places: Decimal,
  mode: RoundingMode,
  min: number,
  max: number,
): Decimal | null {
  const whole = places.trunc()
  return whole.gt(max) || whole.lt(min) ? null : rounded(x, whole.toNumber(), mode)
}

/** The sign of the divisor, as FEEL has it. */
export function modulo(a: Decimal, b: Decimal): Decimal | null {
  if (b.isZero()) return null
  const rest = a.mod(b)
  return rest.isZero() || rest.isNegative() === b.isNegative() ? rest : settled(rest.plus(b))
}

/** An amount of seconds or months as a duration can be. */
export function durationWithin(amount: Decimal | null, months: boolean): Decimal | null {
  if (amount === null) return null
  const cut = months ? amount.trunc() : amount.toDecimalPlaces(SECOND_PLACES_MAX)
  if (cut.isZero()) return ZERO
  return cut.e < DURATION_EXPONENT_MAX ? cut : null
}

const ZERO = new Decimal(0)

export function durationPart(amount: Decimal, part: 'years' | 'months' | 'days'): Decimal {
  const value = part === 'months' ? amount.mod(12) : amount.divToInt(part === 'years' ? 12 : 86_400)
  return value.isZero() ? ZERO : value
}

/** No date lies this many months, or seconds, from another. */
const MONTHS_MAX = 120_000
const SECONDS_MAX = 3_652_425 * 86_400

export function shiftMonths(day: number, months: Decimal): number | null {
  if (months.abs().gt(MONTHS_MAX)) return null
  const date = addMonths(new FeelDate(day), months.toNumber())
  return date !== null && isWithinDatabase(date) ? date.epochDay : null
}

export function shiftSeconds(day: number, seconds: Decimal): number | null {
  if (seconds.abs().gt(SECONDS_MAX)) return null
  return dateFromEpochDay(day + Math.floor(seconds.floor().toNumber() / 86_400))?.epochDay ?? null
}

export function datePart(day: number, part: 'year' | 'month' | 'day'): number {
  return partsOf(new FeelDate(day))[part]
}

export function months(from: number, to: number): number {
  return monthsBetween(new FeelDate(from), new FeelDate(to))
}

export function dateFromText(text: string): number | null {
  return parseDate(text)?.epochDay ?? null
}

export function dateOf(year: Decimal, month: Decimal, day: Decimal): number | null {
  return dateFromParts(year.toNumber(), month.toNumber(), day.toNumber())?.epochDay ?? null
}

/** Characters, not UTF-16 units. */
export function stringLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) length--
  return length
}

export const upperCase = (text: string) => text.toUpperCase()
export const lowerCase = (text: string) => text.toLowerCase()
export const numberOf = (text: string) => numberFromText(text)
export const textOf = (x: Decimal) => formatNumber(x)

/** A count of 10^-scale in its shortest plain form. */
export function textOfExact(x: Exact, scale: number): string {
  if (scale === 0) return String(x)
  const negative = x < 0
  const digits = String(x)
    .slice(negative ? 1 : 0)
    .padStart(scale + 1, '0')
  const point = digits.length - scale
  let end = digits.length
  while (end > point && digits.charCodeAt(end - 1) === 48) end--
  const plain =
    end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`
  return negative ? `-${plain}` : plain
}

export const not = (x: boolean | null) => (x === null ? null : !x)

export const numberOfText = (text: string) => new Decimal(text)
export const textOfDate = (day: number) => formatDate(new FeelDate(day))
export const textOfDuration = (amount: Decimal, isMonths: boolean) =>
  isMonths ? formatMonthsDuration(new MonthsDuration(amount)) : formatDaysDuration(new DaysDuration(amount))

export const readText = (given: unknown) => (typeof given === 'string' ? given : null)
export const readBoolean = (given: unknown) => (typeof given === 'boolean' ? given : null)

export function readNumber(given: PlainInput): Decimal | null {
  return (fromPlain(given, 'number') as Decimal | null | undefined) ?? null
}

export function readDuration(given: PlainInput, isMonths: boolean): Decimal | null {
  const value = fromPlain(given, isMonths ? 'years and months duration' : 'days and time duration')
  if (value instanceof MonthsDuration) return value.months
  return value instanceof DaysDuration ? value.seconds : null
}

/** A whole number below the limit either side of zero; anything else is no value. */
export function readInteger(given: unknown, limit: Exact): Exact | null {
  if (typeof given === 'number')
    return Number.isSafeInteger(given) && given < limit && given > -limit ? given : null
  return typeof given === 'bigint' && given < limit && given > -limit ? settle(given) : null
}

/** Beyond the years that every reading of a rule can hold, a date is no value. */
export function readDate(given: unknown): number | null {
  const date = typeof given === 'string' ? parseDate(given) : null
  return date !== null && isWithinDatabase(date) ? date.epochDay : null
}
