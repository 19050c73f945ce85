import type { Decimal } from 'decimal.js'
import type { FeelContext } from './context.ts'
import type { FeelDate } from './date.ts'
import type { FeelDateTime } from './date-time.ts'
import type { DaysDuration, MonthsDuration } from './duration.ts'
import type { FeelFunction } from './function.ts'
import type { FeelRange } from './range.ts'
import type { FeelTime } from './time.ts'

/**
 * What a caller hands in for one input: text; a number as a decimal string, bigint or Decimal (never a double);
 * a date as `YYYY-MM-DD`, a time as `10:30:00` with `Z`, `+08:00`, `@Asia/Shanghai` or nothing after it, a date and
 * time as both with a `T` between; a duration as `P1Y6M` or `P10D`; true/false; a list as an array; a context as an
 * object; a range as an object with `start`, `end`, `start included`, `end included`; null or absent for "not known".
 * The model's type says how to read a text: without one (`Any`) a text is a text, so a date, time or duration comes
 * there as a value of the engine.
 */
export type PlainInput =
  | string
  | bigint
  | Decimal
  | boolean
  | null
  | undefined
  | FeelDate
  | FeelTime
  | FeelDateTime
  | DaysDuration
  | MonthsDuration
  | FeelContext
  | FeelRange
  | FeelFunction
  | readonly PlainInput[]
  | { readonly [name: string]: PlainInput }

export type PlainInputs = Readonly<Record<string, PlainInput>>

/**
 * What comes out, ready for JSON: a number as its shortest plain decimal string (`"1.5"`, never `"1.50"` or
 * `"1E+2"`), a date as `YYYY-MM-DD`, times and durations in ISO 8601 (a named zone after `@`), a context or several
 * outputs as an object, a list as an array, a range as an object with `start`, `end`, `start included`,
 * `end included`, a function as null. The decision's `type` tells a number from a text.
 */
export type Plain = string | boolean | null | readonly Plain[] | { readonly [name: string]: Plain }
