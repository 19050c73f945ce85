import { dateOfAnyYear, type FeelDate, isWithinDatabase, monthsLater } from './date.ts'
import { atInstant, FeelDateTime, instant, instantOf } from './date-time.ts'
import { DaysDuration, MonthsDuration, SECONDS_A_DAY } from './duration.ts'
import { Decimal } from './number.ts'
import { DAY_NANOSECONDS, FeelTime, offsetOfTime, SECOND_NANOSECONDS } from './time.ts'

type Duration = DaysDuration | MonthsDuration

/**
 * Hours are dropped downwards: a date plus PT25H is the next day, minus PT1H the day before. From a date both readings
 * of a rule can hold, one comes to such a date or to null, so that they agree; from any other to any year DMN knows.
 */
export function shiftDate(date: FeelDate, by: Duration): FeelDate | null {
  const to =
    by instanceof MonthsDuration
      ? monthsLater(date, by.months.toNumber())
      : dateOfAnyYear(date.epochDay + wholeDays(by.seconds))
  return to !== null && isWithinDatabase(date) && !isWithinDatabase(to) ? null : to
}

/** Months move the calendar and leave the clock; days and time move along the time line, over a change of clocks. */
export function shiftDateTime(at: FeelDateTime, by: Duration): FeelDateTime | null {
  if (by instanceof MonthsDuration) {
    const date = monthsLater(at.date, by.months.toNumber())
    return date && new FeelDateTime(date, at.time)
  }
  const from = instantOf(at)
  const days = wholeDays(by.seconds)
  const rest = nanosecondsOf(by.seconds.minus(SECONDS_A_DAY.times(days)))
  const to = atInstant(instant(from.day + days, from.nanoseconds + rest), at.time.zone)
  return dateOfAnyYear(to.date.epochDay) && to
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
  const [a, b] = [instantOf(from), instantOf(to)]
  const rest = new Decimal(b.nanoseconds - a.nanoseconds).div(SECOND_NANOSECONDS)
  return new DaysDuration(SECONDS_A_DAY.times(b.day - a.day).plus(rest))
}

/** Downwards. A duration is below 10^18 seconds, so its days are a safe integer. */
function wholeDays(seconds: Decimal): number {
  return seconds.div(SECONDS_A_DAY).floor().toNumber()
}

function nanosecondsOf(seconds: Decimal): number {
  return seconds.times(SECOND_NANOSECONDS).toNumber()
}
