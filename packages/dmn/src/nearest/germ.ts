import { FeelDate } from '../value/date.ts'
import { DaysDuration, MonthsDuration, SECONDS_A_DAY } from '../value/duration.ts'
import { Decimal } from '../value/number.ts'
import { isNumber, type ScalarValue, type Value } from '../value/value.ts'

/**
 * What a value is just beyond a place, and how it goes on from there, while one input moves: the value it has when the
 * input is moved by less than anything, and by how much it grows for each unit moved. A condition on two of these says
 * where it changes its mind, exactly, as long as nothing but sums, differences and multiples stands between.
 */
export type Germ = Still | Moving

export interface Still {
  readonly moves: false
  readonly value: Value
  /** False where it may change in a way that has not been followed. */
  readonly sure: boolean
  /** The outputs of a table that has several. */
  readonly fields?: ReadonlyMap<string, Germ>
}

export interface Moving {
  readonly moves: true
  readonly kind: Measure
  readonly at: Decimal
  readonly slope: Decimal
  /** False where the slope is a likeness only: of a rounding, a product, a number of months. */
  readonly sure: boolean
}

/** Kinds of values that lie on a line: numbers, days since 1970-01-01, seconds, months. */
export type Measure = 'number' | 'date' | 'days and time duration' | 'years and months duration'

export const ZERO = new Decimal(0)

export function still(value: Value, sure = true): Still {
  return { moves: false, value, sure }
}

export function moving(kind: Measure, at: Decimal, slope: Decimal, sure: boolean): Germ {
  if (!at.isFinite() || !slope.isFinite()) return still(null, false)
  return slope.isZero() ? still(valueAt(kind, at), sure) : { moves: true, kind, at, slope, sure }
}

/** Where a value lies on its line; undefined for what lies on none. */
export function measured(value: Value): { readonly kind: Measure; readonly at: Decimal } | undefined {
  if (value === null) return undefined
  if (isNumber(value)) return { kind: 'number', at: value }
  if (value instanceof FeelDate) return { kind: 'date', at: new Decimal(value.epochDay) }
  if (value instanceof DaysDuration) return { kind: 'days and time duration', at: value.seconds }
  if (value instanceof MonthsDuration) return { kind: 'years and months duration', at: value.months }
  return undefined
}

export function valueAt(kind: Measure, at: Decimal): NonNullable<ScalarValue> {
  switch (kind) {
    case 'number':
      return at
    case 'date':
      return new FeelDate(at.floor().toNumber())
    case 'days and time duration':
      return new DaysDuration(at)
    case 'years and months duration':
      return new MonthsDuration(at.trunc())
    default:
      return kind satisfies never
  }
}

/** A germ as one that moves, be it by nothing. */
export function asMoving(germ: Germ): Moving | undefined {
  if (germ.moves) return germ
  const place = measured(germ.value)
  return place && { moves: true, ...place, slope: ZERO, sure: germ.sure }
}

/** The value at the place itself. */
export function valueHere(germ: Germ): Value {
  return germ.moves ? valueAt(germ.kind, germ.at) : germ.value
}

export function plus(a: Moving, b: Moving, kind: Measure, sign: 1 | -1 = 1): Germ {
  return moving(kind, a.at.plus(b.at.times(sign)), a.slope.plus(b.slope.times(sign)), a.sure && b.sure)
}

export function times(a: Moving, b: Moving, kind: Measure): Germ {
  const slope = a.slope.times(b.at).plus(b.slope.times(a.at))
  const product = moving(
    kind,
    a.at.times(b.at),
    slope,
    a.sure && b.sure && (a.slope.isZero() || b.slope.isZero()),
  )
  // At its turning point a product stands still for an instant only.
  return !product.moves && !(a.slope.isZero() && b.slope.isZero()) ? { ...product, sure: false } : product
}

/** Null where the divisor is zero. */
export function over(a: Moving, b: Moving, kind: Measure): Germ {
  if (b.at.isZero()) return still(null, b.slope.isZero())
  const at = a.at.div(b.at)
  const slope = a.slope.minus(at.times(b.slope)).div(b.at)
  return moving(kind, at, slope, a.sure && b.sure && b.slope.isZero())
}

export function scaled(germ: Moving, by: Decimal, kind: Measure, sure: boolean): Germ {
  return moving(kind, germ.at.times(by), germ.slope.times(by), germ.sure && sure)
}

/** The mean month and year of the calendar, in days: what a month is worth where its length is not known. */
export const DAYS_A_MONTH = new Decimal('30.436875')
export const DAYS_A_YEAR = new Decimal('365.2425')
export { SECONDS_A_DAY }
