import type { OrderOperator } from '../node/node.ts'
import { DIGITS_MAX, EXPONENT_MAX, PLACES_MAX, type RoundingMode } from '../value/number.ts'
import { asNumeric, type Fragment, over, type Shape } from './fragment.ts'

/**
 * Arithmetic equal to the evaluator's, digit by digit. Both round each result to 34 significant digits, ties away
 * from zero. Numeric sums and products are exact, so where the shapes of the operands prove that 34 digits are
 * enough the bare operator is emitted; else, and after every division, the result is rounded by `to_char` with a
 * mask of 34 digits and an exponent, the one PostgreSQL function that rounds to significant digits. It reads its
 * operand once and cannot raise.
 */
const MASK = `'9.${'9'.repeat(DIGITS_MAX - 1)}EEEE'`

/** A quotient of 34-digit numbers carried to this many digits cannot be rounded wrongly by rounding twice. */
const QUOTIENT_DIGITS = 2 * DIGITS_MAX + 2

export function add(left: Fragment, right: Fragment, operator: '+' | '-' = '+'): Fragment {
  const shape = {
    int: Math.max(left.shape.int, right.shape.int) + 1,
    scale: Math.max(left.shape.scale, right.shape.scale),
  }
  return settled(binary(left, operator, right, shape))
}

export function multiply(left: Fragment, right: Fragment): Fragment {
  const shape = { int: left.shape.int + right.shape.int, scale: left.shape.scale + right.shape.scale }
  return settled(binary(left, '*', right, shape))
}

/** Null for a divisor of zero. */
export function divide(left: Fragment, right: Fragment): Fragment {
  // The smallest quotient there can be starts at this place; PostgreSQL keeps as many places as the dividend has.
  const first = left.shape.scale + right.shape.int
  const shape = { int: left.shape.int + right.shape.scale, scale: Math.min(first + DIGITS_MAX, PLACES_MAX) }
  const dividend = `round(${asNumeric(left).text}, ${first + QUOTIENT_DIGITS})`
  const divisor = asNumeric(right).text
  const notZero = right.literal && right.text !== '0'
  const safe = notZero ? divisor : `nullif(${divisor}, 0)`
  const quotient = over([left, right], {
    text: `(${dividend} / ${safe})`,
    sqlType: 'numeric',
    nullable: left.nullable || right.nullable || !notZero,
    cost: 3,
    shape,
  })
  return bounded(toDigits(quotient, first + DIGITS_MAX > PLACES_MAX))
}

export function negate(operand: Fragment): Fragment {
  return over([operand], { shape: operand.shape, text: `(- ${asNumeric(operand).text})`, sqlType: 'numeric' })
}

/** Brings an exact sum or product to 34 digits and into the range of numbers, where it might not be already. */
export function settled(exact: Fragment): Fragment {
  const { int, scale } = exact.shape
  return bounded(int + scale <= DIGITS_MAX ? exact : toDigits(exact, scale > PLACES_MAX))
}

function toDigits(exact: Fragment, manyPlaces: boolean): Fragment {
  const text = `to_char(${exact.text}, ${MASK})::numeric`
  return {
    ...exact,
    text: manyPlaces ? `round(${text}, ${PLACES_MAX})` : text,
    cost: exact.cost + 4,
    // Rounding up can carry into one more digit.
    shape: { int: exact.shape.int + 1, scale: Math.min(exact.shape.scale, PLACES_MAX) },
  }
}

/** Null from 10^400 on (or a lower limit); NaN and infinity go the same way. Reads its operand once. */
export function bounded(fragment: Fragment, exponent = EXPONENT_MAX): Fragment {
  if (fragment.shape.int <= exponent) return fragment
  const limit = `'1e${exponent}'::numeric`
  const clamped = `least(greatest(${fragment.text}, -${limit}), ${limit})`
  return {
    ...fragment,
    text: `nullif(nullif(${clamped}, ${limit}), -${limit})`,
    nullable: true,
    cost: fragment.cost + 4,
    shape: { int: exponent, scale: fragment.shape.scale },
  }
}

/** A number of any size, as a column of bare numeric holds it. */
export function anyNumeric(column: Fragment): Fragment {
  return bounded(
    toDigits(bounded({ ...column, shape: { int: Number.POSITIVE_INFINITY, scale: PLACES_MAX } }), true),
  )
}

/**
 * @param share  lets an operand that stands twice be worked out once
 */
export function round(
  operand: Fragment,
  places: number,
  mode: RoundingMode,
  share: (fragment: Fragment) => Fragment,
): Fragment {
  if (operand.shape.scale <= places) return operand
  const x = asNumeric(operand)
  const shape = { int: Math.max(x.shape.int, -places) + 1, scale: Math.max(places, 0) }
  const rounded = (of: Fragment, text: string, cost = 1, times: 1 | 2 = 1) =>
    bounded(over(times === 2 ? [of, of] : [of], { text, sqlType: 'numeric', shape, cost }))
  const scaled = (fn: string, of: string, extra = '') =>
    places === 0 && extra === ''
      ? `${fn}(${of})`
      : `(${fn}(${of} * ${power(places)}${extra}) * ${power(-places)})`
  switch (mode) {
    case 'half up':
      return rounded(x, `round(${x.text}, ${places})`)
    case 'down':
      return rounded(x, `trunc(${x.text}, ${places})`)
    case 'floor':
      return rounded(x, scaled('floor', x.text), 3)
    case 'ceiling':
      return rounded(x, scaled('ceil', x.text), 3)
    case 'up': {
      const one = share(x)
      return rounded(
        one,
        `(case when ${one.text} < 0 then ${scaled('floor', one.text)} else ${scaled('ceil', one.text)} end)`,
        6,
        2,
      )
    }
    case 'half down': {
      const one = share(x)
      const up = scaled('floor', one.text, ' + 0.5')
      const down = scaled('ceil', one.text, ' - 0.5')
      return rounded(one, `(case when ${one.text} < 0 then ${up} else ${down} end)`, 8, 2)
    }
    case 'half even': {
      // ceil(y/2 - 1/4) + floor(y/2 + 1/4) is y rounded half to even; no remainder has to be looked at.
      const one = share(x)
      const half = `(${one.text} * ${power(places)} * 0.5)`
      const even = `(ceil(${half} - 0.25) + floor(${half} + 0.25))`
      return rounded(one, `(${even} * ${power(-places)})`, 9, 2)
    }
    default:
      return mode satisfies never
  }
}

/** Whole numbers compare as they are stored; as soon as one side has decimals both are numeric. */
export function comparable(left: Fragment, right: Fragment): readonly [Fragment, Fragment] {
  if (left.sqlType === 'numeric' || right.sqlType === 'numeric') return [asNumeric(left), asNumeric(right)]
  return [left, right]
}

export function compared(left: Fragment, operator: OrderOperator | '=', right: Fragment): Fragment {
  const [l, r] = comparable(left, right)
  const collation = left.sqlType === 'text' && operator !== '=' ? ' collate "C"' : ''
  return over([left, right], { text: `(${l.text}${collation} ${operator} ${r.text})`, sqlType: 'boolean' })
}

function binary(left: Fragment, operator: string, right: Fragment, shape: Shape): Fragment {
  return over([left, right], {
    text: `(${asNumeric(left).text} ${operator} ${asNumeric(right).text})`,
    sqlType: 'numeric',
    shape,
  })
}

function power(places: number): string {
  return `'1e${places}'::numeric`
}
