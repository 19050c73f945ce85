import type { Plain } from '../src/index.ts'
import { parseDate } from '../src/value/date.ts'
import { formatDateTime, parseDateTime } from '../src/value/date-time.ts'
import {
  formatDaysDuration,
  formatMonthsDuration,
  MonthsDuration,
  parseDuration,
} from '../src/value/duration.ts'
import { Decimal } from '../src/value/number.ts'
import { formatTime, parseTime } from '../src/value/time.ts'
import type { Written } from './cases.ts'

/** What the kit worked out in doubles holds to this part of the value; its own runners allow as much. */
const DOUBLE_TOLERANCE = new Decimal('1e-8')

/** A decimal with so many places was worked out in doubles; with fewer it is exact. */
const ROUNDED_PLACES = 8

/** Whether a result is what the kit expects. */
export function isExpected(result: Plain, expected: Written): boolean {
  switch (expected.kind) {
    case 'nil':
      return result === null
    case 'list': {
      if (!isList(result) || result.length !== expected.items.length) return false
      return expected.items.every((item, i) => isExpected(result[i] ?? null, item))
    }
    case 'context': {
      if (!isContext(result) || Object.keys(result).length !== expected.fields.size) return false
      return [...expected.fields].every(
        ([name, field]) => Object.hasOwn(result, name) && isExpected(result[name] ?? null, field),
      )
    }
    case 'simple':
      return isSimple(result, expected.type, expected.text)
    default:
      return expected satisfies never
  }
}

function isSimple(result: Plain, type: string | undefined, text: string): boolean {
  if (type === undefined) return result === text || (text === '' && result === null)
  if (type === 'boolean') return result === (text.trim() === 'true' || text.trim() === '1')
  if (typeof result !== 'string') return false
  switch (type) {
    case 'string':
      return result === text
    case 'decimal':
    case 'integer':
    case 'int':
    case 'long':
      return isSameNumber(result, text, wanted => wanted.decimalPlaces() < ROUNDED_PLACES)
    case 'double':
    case 'float':
      return isSameNumber(result, text, () => false)
    default:
      return result === canonical(text.trim(), type)
  }
}

/** The one spelling the engine gives such a value. */
function canonical(text: string, type: string): string | undefined {
  switch (type) {
    case 'date':
      return parseDate(text) === null ? undefined : text
    case 'time': {
      const time = parseTime(text)
      return time === null ? undefined : formatTime(time)
    }
    case 'dateTime': {
      const moment = parseDateTime(text)
      return moment === null ? undefined : formatDateTime(moment)
    }
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration': {
      const duration = parseDuration(text)
      if (duration === null) return undefined
      return duration instanceof MonthsDuration
        ? formatMonthsDuration(duration)
        : formatDaysDuration(duration)
    }
    default:
      return text
  }
}

function isSameNumber(result: string, text: string, isExact: (wanted: Decimal) => boolean): boolean {
  const [found, wanted] = [numberOf(result), numberOf(text.trim())]
  if (found === undefined || wanted === undefined) return false
  if (isExact(wanted)) return found.equals(wanted)
  const allowed = Decimal.max(wanted.abs(), 1).times(DOUBLE_TOLERANCE)
  return found.minus(wanted).abs().lessThanOrEqualTo(allowed)
}

function numberOf(text: string): Decimal | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text) ? new Decimal(text) : undefined
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value)
}

function isContext(value: Plain): value is { readonly [name: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
