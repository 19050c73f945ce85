import { FeelDate } from '../value/date.ts'
import { DaysDuration, MonthsDuration } from '../value/duration.ts'
import type { ScalarType } from '../value/type.ts'
import type { ScalarValue } from '../value/value.ts'

/** The type of a value that is there. */
export function typeOfValue(value: NonNullable<ScalarValue>): ScalarType {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (value instanceof FeelDate) return 'date'
  if (value instanceof DaysDuration) return 'days and time duration'
  return value instanceof MonthsDuration ? 'years and months duration' : 'number'
}
