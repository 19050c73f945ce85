import type { ScalarType } from '../node/type.ts'
import { parseDate } from './date.ts'
import { DaysDuration, MonthsDuration, parseDuration } from './duration.ts'
import { Decimal, isDecimal, parseNumber, withinRange } from './number.ts'
import type { PlainInput } from './plain.ts'
import type { ScalarValue } from './value.ts'

/** A value of the type, null for null and absent; undefined where the given value is none of that type. */
export function fromPlain(given: PlainInput, type: ScalarType): ScalarValue | undefined {
  if (given === null || given === undefined) return null
  switch (type) {
    case 'string':
      return typeof given === 'string' ? given : undefined
    case 'boolean':
      return typeof given === 'boolean' ? given : undefined
    case 'date':
      return typeof given === 'string' ? (parseDate(given) ?? undefined) : undefined
    case 'number':
      return numberFromPlain(given) ?? undefined
    case 'days and time duration': {
      const duration = typeof given === 'string' ? parseDuration(given) : null
      return duration instanceof DaysDuration ? duration : undefined
    }
    case 'years and months duration': {
      const duration = typeof given === 'string' ? parseDuration(given) : null
      return duration instanceof MonthsDuration ? duration : undefined
    }
    default:
      return type satisfies never
  }
}

function numberFromPlain(given: string | bigint | boolean | Decimal): Decimal | null {
  if (typeof given === 'string') return parseNumber(given)
  if (typeof given === 'bigint') return parseNumber(given.toString())
  // A Decimal of another constructor is taken over digit by digit, not by its settings.
  return isDecimal(given) ? withinRange(new Decimal(given.toString())) : null
}
