/**
 * The proleptic Gregorian calendar on plain numbers, for any year a safe integer of days can reach; JavaScript's own
 * Date ends at the years ±271,821. Days count from 1970-01-01, years start in March so that a leap day comes last.
 */
const DAYS_IN_CYCLE = 146_097 // 400 years
const DAYS_TO_EPOCH = 719_468 // from 0000-03-01 to 1970-01-01

export function epochDayOf(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const cycle = Math.floor(marchYear / 400)
  const yearOfCycle = marchYear - cycle * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfCycle =
    yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear
  return cycle * DAYS_IN_CYCLE + dayOfCycle - DAYS_TO_EPOCH
}

export function partsOfDay(epochDay: number): {
  readonly year: number
  readonly month: number
  readonly day: number
} {
  const days = epochDay + DAYS_TO_EPOCH
  const cycle = Math.floor(days / DAYS_IN_CYCLE)
  const dayOfCycle = days - cycle * DAYS_IN_CYCLE
  const yearOfCycle = Math.floor(
    (dayOfCycle -
      Math.floor(dayOfCycle / 1460) +
      Math.floor(dayOfCycle / 36_524) -
      Math.floor(dayOfCycle / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return { year: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month, day }
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
