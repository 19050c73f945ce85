import type { OrderOperator } from '../node/node.ts'
import type { Decimal } from '../value/number.ts'
import { compareValues, equalValues } from '../value/value.ts'
import { asMoving, type Germ } from './germ.ts'

/** Gathers, while everything is worked out at one place, how far on the first comparison turns. */
export class Horizon {
  #next: Decimal | null = null
  #exact = true

  /** How far the input moves until the first comparison turns; null where none ever does. */
  get next(): Decimal | null {
    return this.#next
  }

  /** False where something changes on the way that has not been followed. */
  get exact(): boolean {
    return this.#exact
  }

  blur(): void {
    this.#exact = false
  }

  /** Negative, zero or positive just beyond the place; undefined where the two have no order. */
  order(a: Germ, b: Germ): number | undefined {
    if (!a.sure || !b.sure) this.blur()
    if (!a.moves && !b.moves) return compareValues(a.value, b.value)
    const [left, right] = [asMoving(a), asMoving(b)]
    if (left === undefined || right === undefined || left.kind !== right.kind) return undefined
    const apart = left.at.minus(right.at)
    const drift = left.slope.minus(right.slope)
    if (!drift.isZero()) this.#meet(apart.div(drift).negated())
    if (!apart.isZero()) return apart.isNegative() ? -1 : 1
    return drift.isZero() ? 0 : drift.isNegative() ? -1 : 1
  }

  equal(a: Germ, b: Germ): boolean {
    if (a.moves || b.moves) return this.order(a, b) === 0
    if (!a.sure || !b.sure) this.blur()
    return equalValues(a.value, b.value)
  }

  #meet(distance: Decimal): void {
    if (distance.isNegative() || distance.isZero()) return
    if (this.#next === null || distance.lt(this.#next)) this.#next = distance
  }
}

export const HOLDS: Record<OrderOperator, (order: number) => boolean> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}
