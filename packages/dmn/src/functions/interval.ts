import { order } from '../value/operate.ts'
import { FeelRange } from '../value/range.ts'
import type { Value } from '../value/value.ts'
import type { CallEnvironment } from './built-in.ts'

/** One end of a range: where it is, or endless, and whether it belongs to the range. */
export interface End {
  readonly at: Value
  readonly endless: -1 | 0 | 1
  readonly included: boolean
}

export interface Interval {
  readonly start: End
  readonly end: End
}

/** A point is the range of itself alone. Null where an end is not known, and for `(!= 10)`, which is no interval. */
export function intervalOf(value: Value): Interval | null {
  if (!(value instanceof FeelRange)) {
    const end: End = { at: value, endless: 0, included: true }
    return { start: end, end }
  }
  const { low, high, lowClosed, highClosed, operator } = value
  if (operator === '!=') return null
  if (operator === null && (low === null || high === null)) return null
  return {
    start: { at: low, endless: low === null ? -1 : 0, included: lowClosed },
    end: { at: high, endless: high === null ? 1 : 0, included: highClosed },
  }
}

/** Order of two ends by where they are alone. @throws Unordered, with a message noted, for kinds without one */
export type EndOrder = (a: End, b: End) => number

export class Unordered extends Error {}

export function endOrder(env: CallEnvironment): EndOrder {
  return (a, b) => {
    if (a.endless !== 0 || b.endless !== 0) return a.endless - b.endless
    const at = order(a.at, b.at, env.fail)
    if (at === null) throw new Unordered('values of different kinds have no order')
    return at
  }
}
