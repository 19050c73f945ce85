import { Decimal, formatNumber } from './number.ts'

/** Days and time; kept in seconds, which a date difference fills with whole days. */
export class DaysDuration {
  readonly seconds: Decimal

  constructor(seconds: Decimal) {
    this.seconds = seconds
  }
}

/** Years and months; kept in whole months. */
export class MonthsDuration {
  readonly months: Decimal

  constructor(months: Decimal) {
    this.months = months
  }
}

/** A duration is below 10^18 seconds, or months; seconds have nine places at most. */
export const DURATION_EXPONENT_MAX = 18
export const SECOND_PLACES_MAX = 9

export const SECONDS_A_DAY = new Decimal(86_400)

/** Null when out of range; what is finer than a nanosecond is rounded, ties away from zero. */
export function daysDuration(seconds: Decimal): DaysDuration | null {
  const rounded = seconds.toDecimalPlaces(SECOND_PLACES_MAX)
  if (rounded.isZero()) return new DaysDuration(ZERO)
  return rounded.e < DURATION_EXPONENT_MAX ? new DaysDuration(rounded) : null
}

/** Null when out of range; part of a month is dropped. */
export function monthsDuration(months: Decimal): MonthsDuration | null {
  const whole = months.trunc()
  if (whole.isZero()) return new MonthsDuration(ZERO)
  return whole.e < DURATION_EXPONENT_MAX ? new MonthsDuration(whole) : null
}

const ZERO = new Decimal(0)
const MONTHS = /^(-)?P(?=\d)(?:(\d{1,19})Y)?(?:(\d{1,19})M)?$/
const DAYS =
  /^(-)?P(?=\d|T\d)(?:(\d{1,19})D)?(?:T(?=\d)(?:(\d{1,19})H)?(?:(\d{1,19})M)?(?:(\d{1,19}(?:\.\d{1,20})?)S)?)?$/

/** ISO 8601 without mixing months and days: `P1Y6M`, `-P10D`, `PT36H`. */
export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  const months = MONTHS.exec(text)
  if (months) {
    const total = new Decimal(months[2] ?? 0).times(12).plus(months[3] ?? 0)
    return monthsDuration(months[1] ? total.negated() : total)
  }
  const days = DAYS.exec(text)
  if (!days) return null
  const total = new Decimal(days[2] ?? 0)
    .times(SECONDS_A_DAY)
    .plus(new Decimal(days[3] ?? 0).times(3600))
    .plus(new Decimal(days[4] ?? 0).times(60))
    .plus(days[5] ?? 0)
  return daysDuration(days[1] ? total.negated() : total)
}

export function formatDaysDuration({ seconds }: DaysDuration): string {
  if (seconds.isZero()) return 'PT0S'
  let rest = seconds.abs()
  const days = rest.dividedToIntegerBy(SECONDS_A_DAY)
  rest = rest.minus(days.times(SECONDS_A_DAY))
  const hours = rest.dividedToIntegerBy(3600)
  rest = rest.minus(hours.times(3600))
  const minutes = rest.dividedToIntegerBy(60)
  rest = rest.minus(minutes.times(60))
  const time = part(hours, 'H') + part(minutes, 'M') + part(rest, 'S')
  return `${seconds.isNegative() ? '-' : ''}P${part(days, 'D')}${time === '' ? '' : `T${time}`}`
}

export function formatMonthsDuration({ months }: MonthsDuration): string {
  if (months.isZero()) return 'P0M'
  const years = months.abs().dividedToIntegerBy(12)
  const rest = months.abs().minus(years.times(12))
  return `${months.isNegative() ? '-' : ''}P${part(years, 'Y')}${part(rest, 'M')}`
}

function part(amount: Decimal, unit: string): string {
  return amount.isZero() ? '' : `${formatNumber(amount)}${unit}`
}
