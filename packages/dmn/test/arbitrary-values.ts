import fc from 'fast-check'
import { FeelContext } from '../src/value/context.ts'
import { dateFromParts, FeelDate } from '../src/value/date.ts'
import { FeelDateTime } from '../src/value/date-time.ts'
import { daysDuration, monthsDuration } from '../src/value/duration.ts'
import { FeelFunction } from '../src/value/function.ts'
import { Decimal, withinRange } from '../src/value/number.ts'
import { FeelRange, rangeOfComparison } from '../src/value/range.ts'
import { DAY_NANOSECONDS, FeelTime } from '../src/value/time.ts'
import type { Value } from '../src/value/value.ts'

const digits = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
)

export const numbers: fc.Arbitrary<Decimal> = fc
  .tuple(digits, fc.oneof(fc.integer({ min: -3, max: 0 }), fc.integer({ min: -380, max: 380 })))
  .map(([text, exponent]) => withinRange(new Decimal(`${text}e${exponent}`)) ?? new Decimal(0))

/** Well-formed, with characters on both sides of U+FFFF. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '𠮷', '😀', '﹏', 'É', '(', '\\', '$', '.', '\n', '中') }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('[1..5]', 'P1D', '10:30:00Z', '2024-02-29', '1,000.5'),
)

export const dates: fc.Arbitrary<FeelDate> = fc.oneof(
  fc.integer({ min: -719_162, max: 2_932_896 }).map(day => new FeelDate(day)),
  fc
    .integer({ min: -999_999_999, max: 999_999_999 })
    .map(year => dateFromParts(year, 2, 28) ?? new FeelDate(0)),
)

export const zones = fc.constantFrom(
  null,
  0,
  28_800,
  -18_000,
  20_701,
  'Asia/Shanghai',
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Etc/UTC',
)

export const times: fc.Arbitrary<FeelTime> = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 86_399 }).map(seconds => seconds * 1_000_000_000),
      fc.integer({ min: 0, max: DAY_NANOSECONDS - 1 }),
    ),
    zones,
  )
  .map(([nanoseconds, zone]) => new FeelTime(nanoseconds, zone))

export const dateTimes: fc.Arbitrary<FeelDateTime> = fc
  .tuple(dates, times)
  .map(([date, time]) => new FeelDateTime(date, time))

export const daysDurations = fc
  .oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map(seconds => new Decimal(seconds)),
    fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }).map(amount => new Decimal(`${amount}e-9`)),
  )
  .map(seconds => daysDuration(seconds) ?? daysDuration(new Decimal(0)))
  .filter(duration => duration !== null)

export const monthsDurations = fc
  .oneof(
    fc.integer({ min: -500, max: 500 }).map(String),
    fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(String),
  )
  .map(months => monthsDuration(new Decimal(months)))
  .filter(duration => duration !== null)

const scalars: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  numbers,
  texts,
  dates,
  times,
  dateTimes,
  daysDurations,
  monthsDurations,
)

const ranges: fc.Arbitrary<Value> = fc.oneof(
  fc
    .tuple(scalars, scalars, fc.boolean(), fc.boolean())
    .map(([low, high, lowClosed, highClosed]) => new FeelRange(low, high, lowClosed, highClosed)),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), scalars)
    .map(([operator, bound]) => rangeOfComparison(operator, bound)),
)

const TWO = [
  { name: 'a', type: 'Any' as const },
  { name: 'b', type: 'Any' as const },
]
const functions: fc.Arbitrary<Value> = fc.constantFrom(
  new FeelFunction(TWO, 'boolean', ([a = null, b = null]) => a === b),
  new FeelFunction(TWO, 'boolean', () => true),
  new FeelFunction(TWO, 'Any', ([a = null]) => a),
  new FeelFunction([], 'Any', () => null),
)

/** Every kind of value, lists and contexts of them. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { weight: 6, arbitrary: scalars },
    { weight: 1, arbitrary: ranges },
    { weight: 1, arbitrary: functions },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(numbers, { maxLength: 5 }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom('a', 'b', 'key', 'value', '__proto__'), tie('value')), {
          maxLength: 3,
        })
        .map(entries => new FeelContext(new Map(entries))),
    },
  ),
})).value
