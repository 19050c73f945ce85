import { DURATION_EXPONENT_MAX, SECOND_PLACES_MAX } from '../value/duration.ts'
import type { Code } from './code.ts'
import { asDecimal, decimal } from './numbers.ts'
import type { Writer } from './writer.ts'

export function isDuration(type: unknown): boolean {
  return type === 'years and months duration' || type === 'days and time duration'
}

/** An amount of seconds or months as a duration can be: whole months, nanoseconds, and null when out of range. */
export function durationWithin(writer: Writer, amount: Code, type: unknown): Code {
  const months = type === 'years and months duration'
  const fits = amount.held === 'exact' && amount.shape.int <= DURATION_EXPONENT_MAX
  if (fits && amount.shape.scale <= (months ? 0 : SECOND_PLACES_MAX)) return amount
  return decimal(
    writer.strict([asDecimal(writer, amount)], x => `rt.durationWithin(${x.text}, ${months})`),
    true,
  )
}
