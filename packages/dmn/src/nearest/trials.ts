import type { Result } from '../evaluate/prepare.ts'
import { fromPlain } from '../value/from-plain.ts'
import type { Decimal } from '../value/number.ts'
import type { PlainInputs } from '../value/plain.ts'
import type { Type } from '../value/type.ts'
import { compareValues, equalValues, isNumber, toPlain, type Value } from '../value/value.ts'
import type { Ground } from './ground.ts'
import type { NearestOptions } from './types.ts'

/** Inputs with the values they would have. */
export type Changed = ReadonlyMap<string, Value>

export const UNCHANGED: Changed = new Map()

/** What a search may still take, shared by all it splits into: none goes on for ever. */
export class Allowance {
  #left: number
  #taken = 0
  #limited = false
  #doubtful = false

  constructor(evaluationsMax: number) {
    this.#left = evaluationsMax
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
}

/** Evaluates a decision with some inputs changed, and knows what is wanted of it. */
export class Trials {
  readonly ground: Ground
  readonly inputs: PlainInputs
  readonly options: NearestOptions
  readonly allowance: Allowance
  readonly now: Value
  /** The number that is to be met, where one is. */
  readonly goal: Decimal | null
  readonly #wanted: (value: Value) => boolean

  constructor(ground: Ground, inputs: PlainInputs, options: NearestOptions, allowance: Allowance) {
    this.ground = ground
    this.inputs = inputs
    this.options = options
    this.allowance = allowance
    this.now = this.#run(UNCHANGED).value
    const { meets, goal } = meaningOf(options.wanted, ground.asked.type, this.now)
    this.#wanted = meets
    this.goal = goal
  }

  /** The same question about another decision. */
  about(ground: Ground, wanted: NearestOptions['wanted']): Trials {
    return new Trials(ground, this.inputs, { ...this.options, wanted }, this.allowance)
  }

  /** The same question where some inputs have changed already. */
  after(changed: Changed): Trials {
    return new Trials(
      this.ground,
      { ...this.inputs, ...Object.fromEntries(changed) },
      this.options,
      this.allowance,
    )
  }

  meets(value: Value): boolean {
    return this.#wanted(value)
  }

  /** What the decision comes to, where that is what is wanted and the model takes the inputs as they are. */
  reach(changed: Changed): Value | undefined {
    if (!this.allowance.spend()) return undefined
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
    return this.ground.result(given, { asOf, ...(now === undefined ? {} : { now }) })
  }
}

interface Meaning {
  readonly meets: (value: Value) => boolean
  readonly goal: Decimal | null
}

function meaningOf(wanted: NearestOptions['wanted'], type: Type, now: Value): Meaning {
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
