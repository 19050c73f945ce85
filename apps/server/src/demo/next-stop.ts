import { addDays, addMonths, type PlainDate } from '../platform/dates.ts'

/**
 * The day after the next quarterly settlement: interest falls due on the 21st of March, June, September and
 * December, and a day later all banks have reported it.
 */
export function nextStop(today: PlainDate): PlainDate {
  const month = Number(today.slice(5, 7))
  const stop = addDays(addMonths(`${today.slice(0, 8)}21`, (3 - (month % 3)) % 3), 1)
  return stop > today ? stop : addDays(addMonths(addDays(stop, -1), 3), 1)
}
