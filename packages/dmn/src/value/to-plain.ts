import { FeelContext } from './context.ts'
import { FeelDate, formatDate } from './date.ts'
import { FeelDateTime, formatDateTime } from './date-time.ts'
import { DaysDuration, formatDaysDuration, formatMonthsDuration, MonthsDuration } from './duration.ts'
import { FeelFunction } from './function.ts'
import { Decimal, formatNumber } from './number.ts'
import type { Plain } from './plain.ts'
import { FeelRange } from './range.ts'
import { FeelTime, formatTime } from './time.ts'
import type { Value } from './value.ts'

/** Lists and contexts that lie deeper in one another are null: nobody's JSON reader takes more. */
const DEPTH_MAX = 1000

export function toPlain(value: Value, depth = 0): Plain {
  if (depth > DEPTH_MAX) return null
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof Decimal) return formatNumber(value)
  if (value instanceof FeelDate) return formatDate(value)
  if (value instanceof DaysDuration) return formatDaysDuration(value)
  if (value instanceof MonthsDuration) return formatMonthsDuration(value)
  if (value instanceof FeelTime) return formatTime(value)
  if (value instanceof FeelDateTime) return formatDateTime(value)
  if (value instanceof FeelContext) {
    if (value.plain !== undefined) return value.plain
    return Object.fromEntries([...value.fields].map(([name, field]) => [name, toPlain(field, depth + 1)]))
  }
  if (value instanceof FeelRange) {
    return {
      start: toPlain(value.low, depth + 1),
      end: toPlain(value.high, depth + 1),
      'start included': value.lowClosed,
      'end included': value.highClosed,
    }
  }
  if (value instanceof FeelFunction) return null // nothing to hand to a caller who cannot call it
  return value.map(item => toPlain(item, depth + 1))
}

/** For what is made once and shared. */
export function frozenPlain(value: Value): Plain {
  return frozen(toPlain(value))
}

function frozen(plain: Plain): Plain {
  if (typeof plain !== 'object' || plain === null) return plain
  for (const part of Object.values<Plain>(plain)) frozen(part)
  return Object.freeze(plain)
}
