import { dayNumber, type PlainDate } from '../calendar.ts'
import type { DayCount } from '../messages.ts'
import { divideHalfUp, type Fen, parseRate, RATE_ONE } from '../money.ts'

/** What changes the interest of a loan: from `on`, the balance moves by `fen`, or the rate becomes `annual_rate`. */
export interface Movement {
  readonly on: PlainDate
  readonly fen?: Fen
  readonly annual_rate?: string
}

/** Days between two dates by the contract: 30/360 counts every month as 30 days, the 31st as the 30th (30E/360). */
function contractDays(from: PlainDate, to: PlainDate, dayCount: DayCount): number {
  if (dayCount !== '30/360') return dayNumber(to) - dayNumber(from)
  const position = (date: PlainDate) =>
    Number(date.slice(0, 4)) * 360 + Number(date.slice(5, 7)) * 30 + Math.min(Number(date.slice(8)), 30)
  return position(to) - position(from)
}

/**
 * The contract interest of a period, as a correct bank settles it: balance by balance, first day counted,
 * last day not, rounded half up once at settlement.
 *
 * @param movements in order of their day
 * @param annualRate before the first movement that changes it
 * @returns fen that fall due on `to`
 */
export function interestDue(
  movements: readonly Movement[],
  annualRate: string,
  dayCount: DayCount,
  from: PlainDate,
  to: PlainDate,
): Fen {
  let since = from
  let balance = 0n
  let rate = parseRate(annualRate)
  let sum = 0n
  for (const movement of movements) {
    if (movement.on >= to) break
    if (movement.on > since) {
      sum += balance * rate * BigInt(contractDays(since, movement.on, dayCount))
      since = movement.on
    }
    balance += movement.fen ?? 0n
    if (movement.annual_rate !== undefined) rate = parseRate(movement.annual_rate)
  }
  sum += balance * rate * BigInt(contractDays(since, to, dayCount))
  return divideHalfUp(sum, RATE_ONE * (dayCount === 'ACT/365' ? 365n : 360n))
}
