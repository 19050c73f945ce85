import type { ScalarType } from '../node/type.ts'
import { DURATION_EXPONENT_MAX, SECOND_PLACES_MAX } from '../value/duration.ts'
import { asNumeric, type Fragment, over } from './fragment.ts'
import { bounded } from './numbers.ts'

export function isDuration(type: unknown): type is ScalarType {
  return type === 'years and months duration' || type === 'days and time duration'
}

/** An amount of seconds or months as a duration can be: whole months, nanoseconds, and null when out of range. */
export function durationWithin(amount: Fragment, type: unknown): Fragment {
  if (amount.literal) return amount
  const months = type === 'years and months duration'
  const places = months ? 0 : SECOND_PLACES_MAX
  if (amount.shape.scale <= places) return bounded(amount, DURATION_EXPONENT_MAX)
  const cut = over([amount], {
    text: `${months ? 'trunc' : 'round'}(${asNumeric(amount).text}, ${places})`,
    sqlType: 'numeric',
    shape: { int: amount.shape.int + 1, scale: places },
  })
  return bounded(cut, DURATION_EXPONENT_MAX)
}

/** div() and mod() truncate towards zero, as FEEL's parts do. */
export function durationPart(part: 'years' | 'months' | 'days', amount: Fragment): Fragment {
  const { text } = asNumeric(amount)
  const whole = part === 'months' ? `mod(${text}, 12)` : `div(${text}, ${part === 'years' ? 12 : 86_400})`
  return over([amount], { text: whole, sqlType: 'numeric', shape: { int: amount.shape.int, scale: 0 } })
}
