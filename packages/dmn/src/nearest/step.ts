import type { TypedInput } from '../node/program.ts'
import { Decimal } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { measured } from './germ.ts'
import type { Movable } from './types.ts'

/** An input that may change, with what it holds now. */
export interface Mover {
  readonly typed: TypedInput
  readonly movable: Movable
  readonly from: Value
}

/** A value of one input that does, alone or after others. */
export interface Step {
  readonly mover: Mover
  readonly to: Value
  /** What the decision then comes to. */
  readonly value: Value
  readonly values?: readonly string[]
  readonly example?: true
}

const DAYS_A_YEAR = 365

/** How much of itself a value changes, added up; what is merely missing has nothing to change. */
export function effortOf(steps: readonly Step[]): number {
  return steps.reduce((total, { mover: { from }, to }) => {
    if (from === null) return total
    const [a, b] = [measured(from), measured(to)]
    if (a === undefined || b === undefined) return total + 1
    const by = b.at.minus(a.at).abs()
    switch (b.kind) {
      case 'number':
        return total + by.div(Decimal.max(a.at.abs(), b.at.abs())).toNumber()
      case 'date':
        return total + by.div(DAYS_A_YEAR).toNumber()
      case 'days and time duration':
        return total + by.div(86_400 * DAYS_A_YEAR).toNumber()
      case 'years and months duration':
        return total + by.div(12).toNumber()
      default:
        return b.kind satisfies never
    }
  }, 0)
}

export function changedBy(steps: readonly Step[]): Map<string, Value> {
  return new Map(steps.map(({ mover, to }) => [mover.typed.data.name, to]))
}
