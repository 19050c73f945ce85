import { dateOf, dayNumber, type PlainDate } from '../calendar.ts'
import type { DayCount } from '../messages.ts'
import type { Fen } from '../money.ts'
import type { Random } from '../random.ts'
import { interestDue, type Movement } from './interest.ts'

/**
 * How a bank's system reckons the interest of a loan. Not always as its contract says: the system may have been set
 * to another year, or round what falls due on each day instead of once at settlement. What it asks for is then some
 * fen or some thousand yuan from what the contract gives, again at every settlement, until somebody looks into it.
 */
export type Reckoning = 'by the contract' | 'by another year' | 'rounded every day'

/** The year that a wrongly set system takes instead. */
const ANOTHER_YEAR: Record<DayCount, DayCount> = {
  'ACT/360': 'ACT/365',
  'ACT/365': 'ACT/360',
  '30/360': 'ACT/360',
}

/** The second bank set some loans to another year, the third rounds some every day; the others go by the contract. */
export function drawReckoning(bankNumber: number, chance: Random): Reckoning {
  if (bankNumber === 2 && chance.chance(12)) return 'by another year'
  if (bankNumber === 3 && chance.chance(6)) return 'rounded every day'
  return 'by the contract'
}

/** The interest that a bank's system says fell due on `to`. */
export function reckonedInterest(
  reckoning: Reckoning,
  movements: readonly Movement[],
  annualRate: string,
  dayCount: DayCount,
  from: PlainDate,
  to: PlainDate,
): Fen {
  if (reckoning === 'by another year') {
    return interestDue(movements, annualRate, ANOTHER_YEAR[dayCount], from, to)
  }
  if (reckoning === 'by the contract') return interestDue(movements, annualRate, dayCount, from, to)
  let sum = 0n
  for (let day = dayNumber(from); day < dayNumber(to); day++) {
    sum += interestDue(movements, annualRate, dayCount, dateOf(day), dateOf(day + 1))
  }
  return sum
}
