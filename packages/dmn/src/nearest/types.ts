import type { Plain } from '../value/plain.ts'
import type { Type } from '../value/type.ts'

/** The answer that is looked for: a value, whatever passes a test, or more than there is now. */
export type Wanted =
  | { readonly is: Plain }
  | { readonly passes: (value: Plain) => boolean }
  | { readonly atLeast: string }
  | 'greater'

/** An input that can change, within bounds and by steps the caller knows. */
export interface Movable {
  readonly input: string
  /** The least and the greatest it can become: a number, or `YYYY-MM-DD`. */
  readonly min?: string
  readonly max?: string
  /** The least it changes by: `"0.01"` for yuan, `"1"` for a count. Without it, as fine as the values at hand are written. */
  readonly step?: string
}

export interface NearestOptions {
  /** What `today()` is, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly now?: string
  readonly wanted: Wanted
  /** Inputs that can change; without it, all that hold one number, text, truth value, date or duration. */
  readonly movable?: readonly (string | Movable)[]
  readonly limits?: {
    /** Evaluations the search may take; 20,000 where nothing is said. */
    readonly evaluations?: number
    /**
     * How many inputs may change together, fewer before more; 2 where nothing is said. More than two are found for tables, each
     * condition of a rule by itself.
     */
    readonly together?: number
    /** Changes given, the smallest first; 10 where nothing is said. */
    readonly changes?: number
  }
}

export interface NearestChanges {
  /** What the decision comes to now. */
  readonly value: Plain
  /** True where it is what was wanted: nothing has to change. */
  readonly reached: boolean
  /**
   * Each turns the answer by itself; smallest first, by the share of the value it changes, a year counting as much as the whole
   * of a number. Empty where none was found.
   */
  readonly changes: readonly Change[]
  readonly evaluations: number
  /** False where a limit ended the search, or something on the way could only be tried here and there. */
  readonly complete: boolean
}

/** One input, or several that change together. */
export interface Change {
  readonly inputs: readonly InputChange[]
  /** What the decision then comes to. */
  readonly value: Plain
  readonly zh: string
  readonly en: string
}

export interface InputChange {
  readonly input: string
  readonly label?: string
  readonly type: Type
  readonly from: Plain
  /** The nearest value that does; where `example` is set, one of many. */
  readonly to: Plain
  /** Set where no value is nearest, as of a text that only must not be another. */
  readonly example?: true
  /** How far: to less where negative. Null for what lies on no line, and where nothing is known yet. */
  readonly by: string | null
  readonly unit: 'number' | 'day' | 'second' | 'month' | null
  /** Of an input that is missing: the values that do, as condition cells say them. */
  readonly values?: readonly string[]
}
