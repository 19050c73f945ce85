import type { MessageCode } from '../problem.ts'
import type { FeelDate } from '../value/date.ts'
import type { FeelDateTime } from '../value/date-time.ts'
import type { FeelFunction } from '../value/function.ts'
import type { Type } from '../value/type.ts'
import type { Value } from '../value/value.ts'

/** One of FEEL's own functions, with every way to call it, the likeliest first. */
export interface BuiltIn {
  readonly name: string
  readonly signatures: readonly Signature[]
}

export interface Parameter {
  readonly name: string
  readonly type: Type
  readonly optional?: boolean
  /** Takes null as a value of its own. Elsewhere null gives null with a message before `apply` is asked. */
  readonly nullable?: boolean
}

export interface Signature {
  readonly parameters: readonly Parameter[]
  /** The last parameter stands for any number of values; given by position, `apply` gets them all in a row. */
  readonly variadic?: boolean
  readonly result: Type
  /** Arguments conform to the parameters; one that was left out is undefined past the end, null in between. */
  apply(args: readonly Value[], env: CallEnvironment): Value
}

/** What a function may ask of the evaluation around it. */
export interface CallEnvironment {
  /** Notes why the answer is null, and gives null. */
  fail(code: MessageCode, sentence: { zh: string; en: string }): null
  readonly today: FeelDate | null
  readonly now: FeelDateTime | null
  invoke(fn: FeelFunction, args: readonly Value[]): Value
  /** Counts against the limit of the evaluation. @throws LimitError */
  spend(steps: number): void
}
