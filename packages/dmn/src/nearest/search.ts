import type { Run } from '../evaluate/run.ts'
import type { TypedInput } from '../node/program.ts'
import { parseDate } from '../value/date.ts'
import { Decimal } from '../value/number.ts'
import type { PlainInputs } from '../value/plain.ts'
import type { Value } from '../value/value.ts'
import { Axis } from './axis.ts'
import { type Measure, measured, ZERO } from './germ.ts'
import type { Ground } from './ground.ts'
import { findFitting } from './missing.ts'
import { Standpoint } from './standpoint.ts'
import type { Mover, Step } from './step.ts'
import { findNearest, type Sweep, stretches } from './sweep.ts'
import { textsFor } from './texts.ts'
import type { Changed, Trials } from './trials.ts'

/** Places looked at on each side of an input when it is to change together with another. */
const TOGETHER_MAX = 40

export class Search {
  readonly ground: Ground
  readonly trials: Trials
  readonly given: PlainInputs

  constructor(trials: Trials) {
    this.ground = trials.ground
    this.trials = trials
    this.given = trials.inputs
  }

  /** The nearest value of one input, the others as they are changed. */
  single(mover: Mover, others: Changed): Step | undefined {
    const { type, data } = mover.typed
    const attempt = (to: Value) => {
      const value = this.trials.reach(new Map([...others, [data.name, to]]))
      return value === undefined ? undefined : { mover, to, value }
    }
    if (type === 'boolean') return this.#oneOf(mover, [true, false], attempt)
    if (type === 'string') {
      const { named, other } = textsFor(this.ground, mover.typed)
      const step = this.#oneOf(mover, named, attempt)
      if (step !== undefined || other === undefined) return step
      const any = attempt(other)
      return any && { ...any, example: true }
    }
    const sweep = this.#sweepOf(mover, others)
    if (sweep === undefined) return undefined
    const at = measured(mover.from)?.at
    if (at === undefined) {
      const fitting = findFitting(sweep, this.#startOf(sweep))
      if (fitting === undefined) return undefined
      const { found, values } = fitting
      return { mover, to: sweep.axis.value(found.at), value: found.value, values }
    }
    const [nearest] = ([1, -1] as const)
      .flatMap(direction => findNearest(sweep, at, direction) ?? [])
      .toSorted((a, b) => a.at.minus(at).abs().cmp(b.at.minus(at).abs()))
    return nearest && { mover, to: sweep.axis.value(nearest.at), value: nearest.value }
  }

  /** Values of an input at which something turns: what makes room for another to do the rest. */
  turns(mover: Mover): Value[] {
    const { type } = mover.typed
    if (type === 'boolean') return [true, false].filter(value => value !== mover.from)
    if (type === 'string') {
      const { named, other } = textsFor(this.ground, mover.typed)
      return [...named, ...(other === undefined ? [] : [other])]
        .filter(text => text !== mover.from)
        .slice(0, 2 * TOGETHER_MAX)
    }
    const sweep = this.#sweepOf(mover, new Map(), true)
    if (sweep === undefined) return []
    const from = measured(mover.from)?.at
    const start = from ?? this.#startOf(sweep)
    const places = ([1, -1] as const).flatMap(direction => this.#placesFrom(sweep, start, direction))
    return [...(from === undefined ? [start] : []), ...places].map(at => sweep.axis.value(at))
  }

  #placesFrom(sweep: Sweep, start: Decimal, direction: 1 | -1): Decimal[] {
    const { axis } = sweep
    const places: Decimal[] = []
    for (const { from, to, inside } of stretches(sweep, start, direction)) {
      // What lies before the first turn is as it is now.
      if (inside !== undefined && !from.eq(start)) places.push(inside)
      if (to !== null) places.push(...axis.around(to))
      if (places.length >= TOGETHER_MAX) {
        this.trials.allowance.doubt()
        break
      }
    }
    const seen = new Set<string>()
    return places.filter(at => {
      const isNew = axis.has(at) && !seen.has(at.toString()) && at.minus(start).times(direction).gt(0)
      seen.add(at.toString())
      return isNew
    })
  }

  #oneOf(mover: Mover, values: readonly Value[], attempt: (to: Value) => Step | undefined): Step | undefined {
    const steps = values.filter(value => value !== mover.from).flatMap(value => attempt(value) ?? [])
    const [first] = steps
    if (first === undefined || mover.from !== null) return first
    return { ...first, values: steps.map(({ to }) => (typeof to === 'string' ? `"${to}"` : String(to))) }
  }

  #sweepOf(mover: Mover, others: Changed, thorough = false): Sweep | undefined {
    const { typed, movable } = mover
    const { type, data } = typed
    if (!isMeasure(type)) return undefined
    const axis = new Axis(typed, type, this.given[data.name], movable)
    const run = this.#runWith(others)
    return {
      standpoint: new Standpoint(this.ground, data.name, type, run, thorough),
      axis,
      trials: this.trials,
      others,
    }
  }

  #runWith(others: Changed): Run {
    return this.ground.read({ ...this.given, ...Object.fromEntries(others) }, this.trials.options)
  }

  /** Where to begin with an input of which nothing is known: at nothing, or today. */
  #startOf({ axis }: Sweep): Decimal {
    const today = parseDate(this.trials.options.asOf)
    const start = axis.kind === 'date' && today ? new Decimal(today.epochDay) : ZERO
    if (axis.min?.gt(start) === true) return axis.min
    return axis.max?.lt(start) === true ? axis.max : start
  }
}

export function isMeasure(type: TypedInput['type']): type is Measure {
  return (
    type === 'number' ||
    type === 'date' ||
    type === 'days and time duration' ||
    type === 'years and months duration'
  )
}
