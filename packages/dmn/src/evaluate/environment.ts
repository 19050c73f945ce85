import type { CallEnvironment } from '../functions/built-in.ts'
import type { Location, MessageCode } from '../problem.ts'
import type { FeelDate } from '../value/date.ts'
import type { FeelDateTime } from '../value/date-time.ts'
import type { Fail } from '../value/failures.ts'
import type { FeelFunction } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import { callFunction } from './invoke.ts'
import { type Run, spend } from './run.ts'

/**
 * What a function asks of the evaluation around it, for one place of one model. Made when the place is compiled;
 * `run` is set before each use, so that nothing is made on the way.
 */
export class Environment implements CallEnvironment {
  readonly #where: Location
  run!: Run

  constructor(where: Location) {
    this.#where = where
  }

  /** This environment, for a run. */
  of(run: Run): this {
    this.run = run
    return this
  }

  readonly fail: Fail = (code: MessageCode, { zh, en }) => {
    this.run.messages?.push({ code, where: this.#where, zh, en })
    return null
  }

  get today(): FeelDate | null {
    return this.run.today
  }

  get now(): FeelDateTime | null {
    return this.run.budget.now
  }

  invoke(fn: FeelFunction, args: readonly Value[]): Value {
    const { run } = this
    const result = callFunction(fn, args, run, this)
    // The function may have come back to this very place.
    this.run = run
    return result
  }

  spend(steps: number): void {
    spend(this.run, steps)
  }
}
