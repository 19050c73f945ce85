import type { FeelContext } from './context.ts'
import type { FeelDate } from './date.ts'
import type { FeelDateTime } from './date-time.ts'
import type { DaysDuration, MonthsDuration } from './duration.ts'
import type { FeelFunction } from './function.ts'
import { Decimal } from './number.ts'
import type { FeelRange } from './range.ts'
import type { FeelTime } from './time.ts'

export { compareText, compareValues, equalValues } from './compare.ts'
export { FeelContext } from './context.ts'
export { toPlain } from './to-plain.ts'

/** A value at run time; each says itself what it is. Null is "not known" as well as FEEL's null. */
export type Value =
  | ScalarValue
  | FeelTime
  | FeelDateTime
  | FeelContext
  | FeelRange
  | FeelFunction
  | readonly Value[]

/** What both readings of a rule can hold. */
export type ScalarValue = Decimal | string | boolean | FeelDate | DaysDuration | MonthsDuration | null

export function isNumber(value: Value | undefined): value is Decimal {
  return value instanceof Decimal
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}
