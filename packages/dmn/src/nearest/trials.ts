import type { Prepared, Result } from '../evaluate/prepare.ts'
import { fromPlain } from '../value/from-plain.ts'
import type { Decimal } from '../value/number.ts'
import type { PlainInputs } from '../value/plain.ts'
import { compareValues, equalValues, isNumber, toPlain, type Value } from '../value/value.ts'
import type { NearestOptions } from './types.ts'

/** Inputs with the values they would have. */
export type Changed = ReadonlyMap<string, Value>

export const UNCHANGED: Changed = new Map()

/** Evaluates the decision with some inputs changed, and counts how often: no search goes on for ever. */
export class Trials {
  readonly prepared: Prepared
  readonly inputs: PlainInputs
  readonly options: NearestOptions
  readonly now: Value
  /** The number that is to be met, where one is. */
  readonly goal: Decimal | null
  readonly #wanted: (value: Value) => boolean
  #left: number
  #taken = 0
  #limited = false
  #doubtful = false

  constructor(prepared: Prepared, inputs: PlainInputs, options: NearestOptions, evaluationsMax: number) {
    this.prepared = prepared
    this.inputs = inputs
    this.options = options
    this.#left = evaluationsMax
    this.now = this.#run(UNCHANGED).value
    const { meets, goal } = meaningOf(options.wanted, prepared, this.now)
    this.#wanted = meets
    this.goal = goal
  }

  get taken(): number {
    return this.#taken
  }

  get limited(): boolean {
    return this.#limited
  }

  /** Counts what is as dear as an evaluation; false when no more may be taken. */
  spend(): boolean {
    if (this.#left <= 0) {
      this.#limited = true
      return false
    }
    this.#left--
    this.#taken++
    return true
  }

  /** Something could not be looked at from end to end. */
  doubt(): void {
    this.#doubtful = true
  }

  get complete(): boolean {
    return !this.#limited && !this.#doubtful
  }

  meets(value: Value): boolean {
    return this.#wanted(value)
  }

  /** What the decision comes to, where that is what is wanted and the model takes the inputs as they are. */
  reach(changed: Changed): Value | undefined {
    if (!this.spend()) return undefined
    const { value, messages } = this.#run(changed)
    const refused = messages.some(
      ({ code, where }) =>
        (code === 'input-type' || code === 'not-allowed') && changed.has(where.element ?? ''),
    )
    return !refused && this.#wanted(value) ? value : undefined
  }

  #run(changed: Changed): Result {
    const { asOf, now } = this.options
    const given = { ...this.inputs, ...Object.fromEntries(changed) }
    return this.prepared.result(given, { asOf, ...(now === undefined ? {} : { now }) })
  }
}

interface Meaning {
  readonly meets: (value: Value) => boolean
  readonly goal: Decimal | null
}

function meaningOf(wanted: NearestOptions['wanted'], { type }: Prepared, now: Value): Meaning {
  const number = (value: Value | undefined) => (value !== undefined && isNumber(value) ? value : null)
  if (wanted === 'greater') {
    return {
      meets: value =>
        value !== null && (now === null ? number(value) !== null : (compareValues(value, now) ?? 0) > 0),
      goal: number(now),
    }
  }
  if ('passes' in wanted) return { meets: value => wanted.passes(toPlain(value)), goal: null }
  if ('atLeast' in wanted) {
    const least = fromPlain(wanted.atLeast, 'number')
    return { meets: value => (compareValues(value, least ?? null) ?? -1) >= 0, goal: number(least) }
  }
  const value = fromPlain(wanted.is, type) ?? null
  return { meets: each => equalValues(each, value), goal: number(value) }
}
