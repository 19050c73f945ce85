import { Decimal as Shared } from 'decimal.js'
import { distanceText, textOf, wordsOf } from './digits.ts'

/**
 * Our own constructor, so that nobody else's settings reach money. 34 significant digits as IEEE decimal128; ties
 * go away from zero, which is also how PostgreSQL's numeric rounds.
 */
export const Decimal = Shared.clone({
  precision: 34,
  rounding: Shared.ROUND_HALF_UP,
  minE: -9e15,
  maxE: 9e15,
  defaults: true,
})
export type Decimal = Shared

export const DIGITS_MAX = 34
/** A number is below 10^400 and has at most 400 places: a range every PostgreSQL operator can hold exactly. */
export const EXPONENT_MAX = 400
export const PLACES_MAX = 400

const ZERO = new Decimal(0)
/** With 34 digits, a number of this exponent or more cannot have more than PLACES_MAX places. */
const SURELY_FEW_PLACES = DIGITS_MAX - PLACES_MAX

/** Brings the result of an operation into the range; null when it is too large to be a number at all. */
export function withinRange(x: Shared): Shared | null {
  if (!x.isFinite()) return null
  if (x.isZero()) return ZERO
  const digits = x.precision() > DIGITS_MAX ? x.toSignificantDigits(DIGITS_MAX) : x
  if (digits.e >= EXPONENT_MAX) return null
  return digits.e < SURELY_FEW_PLACES ? plus0(digits.toDecimalPlaces(PLACES_MAX)) : digits
}

function plus0(x: Shared): Shared {
  return x.isZero() ? ZERO : x
}

/** The same for the result of one operation, which decimal.js has brought to 34 digits already. */
export function settled(x: Shared): Shared | null {
  if (x.isZero()) return ZERO // never minus zero
  if (x.e >= EXPONENT_MAX || !x.isFinite()) return null
  return x.e < SURELY_FEW_PLACES ? plus0(x.toDecimalPlaces(PLACES_MAX)) : x
}

/** What `number()` reads, here and in SQL: no blanks, no separators, up to 200 digits either side of the point. */
export const NUMBER_PATTERN =
  '[+-]?(?:[0-9]{1,200}(?:[.][0-9]{0,200})?|[.][0-9]{1,200})(?:[eE][+-]?[0-9]{1,3})?'
const NUMBER_TEXT = new RegExp(`^(?:${NUMBER_PATTERN})$`)

/** `number("…")`: null for a text that is no number. */
export function numberFromText(text: string): Shared | null {
  return NUMBER_TEXT.test(text) ? withinRange(new Decimal(text)) : null
}

const NUMBER = /^[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,6})?$/
/** As long as PostgreSQL may print a numeric. */
const INPUT_LENGTH_MAX = 150_000

/** A number as a caller or a FEEL literal writes it. */
export function parseNumber(text: string): Shared | null {
  const words = wordsOf(text)
  if (words !== undefined) return Object.assign(new Decimal(0), words)
  return text.length <= INPUT_LENGTH_MAX && NUMBER.test(text) ? withinRange(new Decimal(text)) : null
}

/** Shortest plain form: `"1.5"`, `"0"`, never an exponent, never a trailing zero. */
export function formatNumber(x: Shared): string {
  return textOf(x) ?? (x.isZero() ? '0' : x.toFixed())
}

/** How far two numbers lie apart, in the shortest plain form. */
export function formatDistance(a: Shared, b: Shared): string {
  return distanceText(a, b) ?? formatNumber(a.minus(b).abs())
}

/** An exponent beyond is out of range for anything but numbers next to 1. */
const POWER_ABS_MAX = 999_999_999

/** `**`; null for what is no number: 0 to a negative power, a negative to a fraction, a result out of range. */
export function raised(x: Shared, exponent: Shared): Shared | null {
  return exponent.abs().gt(POWER_ABS_MAX) ? null : withinRange(x.pow(exponent))
}

export function isDecimal(value: unknown): value is Shared {
  return Shared.isDecimal(value)
}

export type RoundingMode = 'half up' | 'half even' | 'half down' | 'up' | 'down' | 'floor' | 'ceiling'

const MODES: Record<RoundingMode, Shared.Rounding> = {
  'half up': Shared.ROUND_HALF_UP,
  'half even': Shared.ROUND_HALF_EVEN,
  'half down': Shared.ROUND_HALF_DOWN,
  up: Shared.ROUND_UP,
  down: Shared.ROUND_DOWN,
  floor: Shared.ROUND_FLOOR,
  ceiling: Shared.ROUND_CEIL,
}

/** FEEL's own limits on the places to round to. */
export const ROUND_PLACES_MIN = -6111
export const ROUND_PLACES_MAX = 6176

/** @param places  negative to round to tens, hundreds, … */
export function roundTo(x: Shared, places: number, mode: RoundingMode): Shared {
  if (places >= 0) return x.toDecimalPlaces(places, MODES[mode])
  const unit = new Decimal(`1e${-places}`)
  return x.toNearest(unit, MODES[mode])
}
