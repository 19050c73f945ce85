import { addMonths, type PlainDate } from '../platform/dates.ts'

/** When interest is settled: on the 20th of the quarter's last month, or of each month. */
export type Settlement = 'quarterly' | 'monthly'

/** From the first day, counted, to the settlement day, which belongs to the next period. */
export interface SettlementPeriod {
  readonly from: PlainDate
  readonly to: PlainDate
}

/**
 * The periods in which a loan's interest is settled. The first begins when the loan is drawn and the last ends
 * when it is repaid; both may be broken.
 *
 * @param from the first day with a balance
 * @param to   the day of repayment, or the last settlement day of interest so far
 * @returns in order, without gaps; none when the loan ends on the day it begins
 * Source: quarterly 21 Mar/Jun/Sep/Dec, monthly the 21st; settled on the 20th, posted on the 21st
 */
export function settlementPeriods(
  from: PlainDate,
  to: PlainDate,
  settlement: Settlement,
): SettlementPeriod[] {
  const periods: SettlementPeriod[] = []
  for (let start = from; start < to; ) {
    const next = nextSettlementDay(start, settlement)
    const end = next < to ? next : to
    periods.push({ from: start, to: end })
    start = end
  }
  return periods
}

/** The first settlement day after a day: the 21st on which the period of that day is over. */
export function nextSettlementDay(day: PlainDate, settlement: Settlement): PlainDate {
  const length = settlement === 'quarterly' ? 3 : 1
  const month = Number(day.slice(5, 7))
  const ahead = (length - (month % length)) % length
  const candidate = addMonths(`${day.slice(0, 7)}-21`, ahead)
  return candidate > day ? candidate : addMonths(candidate, length)
}
