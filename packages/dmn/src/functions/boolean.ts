import { equalValues } from '../value/compare.ts'
import { FeelDateTime } from '../value/date-time.ts'
import { kindOf } from '../value/kind.ts'
import { FeelTime } from '../value/time.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn } from './built-in.ts'
import { builtIn, takes, way } from './signature.ts'

const EITHER = { nullable: true } as const

export const BOOLEAN: readonly BuiltIn[] = [
  builtIn(
    'not',
    way<readonly [boolean]>([takes('negand', 'boolean')], 'boolean', ([negand]) => !negand),
  ),
  builtIn(
    'is',
    way<readonly [Value, Value]>(
      [takes('value1', 'Any', EITHER), takes('value2', 'Any', EITHER)],
      'boolean',
      ([a, b]) => isSame(a, b),
    ),
  ),
  /** Our own: whether something is known, the one question null answers. */
  builtIn(
    'is defined',
    way<readonly [Value]>([takes('value', 'Any', EITHER)], 'boolean', ([value]) => value !== null),
  ),
]

/** The same element of the semantic domain: equal, of one kind, and for clocks in the same words for the zone. */
export function isSame(a: Value, b: Value): boolean {
  if (kindOf(a) !== kindOf(b)) return false
  if (a instanceof FeelTime && b instanceof FeelTime) return isSameTime(a, b)
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) {
    return a.date.epochDay === b.date.epochDay && isSameTime(a.time, b.time)
  }
  return equalValues(a, b)
}

function isSameTime(a: FeelTime, b: FeelTime): boolean {
  return a.zone === b.zone && a.nanoseconds === b.nanoseconds
}
