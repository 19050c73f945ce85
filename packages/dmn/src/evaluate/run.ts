import type { Message } from '../problem.ts'
import type { FeelDate } from '../value/date.ts'
import type { Value } from '../value/value.ts'

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
