import { addDays, daysBetween, earlier, later, nextSettlementDay, type PlainDate } from '../calendar.ts'
import { divideHalfUp, type Fen } from '../money.ts'
import type { Random } from '../random.ts'
import type { Movement } from './interest.ts'
import { writeRate } from './lpr.ts'
import type { LoanPlan } from './plan.ts'
import { reckonedInterest } from './reckoning.ts'
import type { Act, Schedule } from './schedule.ts'

/** The interest of a period: what fell due on `to`, what was paid then, and what had been paid in the end. */
export interface PaidSettlement {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly due: Fen
  readonly paid_at_first: Fen
  /** Set where the rest came later, with penalty interest on it. */
  readonly made_up?: { readonly on: PlainDate; readonly penalty: Fen }
}

/** A time during which the bank holds the loan to be overdue. */
interface OverdueSpell {
  readonly on: PlainDate
  readonly fen: Fen
  /** undefined: it was never cured. */
  readonly cured_on: PlainDate | undefined
}

export interface Payments {
  readonly settlements: readonly PaidSettlement[]
  /** What happens to the principal and the rate: less than was planned, where the borrower stopped paying. */
  readonly acts: readonly Act[]
  readonly overdue: OverdueSpell | undefined
}

type Conduct = 'pays' | 'pays late' | 'overdue and cured' | 'overdue for good'

/** How the movements of principal and rate enter the interest. */
function movementsOf(acts: readonly Act[]): Movement[] {
  return acts.flatMap((act): Movement[] => {
    if (act.kind === 'rate_change') return [{ on: act.on, annual_rate: act.annual_rate }]
    if (act.kind === 'extension') return []
    return [{ on: act.on, fen: act.kind === 'drawdown' ? act.fen : -act.fen }]
  })
}

function settle(plan: LoanPlan, acts: readonly Act[], until: PlainDate): PaidSettlement[] {
  const movements = movementsOf(acts)
  const settlements: PaidSettlement[] = []
  const months = plan.settlement === 'monthly' ? 1 : 3
  for (let from = plan.first_drawn_on; from < until; ) {
    const to = earlier(nextSettlementDay(from, months), until)
    const rate = writeRate(plan.basis_points)
    const due = reckonedInterest(plan.reckoning, movements, rate, plan.day_count, from, to)
    settlements.push({ from, to, due, paid_at_first: due })
    from = to
  }
  return settlements
}

/** Half as much again as the contract's rate on what came late, by actual days (罚息). */
function penalty(plan: LoanPlan, unpaid: Fen, days: number): Fen {
  return divideHalfUp(unpaid * BigInt(plan.basis_points) * 3n * BigInt(days), 2n * 10_000n * 360n)
}

/** A settlement of which a part, or nothing, was paid on the day, and the rest on a later one. */
function late(
  plan: LoanPlan,
  settlement: PaidSettlement,
  on: PlainDate,
  percentAtFirst: number,
): PaidSettlement {
  const paid_at_first = (settlement.due * BigInt(percentAtFirst)) / 100n
  const unpaid = settlement.due - paid_at_first
  return {
    ...settlement,
    paid_at_first,
    made_up: { on, penalty: penalty(plan, unpaid, daysBetween(settlement.to, on)) },
  }
}

function overdueForGood(
  plan: LoanPlan,
  { acts, closes_on }: Schedule,
  troubled: PaidSettlement,
  on: PlainDate,
): Payments {
  const kept = acts.filter(act => act.kind === 'rate_change' || act.on < troubled.to)
  const settlements = settle(plan, kept, later(plan.matures_on, closes_on))
  return {
    settlements: settlements.map(each => (each.to < troubled.to ? each : { ...each, paid_at_first: 0n })),
    acts: kept,
    overdue: { on, fen: troubled.due, cured_on: undefined },
  }
}

/**
 * How the borrower pays the interest. Most pay on the day; some late or partly; some are overdue until they have
 * paid up; a few stop paying for good, and with the interest the principal.
 */
export function payInterest(plan: LoanPlan, schedule: Schedule, chance: Random): Payments {
  const { acts, closes_on } = schedule
  const settlements = settle(plan, acts, closes_on)
  const conduct = plan.flagship || plan.to_be_refinanced ? 'pays' : drawConduct(chance)
  // What goes wrong does so well before the loan is repaid, and for most within the first settlements.
  const candidates = settlements.filter(({ to, due }) => due > 0n && addDays(to, 20) < closes_on)
  const number = chance.below(Math.max(1, Math.min(candidates.length, chance.chance(70) ? 3 : 12)))
  const troubled = candidates[number]
  if (conduct === 'pays' || !troubled) return { settlements, acts, overdue: undefined }

  if (conduct === 'pays late') {
    const on = earlier(addDays(troubled.to, chance.between(4, 60)), closes_on)
    const paid = late(plan, troubled, on, chance.pick([0, 30, 50, 80]))
    return { settlements: settlements.with(settlements.indexOf(troubled), paid), acts, overdue: undefined }
  }
  const overdueOn = addDays(troubled.to, chance.between(1, 3))
  if (conduct === 'overdue for good') return overdueForGood(plan, schedule, troubled, overdueOn)
  const cured_on = earlier(addDays(troubled.to, chance.between(15, 110)), closes_on)
  return {
    settlements: settlements.map(each =>
      each.to >= troubled.to && each.to < cured_on ? late(plan, each, cured_on, 0) : each,
    ),
    acts,
    overdue: { on: overdueOn, fen: troubled.due, cured_on },
  }
}

function drawConduct(chance: Random): Conduct {
  return chance.weighted<Conduct>([
    [89, 'pays'],
    [6, 'pays late'],
    [4, 'overdue and cured'],
    [1, 'overdue for good'],
  ])
}
