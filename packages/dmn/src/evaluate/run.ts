import type { Message } from '../problem.ts'
import type { FeelDate } from '../value/date.ts'
import type { FeelDateTime } from '../value/date-time.ts'
import type { Plain } from '../value/plain.ts'
import { sizeOf } from '../value/size.ts'
import type { Value } from '../value/value.ts'
import { LimitError } from './limits.ts'
import type { Step } from './trace.ts'

/** What one evaluation works on. */
export interface Run {
  /** By the slots `Slots` gave out. */
  readonly inputs: Value[]
  readonly decisions: Value[]
  readonly today: FeelDate | null
  /** Null while a trace is being written: what went wrong has been said by then. */
  messages: Message[] | null
  /** The value `?` stands for. */
  subject: Value
  /** Names bound by the expression around, the innermost first. */
  frame: Frame | null
  /** Where a trace is being written: the steps noted last, until the one that asked for them takes them in. */
  steps: Step[] | null
  /** Inputs and decisions as a trace shows them, by their slots, while one is being written. */
  plain: { readonly inputs: readonly Plain[]; readonly decisions: readonly Plain[] } | null
  readonly budget: Budget
}

/** The values of the names one context, iteration or call binds. */
export interface Frame {
  readonly values: Value[]
  readonly outer: Frame | null
}

/** What is left of an evaluation's limits, shared by all it calls. */
export interface Budget {
  steps: number
  depth: number
  /** Steps a trace may still note. */
  shown: number
  readonly now: FeelDateTime | null
}

/** Iterations, calls and items one evaluation may go through. */
export const STEPS_MAX = 2_000_000
/** Calls within calls. */
export const CALL_DEPTH_MAX = 200

export function newRun(
  today: FeelDate | null,
  messages: Message[] | null,
  more: { readonly now?: FeelDateTime | null; readonly steps?: number; readonly inputs?: Value[] } = {},
): Run {
  const { now = null, steps = STEPS_MAX, inputs = [] } = more
  const budget: Budget = { steps, depth: CALL_DEPTH_MAX, shown: 0, now }
  return {
    inputs,
    decisions: [],
    today,
    messages,
    subject: null,
    frame: null,
    steps: null,
    plain: null,
    budget,
  }
}

/** @throws LimitError when the evaluation has gone through more than it may */
export function spend(run: Run, steps: number): void {
  run.budget.steps -= steps
  if (run.budget.steps < 0) throw new LimitError('steps')
}

/** What a list or a context costs that has just been made. @throws LimitError */
export function made<Made extends Value>(run: Run, value: Made): Made {
  spend(run, sizeOf(value))
  return value
}

export type Evaluator = (run: Run) => Value

/** True, false, or null for unknown. */
export type TestEvaluator = (run: Run) => boolean | null

/** Gives each name a place in an array: looked up once when compiling, not on each evaluation. */
export class Slots {
  readonly #slots = new Map<string, number>()

  of(name: string): number {
    const slot = this.#slots.get(name) ?? this.#slots.size
    this.#slots.set(name, slot)
    return slot
  }

  get names(): string[] {
    return [...this.#slots.keys()]
  }
}
