import { addDays, dateOf, dayNumber, dayOfMonth, type PlainDate } from '../calendar.ts'
import type { DayCount } from '../messages.ts'
import { divideHalfUp, type Fen, lesser, RATE_ONE } from '../money.ts'
import type { Step } from './loan-facts.ts'

/**
 * How many days of interest one calendar day is. By 30/360 (30E/360) the 31st is the 30th, so that the 30th before
 * a 31st gives none; and February's last day stands for the days it lacks.
 */
export function weightOfDay(day: number, dayCount: DayCount): bigint {
  if (dayCount !== '30/360') return 1n
  const today = dayOfMonth(dateOf(day))
  const tomorrow = dayOfMonth(addDays(dateOf(day), 1))
  if (tomorrow === 31) return 0n
  if (tomorrow === 1) return BigInt(31 - Math.min(today, 30))
  return 1n
}

/**
 * Interest, one day after another: each day's balance at that day's rate, summed exactly and rounded half up once.
 *
 * @param from the first day that counts
 * @param to the first day that does not
 * @param balanceMax only so much of the balance counts; left out: all of it
 * @returns fen
 */
export function interestBetween(
  steps: readonly Step[],
  dayCount: DayCount,
  from: PlainDate,
  to: PlainDate,
  balanceMax?: Fen,
): Fen {
  let next = 0
  let now: Step | undefined
  let sum = 0n
  const last = dayNumber(to)
  for (let day = dayNumber(from); day < last; day++) {
    while (next < steps.length && (steps[next]?.day ?? Number.POSITIVE_INFINITY) <= day) now = steps[next++]
    if (!now) continue
    const balance = balanceMax === undefined ? now.balance : lesser(now.balance, balanceMax)
    sum += balance * now.rate * weightOfDay(day, dayCount)
  }
  return divideHalfUp(sum, RATE_ONE * (dayCount === 'ACT/365' ? 365n : 360n))
}
