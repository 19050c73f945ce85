import type { Type } from '../value/type.ts'
import type { Test } from './test.ts'

/**
 * What a variable, a column or a component is declared to be: a type and, at each level, the values it allows.
 * Values are brought to it at the boundaries DMN names (10.3.2.9.4), not inside expressions.
 */
export interface Declared {
  readonly type: Type
  /** Tests a value must pass; one that does not is taken as null. A type's own stand instead of its base's. */
  readonly allowed: readonly Allowed[]
  /** Of a collection: what each item is declared to be. */
  readonly items?: Declared
  /** Of a structure. */
  readonly components?: readonly { readonly name: string; readonly declared: Declared }[]
  /** Of a function. */
  readonly function?: {
    readonly parameters: readonly { readonly name: string; readonly declared: Declared }[]
    readonly result: Declared
  }
}

export interface Allowed {
  readonly test: Test
  readonly text: string
}

export const ANYTHING: Declared = { type: 'Any', allowed: [] }
