import { epochDayOf } from '../value/calendar.ts'
import { dateFromParts, FeelDate, monthsBetween, parseDate, partsOf, weekdayOf } from '../value/date.ts'
import { FeelDateTime, parseDateTimeOrDate } from '../value/date-time.ts'
import { type DaysDuration, MonthsDuration, parseDuration } from '../value/duration.ts'
import { Decimal } from '../value/number.ts'
import { type FeelTime, parseTime, SECOND_NANOSECONDS, timeFromParts } from '../value/time.ts'
import type { Value } from '../value/value.ts'
import { isOffset, type Zone } from '../value/zone.ts'
import type { BuiltIn, CallEnvironment, Signature } from './built-in.ts'
import { builtIn, outside, takes, way } from './signature.ts'

type Moment = FeelDate | FeelDateTime
type MomentType = 'date' | 'date and time'
const MOMENTS: readonly MomentType[] = ['date', 'date and time']

function dateOf(moment: Moment): FeelDate {
  return moment instanceof FeelDateTime ? moment.date : moment
}

function fromText(result: 'date' | 'time' | 'date and time', parse: (text: string) => Value): Signature {
  return way<readonly [string]>(
    [takes('from', 'string')],
    result,
    ([text], env) => parse(text) ?? outside(env),
  )
}

/** A function of a date, or of the date of a date and time. */
function ofDate(name: string, result: 'number' | 'string', compute: (date: FeelDate) => Value): BuiltIn {
  return builtIn(
    name,
    ...MOMENTS.map(type =>
      way<readonly [Moment]>([takes('date', type)], result, ([moment]) => compute(dateOf(moment))),
    ),
  )
}

export const TEMPORAL: readonly BuiltIn[] = [
  builtIn(
    'date',
    fromText('date', parseDate),
    ...MOMENTS.map(type =>
      way<readonly [Moment]>([takes('from', type)], 'date', ([moment]) => dateOf(moment)),
    ),
    way<readonly [Decimal, Decimal, Decimal]>(
      [takes('year', 'number'), takes('month', 'number'), takes('day', 'number')],
      'date',
      ([year, month, day], env) =>
        dateFromParts(year.toNumber(), month.toNumber(), day.toNumber()) ?? outside(env),
    ),
  ),
  builtIn(
    'time',
    fromText('time', parseTime),
    way<readonly [FeelTime]>([takes('from', 'time')], 'time', ([time]) => time),
    way<readonly [FeelDateTime]>([takes('from', 'date and time')], 'time', ([{ time }]) => time),
    way<readonly [Decimal, Decimal, Decimal, (DaysDuration | null)?]>(
      [
        takes('hour', 'number'),
        takes('minute', 'number'),
        takes('second', 'number'),
        takes('offset?', 'days and time duration', { nullable: true }),
      ],
      'time',
      timeOf,
    ),
  ),
  builtIn(
    'date and time',
    fromText('date and time', parseDateTimeOrDate),
    way<readonly [FeelDateTime]>([takes('from', 'date and time')], 'date and time', ([moment]) => moment),
    ...MOMENTS.map(type =>
      way<readonly [Moment, FeelTime]>(
        [takes('date', type), takes('time', 'time')],
        'date and time',
        ([date, time]) => new FeelDateTime(dateOf(date), time),
      ),
    ),
  ),
  builtIn(
    'duration',
    way<readonly [string]>(
      [takes('from', 'string')],
      'Any',
      ([text], env) => parseDuration(text) ?? outside(env),
    ),
  ),
  builtIn(
    'years and months duration',
    ...MOMENTS.flatMap(from =>
      MOMENTS.map(to =>
        way<readonly [Moment, Moment]>(
          [takes('from', from), takes('to', to)],
          'years and months duration',
          ([a, b]) => new MonthsDuration(new Decimal(monthsBetween(dateOf(a), dateOf(b)))),
        ),
      ),
    ),
  ),
  builtIn(
    'today',
    way([], 'date', (_, env) => env.today),
  ),
  builtIn(
    'now',
    way([], 'date and time', (_, env) => env.now),
  ),
  ofDate('day of year', 'number', date => new Decimal(dayOfYear(date))),
  ofDate('day of week', 'string', date => DAYS[weekdayOf(date) - 1] ?? null),
  ofDate('month of year', 'string', date => MONTHS[partsOf(date).month - 1] ?? null),
  ofDate('week of year', 'number', date => new Decimal(weekOfYear(date))),
]

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Seconds may have decimals, to the nanosecond; the offset is a whole number of them. */
function timeOf(
  [hour, minute, second, offset]: readonly [Decimal, Decimal, Decimal, (DaysDuration | null)?],
  env: CallEnvironment,
): Value {
  const whole = second.floor()
  const nanosecond = second.minus(whole).times(SECOND_NANOSECONDS).trunc().toNumber()
  const zone: Zone = offset ? offset.seconds.toNumber() : null
  if (zone !== null && !isOffset(zone)) return outside(env)
  const time = timeFromParts(hour.toNumber(), minute.toNumber(), whole.toNumber(), nanosecond, zone)
  return time ?? outside(env)
}

function dayOfYear(date: FeelDate): number {
  return date.epochDay - epochDayOf(partsOf(date).year, 1, 1) + 1
}

/** ISO 8601: weeks begin on Monday, and the week of a day is that of its Thursday. */
function weekOfYear(date: FeelDate): number {
  const thursday = new FeelDate(date.epochDay + 4 - weekdayOf(date))
  return Math.ceil(dayOfYear(thursday) / 7)
}
