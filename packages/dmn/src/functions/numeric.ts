import { DaysDuration, MonthsDuration } from '../value/duration.ts'
import { OUT_OF_NUMBERS } from '../value/failures.ts'
import {
  Decimal,
  ROUND_PLACES_MAX,
  ROUND_PLACES_MIN,
  type RoundingMode,
  roundTo,
  settled,
  withinRange,
} from '../value/number.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { builtIn, outside, takes, way } from './signature.ts'

type One = readonly [Decimal]

/** Places may be left out and are then none; their decimals are dropped (DMN 1.5, 10.3.4.5). */
function rounding(name: string, mode: RoundingMode, places: 'scale' | 'scale?'): BuiltIn {
  return builtIn(
    name,
    way<readonly [Decimal, Decimal?]>(
      [takes('n', 'number'), takes(places, 'number')],
      'number',
      ([n, scale], env) => {
        const whole = scale?.trunc() ?? ZERO
        if (whole.gt(ROUND_PLACES_MAX) || whole.lt(ROUND_PLACES_MIN)) return outside(env)
        return withinRange(roundTo(n, whole.toNumber(), mode)) ?? outside(env)
      },
    ),
  )
}

const ZERO = new Decimal(0)

/** A function of one number that is computed to 34 digits and may be undefined. */
function ofNumber(name: string, parameter: string, compute: (x: Decimal) => Decimal | null): BuiltIn {
  return builtIn(
    name,
    way<One>([takes(parameter, 'number')], 'number', ([x], env) => {
      const result = compute(x)
      if (result === null || result.isNaN()) return outside(env)
      return withinRange(result) ?? env.fail('number-range', OUT_OF_NUMBERS)
    }),
  )
}

function parity(name: string, rest: number): BuiltIn {
  return builtIn(
    name,
    way<One>([takes('number', 'number')], 'boolean', ([x]) => x.abs().mod(2).eq(rest)),
  )
}

export const NUMERIC: readonly BuiltIn[] = [
  rounding('decimal', 'half even', 'scale?'),
  rounding('floor', 'floor', 'scale?'),
  rounding('ceiling', 'ceiling', 'scale?'),
  rounding('round up', 'up', 'scale?'),
  rounding('round down', 'down', 'scale?'),
  rounding('round half up', 'half up', 'scale?'),
  rounding('round half down', 'half down', 'scale?'),
  rounding('round half even', 'half even', 'scale?'),
  builtIn(
    'abs',
    way<One>([takes('n', 'number')], 'number', ([n]) => n.abs()),
    way<readonly [DaysDuration]>([takes('n', 'days and time duration')], 'days and time duration', ([n]) =>
      n.seconds.isNegative() ? new DaysDuration(n.seconds.abs()) : n,
    ),
    way<readonly [MonthsDuration]>(
      [takes('n', 'years and months duration')],
      'years and months duration',
      ([n]) => (n.months.isNegative() ? new MonthsDuration(n.months.abs()) : n),
    ),
  ),
  builtIn(
    'modulo',
    way<readonly [Decimal, Decimal]>(
      [takes('dividend', 'number'), takes('divisor', 'number')],
      'number',
      modulo,
    ),
  ),
  ofNumber('sqrt', 'number', x => (x.isNegative() ? null : x.sqrt())),
  ofNumber('log', 'number', x => (x.isPositive() && !x.isZero() ? x.ln() : null)),
  ofNumber('exp', 'number', x => x.exp()),
  parity('odd', 1),
  parity('even', 0),
]

/** The sign of the divisor (dividend − divisor × floor(dividend ÷ divisor)); decimal.js gives that of the dividend. */
function modulo([dividend, divisor]: readonly [Decimal, Decimal], env: CallEnvironment): Value {
  if (divisor.isZero()) return outside(env)
  const rest = dividend.mod(divisor)
  if (rest.isZero()) return ZERO
  return rest.isNegative() === divisor.isNegative() ? settled(rest) : settled(rest.plus(divisor))
}
