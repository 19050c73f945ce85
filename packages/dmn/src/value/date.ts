import { daysInMonth, epochDayOf, partsOfDay } from './calendar.ts'

/** A calendar date of the proleptic Gregorian calendar, years −999,999,999 to 999,999,999, as days since 1970-01-01. */
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

/** As many as FEEL's own tests write out; XML Schema sets no limit. */
export const YEAR_MAX = 999_999_999

/** Four digits at least, no more than needed, no plus sign: the year as XML Schema writes it. */
export const DATE_PATTERN = '(-?(?:[1-9]\\d{4,8}|\\d{4}))-(\\d{2})-(\\d{2})'
const DATE = new RegExp(`^${DATE_PATTERN}$`)

const FIRST_DAY = epochDayOf(-YEAR_MAX, 1, 1)
const LAST_DAY = epochDayOf(YEAR_MAX, 12, 31)
const EPOCH_DAY_MIN = -719_162 // 0001-01-01
const EPOCH_DAY_MAX = 2_932_896 // 9999-12-31

/** Null outside the years 1 to 9999, which both readings of a rule can hold. */
export function dateFromEpochDay(epochDay: number): FeelDate | null {
  return epochDay >= EPOCH_DAY_MIN && epochDay <= EPOCH_DAY_MAX ? new FeelDate(epochDay) : null
}

/** Null outside the years DMN knows. */
export function dateOfAnyYear(epochDay: number): FeelDate | null {
  return epochDay >= FIRST_DAY && epochDay <= LAST_DAY ? new FeelDate(epochDay) : null
}

export function isWithinDatabase({ epochDay }: FeelDate): boolean {
  return dateFromEpochDay(epochDay) !== null
}

/** Null for a day the calendar does not have, 2023-02-29 for one. */
export function dateFromParts(year: number, month: number, day: number): FeelDate | null {
  if (!Number.isInteger(year) || Math.abs(year) > YEAR_MAX) return null
  if (!Number.isInteger(month) || month < 1 || month > 12) return null
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null
  return new FeelDate(epochDayOf(year, month, day))
}

export function parseDate(text: string): FeelDate | null {
  if (isUsual(text)) return dateFromParts(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
  const match = DATE.exec(text)
  return match ? dateFromParts(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** `2023-08-31`: four digits, two and two. */
function isUsual(text: string): boolean {
  if (text.length !== 10) return false
  for (let i = 0; i < 10; i++) {
    const code = text.charCodeAt(i)
    if (i === 4 || i === 7 ? code !== 45 : code < 48 || code > 57) return false
  }
  return true
}

function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let i = from; i < to; i++) number = number * 10 + (text.charCodeAt(i) - 48)
  return number
}

export function formatDate(date: FeelDate): string {
  const { year, month, day } = partsOf(date)
  const written = String(Math.abs(year)).padStart(4, '0')
  return `${year < 0 ? '-' : ''}${written}-${twoDigits(month)}-${twoDigits(day)}`
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

export function partsOf(date: FeelDate): YearMonthDay {
  return partsOfDay(date.epochDay)
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: FeelDate): number {
  const sinceMonday = (date.epochDay + 3) % 7 // 1970-01-01 was a Thursday
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
}

/** Null outside the years 1 to 9999, which both readings of a rule can hold. */
export function addMonths(date: FeelDate, months: number): FeelDate | null {
  const to = monthsLater(date, months)
  return to !== null && isWithinDatabase(to) ? to : null
}

/** The same day of another month; the last day of it where it is shorter (2024-01-31 + 1 month = 2024-02-29). */
export function monthsLater(date: FeelDate, months: number): FeelDate | null {
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const toYear = Math.floor(count / 12)
  const toMonth = count - toYear * 12 + 1
  if (Math.abs(toYear) > YEAR_MAX) return null
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
