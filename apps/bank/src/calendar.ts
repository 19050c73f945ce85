import { Temporal } from 'temporal-polyfill'

/** A business date, `YYYY-MM-DD`. Text compares as time does. */
export type PlainDate = string

const DAY_MS = 86_400_000

/** Whether the text is a day of the calendar, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Days since 1970-01-01. */
export function dayNumber(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}

/** The date of a day number. */
export function dateOf(day: number): PlainDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOf(dayNumber(date) + days)
}

/** Whole days from the first, counted, to the second, not counted (算头不算尾). */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Adds months; a day that the month does not have becomes its last: 01-31 and one month are 02-28 or 02-29. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString()
}

export function dayOfMonth(date: PlainDate): number {
  return Number(date.slice(8))
}

export function earlier(one: PlainDate, other: PlainDate): PlainDate {
  return one < other ? one : other
}

export function later(one: PlainDate, other: PlainDate): PlainDate {
  return one > other ? one : other
}

/** The same day, or the Monday after it where it falls on a weekend. */
export function weekday(date: PlainDate): PlainDate {
  const dayOfWeek = (dayNumber(date) + 3) % 7 // 1970-01-01 was a Thursday; Monday is 0
  return dayOfWeek < 5 ? date : addDays(date, 7 - dayOfWeek)
}

/** The calendar quarter of a day: `2022-09-21` → `2022Q3`. */
export function quarterOf(date: PlainDate): string {
  return `${date.slice(0, 4)}Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
}

/**
 * The settlement days after a date: the 21st, first day of the next period (the 20th is the last day of the old).
 *
 * @param months 3: the last month of each quarter; 1: every month
 * @returns the first such day that is later than `date`
 */
export function nextSettlementDay(date: PlainDate, months: 1 | 3): PlainDate {
  const inMonth = `${date.slice(0, 8)}21`
  const month = Number(date.slice(5, 7))
  const monthsAhead = months === 1 ? 0 : (3 - (month % 3)) % 3
  const candidate = addMonths(inMonth, monthsAhead)
  return candidate > date ? candidate : addMonths(candidate, months)
}
