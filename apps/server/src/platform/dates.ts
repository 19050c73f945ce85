import { Temporal } from 'temporal-polyfill'

/** A business date, `YYYY-MM-DD` in the proleptic Gregorian calendar. Text compares as time does. */
export type PlainDate = string

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a text is a day of the calendar, written `2022-06-14`. */
export function isDate(text: string): boolean {
  const match = ISO_DATE.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
  return day >= 1 && day <= days
}

const DAY_MS = 86_400_000

const DAYS_REMEMBERED_MAX = 50_000
const days = new Map<PlainDate, number>()

/** Days since 1970-01-01. Remembered, because a run of claims asks a million times for the same few hundred days. */
export function dateToDay(date: PlainDate): number {
  const known = days.get(date)
  if (known !== undefined) return known
  const day = Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS)
  if (days.size >= DAYS_REMEMBERED_MAX) days.clear()
  days.set(date, day)
  return day
}

export function dayToDate(day: number): PlainDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from the first (counted) to the second (not counted): 算头不算尾. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dateToDay(to) - dateToDay(from)
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dayToDate(dateToDay(date) + days)
}

/** Adds months; a day that the month does not have becomes its last: 01-31 + 1 month = 02-28 or 02-29. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString()
}

export function earliest(first: PlainDate, ...rest: PlainDate[]): PlainDate {
  return rest.reduce((least, date) => (date < least ? date : least), first)
}

export function latest(first: PlainDate, ...rest: PlainDate[]): PlainDate {
  return rest.reduce((most, date) => (date > most ? date : most), first)
}

/** Today by the wall clock of a place, for a platform clock that nobody has moved. */
export function systemDate(timeZone: string): PlainDate {
  return Temporal.Now.plainDateISO(timeZone).toString()
}
