import { z } from 'zod'
import { addDays, dateToDay, isDate, type PlainDate } from './dates.ts'
import type { Db } from './db/index.ts'

const day = z.string().refine(isDate, { error: 'not a day of the calendar: write it like 2022-10-08' })

/**
 * `cities/<city>/calendar.json`: for each year, the notice that settled it, the public holidays (first and last day
 * off) and the weekend days worked in exchange. `verified` is false where nobody has read the notice itself.
 */
export const CalendarFile = z.strictObject({
  years: z
    .array(
      z.strictObject({
        year: z.int().min(1990).max(2200),
        source: z.string().min(1),
        issued_on: day,
        verified: z.boolean(),
        holidays: z.array(
          z
            .strictObject({ name: z.string().min(1), from: day, to: day })
            .refine(({ from, to }) => from <= to, { error: 'a holiday ends before it begins' }),
        ),
        workdays: z.array(day.refine(isWeekend, { error: 'a day worked in exchange is a weekend day' })),
      }),
    )
    .refine(years => new Set(years.map(({ year }) => year)).size === years.length, {
      error: 'a year stands twice',
    }),
})
export type CalendarFile = z.infer<typeof CalendarFile>

/** A day that differs from the week: the shape of a row of `calendar_day`. */
export interface CalendarDay {
  readonly day: PlainDate
  readonly working: boolean
  readonly name: string | null
  readonly source: string
}

/** Where a day differs from the week; every other Monday to Friday is worked. */
export interface WorkingDayCalendar {
  readonly exceptions: ReadonlyMap<PlainDate, boolean>
}

/**
 * Reads a city's calendar file.
 *
 * @param content the parsed JSON
 * @returns a row for each holiday and each weekend day worked in exchange, by day
 * @throws ZodError naming the place that is wrong
 */
export function readCalendarFile(content: unknown): CalendarDay[] {
  const days = new Map<PlainDate, CalendarDay>()
  for (const { source, holidays, workdays } of CalendarFile.parse(content).years) {
    for (const { name, from, to } of holidays) {
      for (let day = from; day <= to; day = addDays(day, 1))
        days.set(day, { day, working: false, name, source })
    }
    for (const day of workdays) days.set(day, { day, working: true, name: null, source })
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The calendar to count with, from rows of `calendar_day` or of a file. */
export function workingDayCalendar(
  days: readonly Pick<CalendarDay, 'day' | 'working'>[],
): WorkingDayCalendar {
  return { exceptions: new Map(days.map(({ day, working }) => [day, working])) }
}

/** The city's calendar as it was loaded at the last start. */
export async function getWorkingDayCalendar(db: Db): Promise<WorkingDayCalendar> {
  return workingDayCalendar(await db.selectFrom('calendar_day').select(['day', 'working']).execute())
}

export function isWorkingDay(date: PlainDate, { exceptions }: WorkingDayCalendar): boolean {
  return exceptions.get(date) ?? !isWeekend(date)
}

/**
 * The nth working day after a date; the date itself is not counted. A negative n counts back; none gives the date
 * itself, worked or not.
 */
export function addWorkingDays(date: PlainDate, n: number, calendar: WorkingDayCalendar): PlainDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`Working days are whole days: ${n}`)
  const step = n < 0 ? -1 : 1
  let found = date
  for (let left = Math.abs(n); left > 0; ) {
    found = addDays(found, step)
    if (isWorkingDay(found, calendar)) left--
  }
  return found
}

/** Working days from the first day (counted) to the last (not counted); negative when the last comes first. */
export function workingDaysBetween(from: PlainDate, to: PlainDate, calendar: WorkingDayCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  let count = 0
  for (let day = from; day < to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++
  return count
}

/** Day 0 of 1970 was a Thursday. */
function isWeekend(date: PlainDate): boolean {
  return (((dateToDay(date) + 3) % 7) + 7) % 7 >= 5
}
