import { DURATION_EXPONENT_MAX, SECOND_PLACES_MAX } from '../../value/duration.ts'
import type { ScalarType } from '../../value/type.ts'
import type { Emitter } from '../emitter.ts'
import type { Fragment } from '../fragment.ts'
import { integerLiteral } from './literals.ts'
import { as, count, round } from './numbers.ts'
import { typeOf } from './widths.ts'

/** Months are whole, or the column holds no duration. */
export function wholeNumber(of: Emitter, number: Fragment): Fragment {
  const { int, scale } = number.shape
  if (scale === 0) return number
  const x = of.share(number)
  const unit = integerLiteral(10n ** BigInt(scale), typeOf(number.shape))
  return count([x, x], {
    text: `(case when ${x.text} % ${unit} = 0 then ${x.text} // ${unit} end)`,
    shape: { int, scale: 0 },
    nullable: true,
    cost: 4,
  })
}

export function durationWithin(of: Emitter, amount: Fragment, type: ScalarType): Fragment {
  if (amount.literal) return amount
  const months = type === 'years and months duration'
  const places = months ? 0 : SECOND_PLACES_MAX
  const cut = amount.shape.scale > places ? round(of, amount, places, months ? 'down' : 'half up') : amount
  const { int, scale } = cut.shape
  if (int <= DURATION_EXPONENT_MAX) return cut
  const x = of.share(cut)
  const limit = 10n ** BigInt(DURATION_EXPONENT_MAX + scale)
  return count([x, x], {
    text: `(case when ${x.text} > -${limit}::hugeint and ${x.text} < ${limit}::hugeint then ${x.text} end)`,
    shape: { int: DURATION_EXPONENT_MAX, scale },
    nullable: true,
    cost: 3,
  })
}

export function durationPart(part: 'years' | 'months' | 'days', x: Fragment): Fragment {
  const type = typeOf(x.shape)
  const unit = (part === 'days' ? 86_400n : 12n) * 10n ** BigInt(x.shape.scale)
  const operator = part === 'months' ? '%' : '//'
  return count([x], {
    text: `(${as(x, type)} ${operator} ${integerLiteral(unit, type)})`,
    shape: { int: x.shape.int, scale: 0 },
  })
}
