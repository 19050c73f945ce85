import { FeelDate, formatDate } from './date.ts'
import { DaysDuration, formatDaysDuration, formatMonthsDuration, MonthsDuration } from './duration.ts'
import { type Decimal, formatNumber } from './number.ts'
import type { Plain } from './plain.ts'

/** A value at run time; each says itself what it is. Null is "not known" as well as FEEL's null. */
export type Value = ScalarValue | FeelContext | readonly Value[]
export type ScalarValue = Decimal | string | boolean | FeelDate | DaysDuration | MonthsDuration | null

/** The outputs of a table that has several. */
export class FeelContext {
  readonly fields: ReadonlyMap<string, Value>

  constructor(fields: ReadonlyMap<string, Value>) {
    this.fields = fields
  }
}

/**
 * Order of two values of one ordered type (number, text, date, duration): negative, zero or positive; undefined
 * where either is null or the type has no order.
 */
export function compareValues(a: Value, b: Value): number | undefined {
  if (a === null || b === null) return undefined
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : undefined
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.epochDay - b.epochDay : undefined
  if (a instanceof DaysDuration) return b instanceof DaysDuration ? a.seconds.cmp(b.seconds) : undefined
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? a.months.cmp(b.months) : undefined
  return isNumber(a) && isNumber(b) ? a.cmp(b) : undefined
}

/** FEEL's `=`: null equals null and nothing else. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return a === b
  if (Array.isArray(a) && Array.isArray(b)) {
    const other: readonly Value[] = b
    return a.length === other.length && a.every((item: Value, i) => equalValues(item, other[i] ?? null))
  }
  if (a instanceof FeelContext && b instanceof FeelContext) {
    if (a.fields.size !== b.fields.size) return false
    for (const [name, value] of a.fields) {
      if (!b.fields.has(name) || !equalValues(value, b.fields.get(name) ?? null)) return false
    }
    return true
  }
  return compareValues(a, b) === 0
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

export function isNumber(value: Value): value is Decimal {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof FeelDate) &&
    !(value instanceof DaysDuration) &&
    !(value instanceof MonthsDuration) &&
    !(value instanceof FeelContext)
  )
}

export function toPlain(value: Value): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof FeelDate) return formatDate(value)
  if (value instanceof DaysDuration) return formatDaysDuration(value)
  if (value instanceof MonthsDuration) return formatMonthsDuration(value)
  if (value instanceof FeelContext) {
    return Object.fromEntries([...value.fields].map(([name, field]) => [name, toPlain(field)]))
  }
  return isNumber(value) ? formatNumber(value) : value.map(toPlain)
}
