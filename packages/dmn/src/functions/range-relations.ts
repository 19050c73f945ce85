import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment, Signature } from './built-in.ts'
import { type EndOrder, endOrder, type Interval, intervalOf, Unordered } from './interval.ts'
import { builtIn, outside, takes, way } from './signature.ts'

/** A rule of DMN 1.5, 10.3.4.9, table 79. Where it speaks of a point, that is the range of the point alone. */
type Rule = (a: Interval, b: Interval, order: EndOrder) => boolean

const RANGE = { kind: 'range', of: 'Any' } as const
const BOTH_RANGES = [takes('range1', RANGE), takes('range2', RANGE)]
const RANGE_AND_POINT = [takes('range', RANGE), takes('point', 'Any')]
const POINT_AND_RANGE = [takes('point', 'Any'), takes('range', RANGE)]
const BOTH_POINTS = [takes('point1', 'Any'), takes('point2', 'Any')]

type Parameters = typeof BOTH_RANGES

function relation(name: string, rule: Rule, ...takings: readonly Parameters[]): BuiltIn {
  const ways = takings.map(
    (parameters): Signature =>
      way<readonly [Value, Value]>(parameters, 'boolean', ([a, b], env) => answer(a, b, rule, env)),
  )
  return builtIn(name, ...ways)
}

function answer(a: Value, b: Value, rule: Rule, env: CallEnvironment): boolean | null {
  const [first, second] = [intervalOf(a), intervalOf(b)]
  if (first === null || second === null) return outside(env)
  try {
    return rule(first, second, endOrder(env))
  } catch (error) {
    if (error instanceof Unordered) return null // its message has been noted
    throw error
  }
}

const before: Rule = (a, b, order) => {
  const at = order(a.end, b.start)
  return at < 0 || (at === 0 && !(a.end.included && b.start.included))
}

const meets: Rule = (a, b, order) => a.end.included && b.start.included && order(a.end, b.start) === 0

const overlaps: Rule = (a, b, order) => !before(a, b, order) && !before(b, a, order)

/** Starts earlier, or at the same place but with it. */
const startsFirst: Rule = (a, b, order) => {
  const at = order(a.start, b.start)
  return at < 0 || (at === 0 && a.start.included && !b.start.included)
}

const endsNoLater: Rule = (a, b, order) => {
  const at = order(a.end, b.end)
  return at < 0 || (at === 0 && (!a.end.included || b.end.included))
}

const startsNoEarlier: Rule = (a, b, order) => {
  const at = order(a.start, b.start)
  return at > 0 || (at === 0 && (!a.start.included || b.start.included))
}

const overlapsBefore: Rule = (a, b, order) =>
  startsFirst(a, b, order) && !before(a, b, order) && endsNoLater(a, b, order)

const sameStart: Rule = (a, b, order) =>
  a.start.included === b.start.included && order(a.start, b.start) === 0

const sameEnd: Rule = (a, b, order) => a.end.included === b.end.included && order(a.end, b.end) === 0

const finishes: Rule = (a, b, order) => sameEnd(a, b, order) && startsNoEarlier(a, b, order)

const during: Rule = (a, b, order) => startsNoEarlier(a, b, order) && endsNoLater(a, b, order)

const starts: Rule = (a, b, order) => sameStart(a, b, order) && endsNoLater(a, b, order)

const coincides: Rule = (a, b, order) => sameStart(a, b, order) && sameEnd(a, b, order)

function reversed(rule: Rule): Rule {
  return (a, b, order) => rule(b, a, order)
}

export const RANGE_RELATIONS: readonly BuiltIn[] = [
  relation('before', before, BOTH_RANGES, RANGE_AND_POINT, POINT_AND_RANGE, BOTH_POINTS),
  relation('after', reversed(before), BOTH_RANGES, RANGE_AND_POINT, POINT_AND_RANGE, BOTH_POINTS),
  relation('meets', meets, BOTH_RANGES),
  relation('met by', reversed(meets), BOTH_RANGES),
  relation('overlaps', overlaps, BOTH_RANGES),
  relation('overlaps before', overlapsBefore, BOTH_RANGES),
  relation('overlaps after', reversed(overlapsBefore), BOTH_RANGES),
  relation('finishes', finishes, BOTH_RANGES, POINT_AND_RANGE),
  relation('finished by', reversed(finishes), BOTH_RANGES, RANGE_AND_POINT),
  relation('includes', reversed(during), BOTH_RANGES, RANGE_AND_POINT),
  relation('during', during, BOTH_RANGES, POINT_AND_RANGE),
  relation('starts', starts, BOTH_RANGES, POINT_AND_RANGE),
  relation('started by', reversed(starts), BOTH_RANGES, RANGE_AND_POINT),
  relation('coincides', coincides, BOTH_RANGES, BOTH_POINTS),
]
