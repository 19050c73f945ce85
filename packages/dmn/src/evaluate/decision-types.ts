import type { Decimal } from 'decimal.js'
import type { Plain, PlainInput, PlainInputs } from '../value/plain.ts'

/** What is known of a decision's types before it runs; `typesOf` writes one for each decision of a model. */
export interface DecisionTypes {
  readonly decision: string
  readonly inputs: PlainInputs
  readonly output: Plain
}

/** A number as a caller hands it in: a decimal string, a bigint or a Decimal, never a double. Null is "not known". */
export type NumberInput = string | bigint | Decimal | null

/** A range as a caller hands it in. */
export interface RangeInput<End extends PlainInput = PlainInput> {
  readonly [name: string]: PlainInput
  readonly start: End
  readonly end: End
  readonly 'start included': boolean
  readonly 'end included': boolean
}
