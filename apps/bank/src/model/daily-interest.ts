import { addDays, dateOf, dayNumber, dayOfMonth } from '../calendar.ts'
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

export interface InterestOfDays {
  readonly steps: readonly Step[]
  readonly day_count: DayCount
  /** Day numbers: the first counts, `to` does not. */
  readonly from: number
  readonly to: number
  /** Only so much of the balance counts; undefined: all of it. */
  readonly balance_max?: Fen
}

/**
 * Interest, one day after another: each day's balance at that day's rate, summed exactly and rounded half up once.
 *
 * @returns fen
 */
export function interestOfDays({ steps, day_count, from, to, balance_max }: InterestOfDays): Fen {
  let next = 0
  let now: Step | undefined
  let sum = 0n
  for (let day = from; day < to; day++) {
    while (next < steps.length && (steps[next]?.day ?? Number.POSITIVE_INFINITY) <= day) now = steps[next++]
    if (!now) continue
    const balance = balance_max === undefined ? now.balance : lesser(now.balance, balance_max)
    sum += balance * now.rate * weightOfDay(day, day_count)
  }
  return divideHalfUp(sum, RATE_ONE * (day_count === 'ACT/365' ? 365n : 360n))
}

/** The same for dates. */
export function interestBetween(
  steps: readonly Step[],
  day_count: DayCount,
  from: string,
  to: string,
  balance_max?: Fen,
): Fen {
  return interestOfDays({
    steps,
    day_count,
    from: dayNumber(from),
    to: dayNumber(to),
    ...(balance_max !== undefined && { balance_max }),
  })
}
