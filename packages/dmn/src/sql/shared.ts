import type { Constants } from '../fold/constants.ts'
import type { Declared } from '../node/declared.ts'
import type { Problem } from '../problem.ts'
import type { Dialect } from './dialect.ts'
import type { Fragment } from './fragment.ts'
import type { Levels } from './levels.ts'
import type { ChildTable } from './query.ts'

/** A decision's value: one fragment, or one for each output. */
export type Emitted =
  | { readonly kind: 'value'; readonly fragment: Fragment }
  | { readonly kind: 'outputs'; readonly fields: ReadonlyMap<string, Fragment> }

/** What the expressions of one statement share. */
export interface Statement {
  readonly dialect: Dialect
  readonly constants: Constants
  readonly levels: Levels
  /** Gives what stands twice a level of its own, where it can. */
  readonly share: (fragment: Fragment) => Fragment
  readonly inputs: ReadonlyMap<string, Fragment>
  readonly decisions: Map<string, Emitted>
  readonly problems: Problem[]
  /** A table of more rules is looked up instead of tried rule by rule. */
  readonly casesMax: number
  /** Inside a branch of a `case` over a table's rules: there is no other in it. */
  readonly specialised: boolean
  readonly trailingZeros: boolean
  /** Tables behind inputs that are lists, by input name. */
  readonly children: ReadonlyMap<string, ChildTable>
  declared(input: string): Declared | undefined
  /** Quoted. */
  readonly subjectAlias: string
}
