import { equalValues } from '../value/compare.ts'
import { FeelDate } from '../value/date.ts'
import { DaysDuration, MonthsDuration } from '../value/duration.ts'
import { Decimal } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import type { CallEnvironment } from './built-in.ts'

/** The first of each set of equal values, in the order given; null is a value like others. */
export function distinct(list: readonly Value[], env: CallEnvironment): readonly Value[] {
  const keys = new Set<string>()
  const others: Value[] = []
  return list.filter(item => {
    const key = keyOf(item)
    if (key !== null) {
      env.spend(1)
      return keys.size < keys.add(key).size
    }
    env.spend(others.length + 1)
    if (others.some(other => equalValues(other, item))) return false
    others.push(item)
    return true
  })
}

/** The same text for equal values and no others; null where only a comparison can tell. */
function keyOf(value: Value): string | null {
  if (value === null) return 'null'
  if (typeof value === 'string') return `"${value}`
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Decimal) return `n${value.isZero() ? '0' : value.toString()}`
  if (value instanceof FeelDate) return `d${value.epochDay}`
  if (value instanceof DaysDuration) return `s${value.seconds.isZero() ? '0' : value.seconds.toString()}`
  if (value instanceof MonthsDuration) return `m${value.months.isZero() ? '0' : value.months.toString()}`
  return null
}
