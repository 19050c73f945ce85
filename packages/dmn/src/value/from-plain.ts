import { FeelContext } from './context.ts'
import { FeelDate, parseDate } from './date.ts'
import { dateTimeOfDate, FeelDateTime, parseDateTime } from './date-time.ts'
import { DaysDuration, MonthsDuration, parseDuration } from './duration.ts'
import { FeelFunction } from './function.ts'
import { kindOf } from './kind.ts'
import { Decimal, isDecimal, parseNumber, withinRange } from './number.ts'
import type { PlainInput } from './plain.ts'
import { FeelRange } from './range.ts'
import { FeelTime, parseTime } from './time.ts'
import type { ContextType, Type } from './type.ts'
import type { Value } from './value.ts'

const DEPTH_MAX = 200

/**
 * A value of the type, null for null and absent; undefined where the given value is none of that type. A list of one
 * stands for its item and the other way round, a date for its midnight in UTC (DMN 1.5, 10.3.2.9.4).
 */
export function fromPlain(given: PlainInput, type: Type, depth = 0): Value | undefined {
  if (given === null || given === undefined) return null
  if (depth > DEPTH_MAX) return undefined
  if (typeof type === 'string') return fromPlainSimple(given, type, depth)
  switch (type.kind) {
    case 'list':
      return listFromPlain(isArray(given) ? given : [given], type.of, depth)
    case 'context':
      return isArray(given) ? onlyItem(given, type, depth) : contextFromPlain(given, type, depth)
    case 'range':
      return isArray(given) ? onlyItem(given, type, depth) : rangeFromPlain(given, type.of, depth)
    case 'function':
      return isValue(given) && kindOf(given) === 'function' ? given : undefined
    default:
      return type satisfies never
  }
}

function fromPlainSimple(given: PlainInput, type: Type & string, depth: number): Value | undefined {
  if (type === 'Any') return ofAnyType(given, depth)
  if (isArray(given)) return onlyItem(given, type, depth)
  const value = typeof given === 'string' ? fromText(given, type) : ofAnyType(given, depth)
  return value === undefined || value === null || kindOf(value) !== type ? undefined : value
}

function fromText(text: string, type: Type & string): Value {
  switch (type) {
    case 'number':
      return parseNumber(text)
    case 'string':
      return text
    case 'date':
      return parseDate(text)
    case 'time':
      return parseTime(text)
    case 'date and time': {
      const date = parseDate(text)
      return date ? dateTimeOfDate(date) : parseDateTime(text)
    }
    case 'days and time duration':
    case 'years and months duration':
      return parseDuration(text)
    default:
      return null // a text is no boolean, and `null` and `Any` were answered before
  }
}

/** What says itself what it is. */
function ofAnyType(given: PlainInput, depth: number): Value | undefined {
  if (given === null || given === undefined) return null
  if (typeof given === 'string' || typeof given === 'boolean') return given
  if (typeof given === 'bigint') return parseNumber(given.toString()) ?? undefined
  // A Decimal of another constructor is taken over digit by digit, not by its settings.
  if (isDecimal(given)) return withinRange(new Decimal(given.toString())) ?? undefined
  if (typeof given !== 'object') return undefined // a double is not a number here
  if (isArray(given)) return listFromPlain(given, 'Any', depth)
  return isValue(given) ? given : contextFromPlain(given, { kind: 'context', fields: [] }, depth)
}

function listFromPlain(given: readonly PlainInput[], of: Type, depth: number): Value | undefined {
  const items: Value[] = []
  for (const each of given) {
    const item = fromPlain(each, of, depth + 1)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function onlyItem(given: readonly PlainInput[], type: Type, depth: number): Value | undefined {
  return given.length === 1 ? fromPlain(given[0], type, depth + 1) : undefined
}

/** A component that is absent is not known; an entry the type does not name is taken as it says itself what it is. */
function contextFromPlain(given: PlainInput, type: ContextType, depth: number): Value | undefined {
  if (given instanceof FeelContext) return given
  if (!isPlainObject(given)) return undefined
  const types = new Map(type.fields.map(field => [field.name, field.type]))
  const fields = new Map<string, Value>()
  for (const name of new Set([...types.keys(), ...Object.keys(given)])) {
    const own = Object.hasOwn(given, name) ? given[name] : null
    const field = fromPlain(own, types.get(name) ?? 'Any', depth + 1)
    if (field === undefined) return undefined
    fields.set(name, field)
  }
  return new FeelContext(fields)
}

function rangeFromPlain(given: PlainInput, of: Type, depth: number): Value | undefined {
  if (given instanceof FeelRange) return given
  if (!isPlainObject(given)) return undefined
  const [low, high] = [fromPlain(given.start, of, depth + 1), fromPlain(given.end, of, depth + 1)]
  const [lowClosed, highClosed] = [given['start included'], given['end included']]
  if (low === undefined || high === undefined) return undefined
  if (typeof lowClosed !== 'boolean' || typeof highClosed !== 'boolean') return undefined
  return new FeelRange(low, high, lowClosed, highClosed)
}

function isArray(given: PlainInput): given is readonly PlainInput[] {
  return Array.isArray(given)
}

function isPlainObject(given: PlainInput): given is { readonly [name: string]: PlainInput } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  const prototype: unknown = Object.getPrototypeOf(given)
  return prototype === Object.prototype || prototype === null
}

const CLASSES = [
  FeelDate,
  FeelTime,
  FeelDateTime,
  DaysDuration,
  MonthsDuration,
  FeelContext,
  FeelRange,
  FeelFunction,
] as const

/** A value of the engine: made by one of its classes. */
function isValue(given: PlainInput): given is InstanceType<(typeof CLASSES)[number]> {
  return CLASSES.some(each => given instanceof each)
}
