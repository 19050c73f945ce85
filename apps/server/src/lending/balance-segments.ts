import type { PlainDate } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'
import { type Fen, formatYuan, type Rate } from '../platform/money.ts'

/** What the balance and the rate follow from: a loan event as the database spells it. Other kinds are passed over. */
export interface BalanceEvent {
  readonly id: string
  readonly kind: string
  readonly occurred_on: PlainDate
  /** Principal drawn or repaid. */
  readonly amount_fen: Fen | null
  readonly annual_rate: Rate | null
  readonly reverses_id: string | null
}

/** Principal that stood unchanged, at an unchanged rate, from the first day (counted) to the last (not counted). */
export interface BalanceSegment {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly principalFen: Fen
  readonly annualRate: Rate
}

/**
 * Divides [from, to) wherever the balance or the rate changes. Days without a balance give no segment; changes
 * of one day take effect together, on that day.
 *
 * @param events     in the order in which they were recorded; an event and its reversal count for nothing
 * @param annualRate the contract's first rate, in force until a rate change
 * @throws DomainError `loan.repaid-more-than-drawn` when at the end of some day more was repaid than drawn
 */
export function balanceSegments(
  events: readonly BalanceEvent[],
  annualRate: Rate,
  from: PlainDate,
  to: PlainDate,
): BalanceSegment[] {
  const segments: BalanceSegment[] = []
  let principalFen = 0n
  let rate = annualRate
  let since = from
  const closeAt = (day: PlainDate): void => {
    const last = segments.at(-1)
    if (day <= since) return
    if (principalFen > 0n) {
      const continues = last?.to === since && last.principalFen === principalFen && last.annualRate === rate
      if (continues) segments[segments.length - 1] = { ...last, to: day }
      else segments.push({ from: since, to: day, principalFen, annualRate: rate })
    }
    since = day
  }
  let today: PlainDate | undefined
  for (const event of inForce(events)) {
    if (event.occurred_on >= to) break
    if (event.occurred_on !== today) {
      requireDrawn(principalFen, today)
      today = event.occurred_on
      closeAt(today)
    }
    principalFen += principalChange(event)
    if (event.kind === 'rate_change' && event.annual_rate !== null) rate = event.annual_rate
  }
  requireDrawn(principalFen, today)
  closeAt(to)
  return segments
}

/** The events that count, by day; on one day as they were recorded. */
function inForce(events: readonly BalanceEvent[]): BalanceEvent[] {
  const reversed = new Set<string>()
  for (const event of events) if (event.reverses_id !== null) reversed.add(event.reverses_id)
  const counting = events.filter(event => event.reverses_id === null && !reversed.has(event.id))
  return counting.sort((a, b) => (a.occurred_on < b.occurred_on ? -1 : a.occurred_on > b.occurred_on ? 1 : 0))
}

function principalChange({ kind, amount_fen }: BalanceEvent): Fen {
  if (amount_fen === null) return 0n
  if (kind === 'drawdown') return amount_fen
  return kind === 'repayment' || kind === 'early_repayment' ? -amount_fen : 0n
}

function requireDrawn(principalFen: Fen, day: PlainDate | undefined): void {
  if (principalFen >= 0n) return
  const excess = formatYuan(-principalFen)
  throw new DomainError({
    code: 'loan.repaid-more-than-drawn',
    value: day,
    zh: `截至 ${day}，归还的本金比提取的多 ${excess} 元：请补报漏报的提款，或冲正多报的还款。`,
    en: `By ${day}, ${excess} yuan more principal was repaid than drawn: report the missing drawdown, or reverse the repayment.`,
  })
}
