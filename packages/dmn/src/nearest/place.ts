import type { Node } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import type { Value } from '../value/value.ts'
import { type Germ, still } from './germ.ts'
import type { Horizon } from './horizon.ts'

/** A value of the moving input, seen in the direction it moves: what expressions are followed from. */
export interface Place {
  readonly horizon: Horizon
  /** What `?` stands for. */
  readonly subject: Germ
  /** Set where all that can turn is wanted, not only what turns the answer by itself. */
  readonly thorough: boolean
  input(name: string): Germ
  decision(name: string): Germ
  /** The same place with another `?`. */
  about(subject: Germ): Place
  follow(node: Node): Germ
  test(test: Test): boolean | null
  /** Whether the node can change at all while the input moves. */
  depends(node: Node): boolean
  /** The value of a node that cannot. */
  steady(node: Node): Value
  /** The value at the place itself, where how it goes on is not followed. */
  here(node: Node): Value
}

/** A germ read as a condition. */
export function truth(germ: Germ, { horizon }: Place): boolean | null {
  if (!germ.sure) horizon.blur()
  return !germ.moves && typeof germ.value === 'boolean' ? germ.value : null
}

/** Its value where it stands; how it goes on is not known. */
export function blurred(node: Node, place: Place): Germ {
  place.horizon.blur()
  return still(place.here(node), false)
}
