import type { Value } from '../src/index.ts'
import { FeelContext } from '../src/value/context.ts'
import { FeelDate, formatDate, parseDate } from '../src/value/date.ts'
import { FeelDateTime, formatDateTime, parseDateTime } from '../src/value/date-time.ts'
import {
  DaysDuration,
  formatDaysDuration,
  formatMonthsDuration,
  MonthsDuration,
  parseDuration,
} from '../src/value/duration.ts'
import { Decimal } from '../src/value/number.ts'
import { FeelTime, formatTime, parseTime } from '../src/value/time.ts'
import type { Written } from './cases.ts'

/** What the kit worked out in doubles holds to this part of the value; its own runners allow as much. */
const DOUBLE_TOLERANCE = new Decimal('1e-8')

/** A decimal with so many places was worked out in doubles; with fewer it is exact. */
const ROUNDED_PLACES = 8

/** Whether a result is what the kit expects, of the kind it expects. */
export function isExpected(result: Value, expected: Written): boolean {
  switch (expected.kind) {
    case 'nil':
      return result === null
    case 'list': {
      if (!isList(result) || result.length !== expected.items.length) return false
      return expected.items.every((item, i) => isExpected(result[i] ?? null, item))
    }
    case 'context': {
      if (!(result instanceof FeelContext) || result.fields.size !== expected.fields.size) return false
      return [...expected.fields].every(
        ([name, field]) => result.fields.has(name) && isExpected(result.fields.get(name) ?? null, field),
      )
    }
    case 'simple':
      return isSimple(result, expected.type, expected.text)
    default:
      return expected satisfies never
  }
}

function isSimple(result: Value, type: string | undefined, text: string): boolean {
  const trimmed = text.trim()
  switch (type) {
    case undefined:
      return isWritten(result, text)
    case 'string':
      return result === text
    case 'boolean':
      return result === (trimmed === 'true' || trimmed === '1')
    case 'decimal':
    case 'integer':
    case 'int':
    case 'long':
    case 'double':
    case 'float':
      return result instanceof Decimal && isSameNumber(result, new Decimal(trimmed), type)
    case 'date':
      return result instanceof FeelDate && isSame(formatDate, result, parseDate(trimmed))
    case 'time':
      return result instanceof FeelTime && isSame(formatTime, result, parseTime(trimmed))
    case 'dateTime':
      return result instanceof FeelDateTime && isSame(formatDateTime, result, parseDateTime(trimmed))
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration': {
      const wanted = parseDuration(trimmed)
      if (wanted instanceof MonthsDuration) {
        return result instanceof MonthsDuration && isSame(formatMonthsDuration, result, wanted)
      }
      return result instanceof DaysDuration && isSame(formatDaysDuration, result, wanted)
    }
    default:
      return false
  }
}

/** The text says a value of the kind the result has; older cases name no type. */
function isWritten(result: Value, text: string): boolean {
  if (result === null || typeof result === 'string') return text === (result ?? '')
  const type = [
    ['boolean', typeof result === 'boolean'],
    ['double', result instanceof Decimal],
    ['date', result instanceof FeelDate],
    ['time', result instanceof FeelTime],
    ['dateTime', result instanceof FeelDateTime],
    ['duration', result instanceof DaysDuration || result instanceof MonthsDuration],
  ].find(([, is]) => is)
  return type !== undefined && isSimple(result, String(type[0]), text)
}

/** Exactly the same, zone and all: the format gives each value one spelling. */
function isSame<Kind>(format: (value: Kind) => string, found: Kind, wanted: Kind | null): boolean {
  return wanted !== null && format(found) === format(wanted)
}

function isSameNumber(found: Decimal, wanted: Decimal, type: string): boolean {
  const isDouble = type === 'double' || type === 'float'
  if (!isDouble && wanted.decimalPlaces() < ROUNDED_PLACES) return found.equals(wanted)
  const allowed = Decimal.max(wanted.abs(), 1).times(DOUBLE_TOLERANCE)
  return found.minus(wanted).abs().lessThanOrEqualTo(allowed)
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** How a value of the kit reads in a message. */
export function describe(written: Written): string {
  switch (written.kind) {
    case 'nil':
      return 'null'
    case 'simple':
      return `${JSON.stringify(written.text)}${written.type === undefined ? '' : ` (${written.type})`}`
    case 'list':
      return `[${written.items.map(describe).join(', ')}]`
    case 'context':
      return `{${[...written.fields].map(([name, field]) => `${name}: ${describe(field)}`).join(', ')}}`
    default:
      return written satisfies never
  }
}
