/** A calendar date of the proleptic Gregorian calendar, years 1 to 9999, as days since 1970-01-01. */
export class FeelDate {
  readonly epochDay: number

  constructor(epochDay: number) {
    this.epochDay = epochDay
  }
}

export interface YearMonthDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DAY_MS = 86_400_000

const EPOCH_DAY_MIN = -719_162 // 0001-01-01
const EPOCH_DAY_MAX = 2_932_896 // 9999-12-31

export function dateFromEpochDay(epochDay: number): FeelDate | null {
  return epochDay >= EPOCH_DAY_MIN && epochDay <= EPOCH_DAY_MAX ? new FeelDate(epochDay) : null
}

/** Null for a day the calendar does not have, 2023-02-29 for one. */
export function dateFromParts(year: number, month: number, day: number): FeelDate | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null
  if (!Number.isInteger(month) || month < 1 || month > 12) return null
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null
  return new FeelDate(epochDayOf(year, month, day))
}

export function parseDate(text: string): FeelDate | null {
  const match = DATE.exec(text)
  return match ? dateFromParts(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

export function formatDate(date: FeelDate): string {
  const { year, month, day } = partsOf(date)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

export function partsOf(date: FeelDate): YearMonthDay {
  const at = new Date(date.epochDay * DAY_MS)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}

/** The same day of another month; the last day of it where it is shorter (2024-01-31 + 1 month = 2024-02-29). */
export function addMonths(date: FeelDate, months: number): FeelDate | null {
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const toYear = Math.floor(count / 12)
  const toMonth = (count % 12) + 1
  if (toYear < 1 || toYear > 9999) return null
  return dateFromParts(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** Whole months from one date to another, towards zero. */
export function monthsBetween(from: FeelDate, to: FeelDate): number {
  const a = partsOf(from)
  const b = partsOf(to)
  const months = (b.year - a.year) * 12 + (b.month - a.month)
  if (months > 0 && b.day < a.day) return months - 1
  if (months < 0 && b.day > a.day) return months + 1
  return months
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function epochDayOf(year: number, month: number, day: number): number {
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; a whole Gregorian cycle of 400 years away it cannot.
  return Date.UTC(year + 400, month - 1, day) / DAY_MS - 146_097
}
