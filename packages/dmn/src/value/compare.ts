import { FeelContext } from './context.ts'
import { FeelDate } from './date.ts'
import { FeelDateTime, instantOf, localInstantOf } from './date-time.ts'
import { compareNumbers } from './digits.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { FeelFunction } from './function.ts'
import { Decimal } from './number.ts'
import { FeelRange } from './range.ts'
import { FeelTime, offsetOfTime } from './time.ts'
import type { Value } from './value.ts'
import type { Zone } from './zone.ts'

/**
 * Order of two values of one ordered type (number, text, date, time, duration): negative, zero or positive; undefined
 * where either is null or the type has no order.
 */
export function compareValues(a: Value, b: Value): number | undefined {
  if (a === null || b === null) return undefined
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : undefined
  if (a instanceof Decimal) return b instanceof Decimal ? compareNumbers(a, b) : undefined
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.epochDay - b.epochDay : undefined
  if (a instanceof DaysDuration) return b instanceof DaysDuration ? a.seconds.cmp(b.seconds) : undefined
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? a.months.cmp(b.months) : undefined
  if (a instanceof FeelTime) return b instanceof FeelTime ? compareTimes(a, b) : undefined
  if (a instanceof FeelDateTime) return b instanceof FeelDateTime ? compareDateTimes(a, b) : undefined
  return undefined
}

/** A time without an offset takes that of the other (DMN 1.5, table 54). */
function compareTimes(a: FeelTime, b: FeelTime): number {
  const local = milliseconds(a.nanoseconds) - milliseconds(b.nanoseconds)
  if (a.zone === b.zone || a.zone === null || b.zone === null) return local
  return local + ((offsetOfTime(b) ?? 0) - (offsetOfTime(a) ?? 0)) * 1000
}

function compareDateTimes(a: FeelDateTime, b: FeelDateTime): number {
  const isLocal = a.time.zone === null || b.time.zone === null
  const [first, second] = isLocal ? [localInstantOf(a), localInstantOf(b)] : [instantOf(a), instantOf(b)]
  return first.day - second.day || milliseconds(first.nanoseconds) - milliseconds(second.nanoseconds)
}

/** Clocks are told apart by the millisecond: the conformance kit takes 10:30:00.0001 and 10:30:00.0002 for equal. */
function milliseconds(nanoseconds: number): number {
  return Math.floor(nanoseconds / 1_000_000)
}

/** Whether one clock says where it stands and the other does not: they have an order, but are not the same value. */
function differInForm(a: Value, b: Value): boolean {
  const [first, second] = [zoneOf(a), zoneOf(b)]
  return (first === null) !== (second === null)
}

function zoneOf(value: Value): Zone | undefined {
  if (value instanceof FeelTime) return value.zone
  return value instanceof FeelDateTime ? value.time.zone : undefined
}

/** FEEL's `=` on values of one type: null equals null and nothing else. Values of different kinds differ. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return a === b
  if (Array.isArray(a)) {
    if (!Array.isArray(b)) return false
    const other: readonly Value[] = b
    return a.length === other.length && a.every((item: Value, i) => equalValues(item, other[i] ?? null))
  }
  if (a instanceof FeelContext) return b instanceof FeelContext && equalContexts(a, b)
  if (a instanceof FeelRange) return b instanceof FeelRange && equalRanges(a, b)
  if (a instanceof FeelFunction) return b instanceof FeelFunction && equalFunctions(a, b)
  return compareValues(a, b) === 0 && !differInForm(a, b)
}

function equalContexts(a: FeelContext, b: FeelContext): boolean {
  if (a.fields.size !== b.fields.size) return false
  for (const [name, value] of a.fields) {
    if (!b.fields.has(name) || !equalValues(value, b.fields.get(name) ?? null)) return false
  }
  return true
}

function equalFunctions(a: FeelFunction, b: FeelFunction): boolean {
  const [first, second] = [a.definition, b.definition]
  if (a === b) return true
  return first !== null && second !== null && first.of === second.of && first.scope === second.scope
}

function equalRanges(a: FeelRange, b: FeelRange): boolean {
  return (
    a.operator === b.operator &&
    a.lowClosed === b.lowClosed &&
    a.highClosed === b.highClosed &&
    equalValues(a.low, b.low) &&
    equalValues(a.high, b.high)
  )
}

/**
 * Order of texts by code point, as PostgreSQL's collation "C" over UTF-8 has it. JavaScript's own `<` goes by UTF-16
 * unit and puts 𠮷 (U+20BB7) before ﹏ (U+FE4F).
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return byCodePoint(x) - byCodePoint(y)
  }
  return a.length - b.length
}

/** Moves surrogates above the rest of the plane, where their code points belong. */
function byCodePoint(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
