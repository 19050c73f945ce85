import type { Type } from './type.ts'
import type { Value } from './value.ts'

export interface FunctionParameter {
  readonly name: string
  readonly type: Type
}

/** A function as a value: one of FEEL's own, one written in the model, or business knowledge. */
/** What makes two functions the same one: their text, and the names around it (DMN 1.5, table 53). */
export interface Definition {
  readonly of: unknown
  readonly scope: unknown
}

export class FeelFunction {
  readonly parameters: readonly FunctionParameter[]
  readonly result: Type
  /** Takes one value for each parameter; null with a message where it fails. Never throws but for a limit. */
  readonly invoke: (args: readonly Value[]) => Value
  /** Set where more values than parameters may be given, as to `min`. */
  readonly variadic: boolean
  readonly definition: Definition | null

  constructor(
    parameters: readonly FunctionParameter[],
    result: Type,
    invoke: (args: readonly Value[]) => Value,
    variadic = false,
    definition: Definition | null = null,
  ) {
    this.parameters = parameters
    this.result = result
    this.invoke = invoke
    this.variadic = variadic
    this.definition = definition
  }
}
