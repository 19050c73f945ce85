import type { TypedInput } from '../node/program.ts'
import { regionOf } from '../node/region.ts'
import { dateFromEpochDay, parseDate } from '../value/date.ts'
import { DURATION_EXPONENT_MAX } from '../value/duration.ts'
import { Decimal, EXPONENT_MAX, parseNumber } from '../value/number.ts'
import type { PlainInput } from '../value/plain.ts'
import type { Value } from '../value/value.ts'
import { type Measure, measured, valueAt } from './germ.ts'
import type { Movable } from './types.ts'

/** Finer than a value is written, by this many places, where nothing of its own fineness does. */
const FINER_MAX = 4
/** Bounds with more places, as a third of something, are gone round. */
const PLACES_MAX = 8

/** The line an input moves along: where it stands, how far it may go, in which steps. */
export class Axis {
  readonly kind: Measure
  readonly min: Decimal | null
  readonly max: Decimal | null
  /** Where allowed values begin and end. */
  readonly cuts: readonly Decimal[]
  readonly #places: number
  readonly #step: Decimal | null

  constructor(input: TypedInput, kind: Measure, given: PlainInput, movable: Movable) {
    this.kind = kind
    this.min = bound(kind, movable.min)
    this.max = bound(kind, movable.max)
    this.#step = movable.step === undefined ? null : parseNumber(movable.step)
    this.#places = kind === 'number' ? placesIn(given) : 0
    this.cuts = input.allowed
      .flatMap(({ test }) => regionOf(test)?.spans ?? [])
      .flatMap(({ low, high }) => [low, high])
      .flatMap(cut => (cut === undefined ? [] : (measured(cut.value)?.at ?? [])))
  }

  value(at: Decimal): Value {
    return valueAt(this.kind, at)
  }

  has(at: Decimal): boolean {
    return this.exists(at) && this.min?.gt(at) !== true && this.max?.lt(at) !== true
  }

  /** Whether there is such a value at all: a date of the years 1 to 9999, a number or duration within its range. */
  exists(at: Decimal): boolean {
    if (this.kind === 'date') return dateFromEpochDay(at.floor().toNumber()) !== null
    return at.isZero() || at.e < (this.kind === 'number' ? EXPONENT_MAX : DURATION_EXPONENT_MAX)
  }

  /** One step, as fine as the input is written. */
  get step(): Decimal {
    if (this.#step !== null) return this.#step
    return this.kind === 'days and time duration' ? new Decimal(86_400) : unit(this.#places)
  }

  /** The values to try where something turns: the place itself, or those around it that the input can have. */
  around(at: Decimal): Decimal[] {
    const step = this.#stepAt(at)
    const below = at.div(step).floor().times(step)
    const above = at.div(step).ceil().times(step)
    return below.eq(above) ? [below] : [below, above]
  }

  /** The first value beyond a place, and short of another where there is one. */
  firstBetween(from: Decimal, to: Decimal | null, direction: 1 | -1): Decimal | undefined {
    const finest = this.#step === null && this.kind === 'number' ? FINER_MAX : 0
    const coarse = this.#stepAt(from)
    for (let finer = 0; finer <= finest; finer++) {
      const step = coarse.div(new Decimal(10).pow(finer))
      const first = next(from, step, direction)
      if (to === null || first.minus(to).times(direction).isNegative()) return first
    }
    return undefined
  }

  /** A value half way, by whole steps; undefined where the two are neighbours. */
  middle(from: Decimal, to: Decimal): Decimal | undefined {
    const steps = to.minus(from).abs().div(this.step).div(2).floor()
    if (steps.isZero()) return undefined
    const middle = from.plus(steps.times(this.step).times(to.gt(from) ? 1 : -1))
    return middle.eq(to) ? undefined : middle
  }

  #stepAt(at: Decimal): Decimal {
    if (this.#step !== null || this.kind !== 'number') return this.step
    const places = at.decimalPlaces()
    return unit(places <= PLACES_MAX ? Math.max(places, this.#places) : this.#places)
  }
}

function next(from: Decimal, step: Decimal, direction: 1 | -1): Decimal {
  const steps = from.div(step)
  const whole = direction > 0 ? steps.floor().plus(1) : steps.ceil().minus(1)
  return whole.times(step)
}

function unit(places: number): Decimal {
  return new Decimal(10).pow(-places)
}

/** As written: `18500000.00` counts in hundredths. */
function placesIn(given: PlainInput): number {
  if (typeof given !== 'string') return Decimal.isDecimal(given) ? given.decimalPlaces() : 0
  const [, places = ''] = given.split('.')
  return Math.min(places.length, PLACES_MAX)
}

function bound(kind: Measure, text: string | undefined): Decimal | null {
  if (text === undefined) return null
  if (kind !== 'date') return parseNumber(text)
  const date = parseDate(text)
  return date && new Decimal(date.epochDay)
}
