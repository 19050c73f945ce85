import type { Test } from './test.ts'
import type { Type } from './type.ts'

/**
 * What a variable, a column or a component is declared to be: a type and, at each level, the values it allows.
 * Values are brought to it at the boundaries DMN names (10.3.2.9.4), not inside expressions.
 */
export interface Declared {
  readonly type: Type
  /** Tests a value must pass, those of a base type first. A value that does not is taken as null. */
  readonly allowed: readonly Allowed[]
  /** Of a collection: what each item is declared to be. */
  readonly items?: Declared
  /** Of a structure. */
  readonly components?: readonly { readonly name: string; readonly declared: Declared }[]
}

export interface Allowed {
  readonly test: Test
  readonly text: string
}

export const ANYTHING: Declared = { type: 'Any', allowed: [] }
