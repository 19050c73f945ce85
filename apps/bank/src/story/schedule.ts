import { addDays, addMonths, daysBetween, later, type PlainDate, weekday } from '../calendar.ts'
import { type Fen, lesser } from '../money.ts'
import { by } from '../order.ts'
import type { Random } from '../random.ts'
import { loanPrimeRate, publicationsBetween, writeRate } from './lpr.ts'
import type { LoanPlan } from './plan.ts'

/** Something that happens to a loan on a day, other than its interest. */
export type Act =
  | { readonly kind: 'drawdown' | 'repayment' | 'early_repayment'; readonly on: PlainDate; readonly fen: Fen }
  | { readonly kind: 'rate_change'; readonly on: PlainDate; readonly annual_rate: string }
  | { readonly kind: 'extension'; readonly on: PlainDate; readonly matures_on: PlainDate }

export interface Schedule {
  /** In order of their day. */
  readonly acts: readonly Act[]
  /** The day on which the last of the principal is repaid. */
  readonly closes_on: PlainDate
}

type Repayment = { readonly kind: 'repayment' | 'early_repayment'; readonly on: PlainDate; readonly fen: Fen }

/** Paid out at once, or in two or three parts weeks apart; now and then the last part is never drawn. */
function drawdowns(plan: LoanPlan, chance: Random): { acts: Act[]; drawn: Fen; last: PlainDate } {
  const whole = plan.flagship || plan.to_be_refinanced || plan.refinances !== undefined
  const parts = whole
    ? 1
    : chance.weighted([
        [58, 1],
        [27, 2],
        [15, 3],
      ])
  const lastIsDrawn = !chance.chance(10)
  const acts: Act[] = []
  let [on, drawn] = [plan.first_drawn_on, 0n]
  for (let part = 1; part <= parts; part++) {
    const rest = plan.principal - drawn
    const share = ((rest * BigInt(chance.between(40, 70))) / 100n / 100_00n) * 100_00n
    if (part > 1) on = weekday(addDays(on, chance.between(14, 45)))
    if (part > 1 && (on >= addDays(plan.matures_on, -30) || (part === parts && !lastIsDrawn))) break
    const fen = part === parts ? rest : share
    acts.push({ kind: 'drawdown', on, fen })
    drawn += fen
  }
  return { acts, drawn, last: acts.at(-1)?.on ?? plan.first_drawn_on }
}

/** What is repaid before maturity: instalments every three months after a while, or early, in part or whole. */
function plannedRepayments(
  plan: LoanPlan,
  drawn: Fen,
  last: PlainDate,
  maturity: PlainDate,
  chance: Random,
): Repayment[] {
  if (plan.flagship || plan.to_be_refinanced) return []
  const repayments: Repayment[] = []
  if (chance.chance(45)) {
    const first = later(addMonths(plan.first_drawn_on, chance.pick([3, 6, 12])), addDays(last, 10))
    const instalment = (drawn / BigInt(chance.between(6, 12)) / 100n) * 100n
    for (let months = 0; weekday(addMonths(first, months)) < maturity; months += 3) {
      repayments.push({ kind: 'repayment', on: weekday(addMonths(first, months)), fen: instalment })
    }
  }
  const days = daysBetween(last, maturity)
  if (days > 60 && chance.chance(20)) {
    // Half of them within a year, so that a story of four quarters has its share.
    const on = weekday(addDays(last, chance.between(20, Math.min(days - 10, chance.pick([320, 1200])))))
    const fen = chance.chance(30) ? drawn : ((drawn * BigInt(chance.between(10, 40))) / 100n / 100n) * 100n
    repayments.push({ kind: 'early_repayment', on, fen })
  }
  return repayments.sort(by(({ on }) => on))
}

/** What is left is repaid at maturity; nobody repays more than is owed. */
function repay(planned: readonly Repayment[], drawn: Fen, maturity: PlainDate): Schedule {
  const acts: Act[] = []
  let balance = drawn
  for (const repayment of [...planned, { kind: 'repayment' as const, on: maturity, fen: drawn }]) {
    const fen = lesser(balance, repayment.fen)
    balance -= fen
    acts.push({ ...repayment, fen })
    if (balance === 0n) return { acts, closes_on: repayment.on }
  }
  throw new Error('a loan must be repaid at maturity')
}

function rateChanges(plan: LoanPlan, closesOn: PlainDate): Act[] {
  if (plan.repricing === 'fixed') return []
  const days =
    plan.repricing === 'at once'
      ? publicationsBetween(plan.first_drawn_on, closesOn).map(day => addDays(day, 1))
      : Array.from({ length: 6 }, (_, years) => `${Number(plan.granted_on.slice(0, 4)) + 1 + years}-01-01`)
  const spread = plan.basis_points - loanPrimeRate(plan.granted_on)
  const acts: Act[] = []
  let current = plan.basis_points
  for (const on of days) {
    const changed = loanPrimeRate(on) + spread
    if (on <= plan.first_drawn_on || on >= closesOn || changed === current) continue
    acts.push({ kind: 'rate_change', on, annual_rate: writeRate(changed) })
    current = changed
  }
  return acts
}

/** The whole life of a loan's principal and rate, from its first drawdown to its last repayment. */
export function schedule(plan: LoanPlan, chance: Random): Schedule {
  const { acts: draws, drawn, last } = drawdowns(plan, chance)
  const extendedOn = weekday(addDays(plan.matures_on, -chance.between(20, 40)))
  const extended =
    !plan.flagship && !plan.to_be_refinanced && chance.chance(5) && extendedOn > addDays(last, 10)
  const maturity = extended ? weekday(addMonths(plan.matures_on, chance.between(3, 12))) : plan.matures_on
  const { acts: repayments, closes_on } = repay(
    plannedRepayments(plan, drawn, last, maturity, chance),
    drawn,
    maturity,
  )
  const extension: Act[] =
    extended && extendedOn < closes_on ? [{ kind: 'extension', on: extendedOn, matures_on: maturity }] : []
  const order = (act: Act) => `${act.on} ${act.kind === 'drawdown' ? 0 : act.kind === 'rate_change' ? 1 : 2}`
  const acts = [...draws, ...rateChanges(plan, closes_on), ...repayments, ...extension]
  return { acts: acts.sort(by(order)), closes_on }
}
