import type { Type } from '../node/type.ts'
import type { Message } from '../problem.ts'
import type { Model } from '../read/model.ts'
import type { Plain, PlainInputs } from '../value/plain.ts'
import type { Trace } from './trace.ts'

export interface EvaluateOptions {
  /** What `today()` is, `YYYY-MM-DD`. */
  readonly asOf: string
}

export interface Answer {
  readonly value: Plain
  readonly messages: readonly Message[]
}

export interface Explained extends Answer {
  readonly trace: Trace
}

/** A decision parsed, typed and compiled once, for many evaluations. */
export interface Prepared {
  readonly decision: string
  readonly type: Type
  /** Names of the inputs it reads, directly or through other decisions. */
  readonly inputs: readonly string[]
  /** The value alone, without a trace: the fast way. */
  value(inputs: PlainInputs, options: EvaluateOptions): Answer
  explain(inputs: PlainInputs, options: EvaluateOptions): Explained
}

/** @throws RequestError when the model has no such decision */
export function prepare(_model: Model, _decision: string): Prepared {
  throw new Error('prepare stands here as a signature')
}

/**
 * Works out one decision for one subject, with its trace. Prepares the decision once per model and remembers it.
 * Data never makes it throw: a value of the wrong kind, a division by zero or two matching rules under U give null
 * and a message.
 *
 * @throws RequestError when the model has no such decision
 */
export function evaluate(
  model: Model,
  decision: string,
  inputs: PlainInputs,
  options: EvaluateOptions,
): Explained {
  return prepare(model, decision).explain(inputs, options)
}
