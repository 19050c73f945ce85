import { DIGITS_MAX, type RoundingMode } from '../../value/number.ts'
import type { Emitter } from '../emitter.ts'
import { type Fragment, over, type Shape, type SqlType } from '../fragment.ts'
import { integerLiteral, nothing } from './literals.ts'
import { typeOf } from './widths.ts'

/**
 * DuckDB's DECIMAL has 38 digits, raises when it overflows, divides into doubles and drops places where two of them meet in
 * a `case`. So a number is held as a whole count of 10^-scale, the scale known to the compiler: BIGINT up to 18 digits,
 * HUGEINT beyond. Where the digits prove that 34 are enough, sums and products are exact and cannot overflow; what could need
 * more is refused by name. A quotient has no such bound: it stands only where it is rounded at once.
 */
/** A count over others; its type follows from its shape. */
export function count(
  operands: readonly Fragment[],
  of: { readonly text: string; readonly shape: Shape; readonly nullable?: boolean; readonly cost?: number },
): Fragment {
  return over(operands, { ...of, sqlType: typeOf(of.shape) })
}

export function add(of: Emitter, left: Fragment, right: Fragment, operator: '+' | '-' = '+'): Fragment {
  const scale = Math.max(left.shape.scale, right.shape.scale)
  const shape = { int: Math.max(left.shape.int, right.shape.int) + 1, scale }
  const operands = [scaled(of, left, scale), scaled(of, right, scale)]
  if (tooLong(shape)) return refuseDigits(of)
  const [l, r] = operands.map(each => as(each, typeOf(shape)))
  return count(operands, { text: `(${l} ${operator} ${r})`, shape })
}

export function multiply(of: Emitter, left: Fragment, right: Fragment): Fragment {
  const shape = { int: left.shape.int + right.shape.int, scale: left.shape.scale + right.shape.scale }
  const operands = [left, right]
  if (tooLong(shape)) return refuseDigits(of)
  const [l, r] = operands.map(each => as(each, typeOf(shape)))
  return count(operands, { text: `(${l} * ${r})`, shape })
}

export function divide(of: Emitter): Fragment {
  return refused(
    of,
    'DuckDB 没有 34 位精度的除法；商须立即取整，如 round half up(甲 / 乙, 2)。',
    'DuckDB has no division to 34 digits; round a quotient at once, as in round half up(a / b, 2).',
  )
}

export function negate(_: Emitter, x: Fragment): Fragment {
  return count([x], { text: `(- ${as(x, typeOf(x.shape))})`, shape: x.shape })
}

export function round(of: Emitter, operand: Fragment, places: number, mode: RoundingMode): Fragment {
  const dropped = operand.shape.scale - places
  if (dropped <= 0) return operand
  const shape = roundedShape(operand.shape.int, places)
  if (dropped > DIGITS_MAX || tooLong(shape)) return refuseDigits(of)
  // Twice what is left over is compared with the unit, so there is room for twice the unit. HUGEINT divides slowly.
  const working = typeOf({ int: Math.max(operand.shape.int + operand.shape.scale, dropped + 1), scale: 0 })
  const x = of.share(operand)
  const unit = integerLiteral(10n ** BigInt(dropped), working)
  const whole = towardsZero(as(x, working), unit, working, mode)
  return backToScale(
    count([x, x, x], { text: whole, shape: { int: shape.int, scale: shape.scale }, cost: 6 }),
    places,
  )
}

/** Numbers in one scale and type. */
export function alike(of: Emitter, values: readonly Fragment[]): Fragment[] {
  if (!values.some(isCount)) return [...values]
  const scale = Math.max(0, ...values.map(value => value.shape.scale))
  const int = Math.max(0, ...values.map(value => value.shape.int))
  if (tooLong({ int, scale })) return values.map(() => refuseDigits(of))
  const same = values.map(value => scaled(of, value, scale))
  // A `case` over both gives the wider type.
  const sqlType = same.some(value => value.sqlType === 'hugeint') ? 'hugeint' : 'bigint'
  return same.map(value => ({ ...value, sqlType }))
}

export function scaled(of: Emitter, value: Fragment, scale: number): Fragment {
  const more = scale - value.shape.scale
  if (more <= 0) return value
  const shape = { int: value.shape.int, scale }
  if (tooLong(shape)) return refuseDigits(of)
  const type = typeOf(shape)
  return count([value], {
    text: `(${as(value, type)} * ${integerLiteral(10n ** BigInt(more), type)})`,
    shape,
  })
}

export function as(value: Fragment, type: SqlType): string {
  return value.sqlType === type ? value.text : `${value.text}::${type}`
}

export function isCount({ sqlType }: Fragment): boolean {
  return sqlType === 'bigint' || sqlType === 'hugeint' || sqlType === 'integer'
}

export function tooLong({ int, scale }: Shape): boolean {
  return int + scale > DIGITS_MAX
}

export function refuseDigits(of: Emitter): Fragment {
  return refused(
    of,
    `结果可能超过 ${DIGITS_MAX} 位数字，DuckDB 无法精确表示。请给列声明较短的数值类型，或先取整。`,
    `The result may have more than ${DIGITS_MAX} digits, which DuckDB cannot hold exactly. Declare shorter columns, or round first.`,
  )
}

function refused(of: Emitter, zh: string, en: string): Fragment {
  of.refuse(undefined, 'number', zh, en)
  return nothing('number')
}

function roundedShape(int: number, places: number): Shape {
  return { int: Math.max(int, -places) + 1, scale: Math.max(places, 0) }
}

/** A count of 10^-places, brought to scale 0 where the places are tens or hundreds. */
function backToScale(rounded: Fragment, places: number): Fragment {
  if (places >= 0) return rounded
  const type = typeOf(rounded.shape)
  return {
    ...rounded,
    text: `(${rounded.text}::${type} * ${integerLiteral(10n ** BigInt(-places), type)})`,
    sqlType: type,
  }
}

/** `//` truncates towards zero and `%` has the sign of its left side. */
function towardsZero(x: string, unit: string, type: SqlType, mode: RoundingMode): string {
  const rest = `(${x} % ${unit})`
  const whole = `(${x} // ${unit})`
  const away = `(case when ${x} < 0 then -1 else 1 end)`
  const twice = `(abs(${rest}) * 2)`
  const when = (condition: string) => `(${whole} + case when ${condition} then ${away} else 0 end)::${type}`
  switch (mode) {
    case 'half up':
      return when(`${twice} >= ${unit}`)
    case 'half down':
      return when(`${twice} > ${unit}`)
    case 'half even':
      return when(`${twice} > ${unit} or (${twice} = ${unit} and ${whole} % 2 <> 0)`)
    case 'up':
      return when(`${rest} <> 0`)
    case 'down':
      return whole
    case 'floor':
      return when(`${rest} < 0`)
    case 'ceiling':
      return when(`${rest} > 0`)
    default:
      return mode satisfies never
  }
}

/**
 * Rounded without the quotient in between. That the evaluator rounds it to 34 digits first makes no difference: a quotient
 * that is no tie is at least 10^-(digits of the divisor + places + 1) away from one, which 34 digits tell apart as long as the
 * digits counted here do not exceed them.
 */
export function roundQuotient(
  of: Emitter,
  dividend: Fragment,
  divisor: Fragment,
  places: number,
  mode: RoundingMode,
): Fragment {
  const up = places + divisor.shape.scale - dividend.shape.scale
  const top = up > 0 ? scaled(of, dividend, dividend.shape.scale + up) : dividend
  const bottom = up < 0 ? scaled(of, divisor, divisor.shape.scale - up) : divisor
  const digitsOf = ({ shape }: Fragment) => shape.int + shape.scale
  if (digitsOf(top) + digitsOf(bottom) + 2 > DIGITS_MAX) return refuseDigits(of)
  const working = typeOf({ int: Math.max(digitsOf(top), digitsOf(bottom)) + 1, scale: 0 })
  const x = of.share(top)
  const y = of.share(bottom)
  const n = `(case when ${y.text} < 0 then - ${as(x, working)} else ${as(x, working)} end)`
  const d = `nullif(abs(${as(y, working)}), 0)`
  const shape = roundedShape(dividend.shape.int + divisor.shape.scale, places)
  const text = towardsZero(n, d, working, mode)
  return backToScale(count([x, x, y, y], { text, shape, nullable: true, cost: 10 }), places)
}
