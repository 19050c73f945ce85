import { addMonths, dateFromEpochDay, type FeelDate, isWithinDatabase } from './date.ts'
import { atInstant, FeelDateTime, instantOf, localSeconds } from './date-time.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { Decimal } from './number.ts'
import { DAY_NANOSECONDS, FeelTime, offsetOfTime, SECOND_NANOSECONDS } from './time.ts'

/** No date of the years 1 to 9999 lies further from another. */
const MONTHS_MAX = 120_000
const SECONDS_MAX = 3_652_425 * 86_400

type Duration = DaysDuration | MonthsDuration

/** Hours are dropped downwards: a date plus PT25H is the next day, minus PT1H the day before. */
export function shiftDate(date: FeelDate, by: Duration): FeelDate | null {
  if (by instanceof MonthsDuration) return shiftMonths(date, by)
  if (by.seconds.abs().gt(SECONDS_MAX)) return null
  return dateFromEpochDay(date.epochDay + Math.floor(by.seconds.floor().toNumber() / 86_400))
}

/** Months move the calendar and leave the clock; days and time move along the time line, over a change of clocks. */
export function shiftDateTime(at: FeelDateTime, by: Duration): FeelDateTime | null {
  if (by instanceof MonthsDuration) {
    const date = shiftMonths(at.date, by)
    return date && new FeelDateTime(date, at.time)
  }
  if (by.seconds.abs().gt(SECONDS_MAX)) return null
  const from = instantOf(at)
  const wholeSeconds = by.seconds.floor()
  const nanoseconds = from.nanoseconds + nanosecondsOf(by.seconds.minus(wholeSeconds))
  const carried = nanoseconds >= SECOND_NANOSECONDS ? 1 : 0
  const seconds = from.seconds + wholeSeconds.toNumber() + carried
  const to = atInstant({ seconds, nanoseconds: nanoseconds - carried * SECOND_NANOSECONDS }, at.time.zone)
  return isWithinDatabase(to.date) ? to : null
}

/** Round the clock: 23:00 plus two hours is 01:00. */
export function shiftTime(time: FeelTime, by: DaysDuration): FeelTime {
  const amount = nanosecondsOf(by.seconds.mod(86_400))
  const sum = (time.nanoseconds + amount) % DAY_NANOSECONDS
  return new FeelTime(sum < 0 ? sum + DAY_NANOSECONDS : sum, time.zone)
}

/** Null where only one of them names a zone. */
export function timeBetween(from: FeelTime, to: FeelTime): DaysDuration | null {
  if ((from.zone === null) !== (to.zone === null)) return null
  const offsets = (offsetOfTime(from) ?? 0) - (offsetOfTime(to) ?? 0)
  const local = new Decimal(to.nanoseconds - from.nanoseconds).div(SECOND_NANOSECONDS)
  return new DaysDuration(from.zone === to.zone ? local : local.plus(offsets))
}

/** Null where only one of them names a zone. */
export function durationBetween(from: FeelDateTime, to: FeelDateTime): DaysDuration | null {
  if ((from.time.zone === null) !== (to.time.zone === null)) return null
  if (from.time.zone === null) {
    return lasting(
      localSeconds(to) - localSeconds(from),
      (to.time.nanoseconds % SECOND_NANOSECONDS) - (from.time.nanoseconds % SECOND_NANOSECONDS),
    )
  }
  const [a, b] = [instantOf(from), instantOf(to)]
  return lasting(b.seconds - a.seconds, b.nanoseconds - a.nanoseconds)
}

function lasting(seconds: number, nanoseconds: number): DaysDuration {
  return new DaysDuration(new Decimal(nanoseconds).div(SECOND_NANOSECONDS).plus(seconds))
}

function shiftMonths(date: FeelDate, by: MonthsDuration): FeelDate | null {
  return by.months.abs().gt(MONTHS_MAX) ? null : addMonths(date, by.months.toNumber())
}

function nanosecondsOf(seconds: Decimal): number {
  return seconds.times(SECOND_NANOSECONDS).toNumber()
}
