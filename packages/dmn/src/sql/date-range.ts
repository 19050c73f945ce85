import type { Fragment } from './fragment.ts'

/**
 * Dates of the years 1 to 9999. A result outside is null, found by clamping to one day beyond either end and taking
 * that day for null: the operand is read once, and nothing can raise "date out of range".
 */
const BEFORE = "(date '0001-01-01' - 1)"
const AFTER = "date '10000-01-01'"

/** 10,000 years, a whole number of Gregorian cycles. Far shifts are made that much later, where BC cannot be reached. */
export const CYCLES_DAYS = 3_652_425
/** No date of the years 1 to 9999 lies further from another, in months or in days. */
export const MONTHS_MAX = 120_000
export const DAYS_MAX = 3_652_425

export function within(date: Fragment): Fragment {
  return { ...date, text: inRange(date.text, BEFORE, AFTER), nullable: true, cost: date.cost + 4 }
}

/** The same for a date 10,000 years late, which it then brings back. */
export function withinLater(date: Fragment): Fragment {
  const text = inRange(date.text, "date '10000-12-31'", "date '20000-01-01'")
  return { ...date, text: `(${text} - ${CYCLES_DAYS})`, nullable: true, cost: date.cost + 5 }
}

/** Least and greatest pass over nulls; here a null turns into the day below, and so into null again. */
function inRange(date: string, below: string, above: string): string {
  return `nullif(nullif(least(greatest(${date}, ${below}), ${above}), ${below}), ${above})`
}
