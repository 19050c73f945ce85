import { addDays, addMonths, dateOf, dayNumber, later, type PlainDate, weekday } from '../calendar.ts'
import type { DayCount, Settlement } from '../messages.ts'
import type { Fen } from '../money.ts'
import { type Random, random } from '../random.ts'
import type { World, WorldBank, WorldEnterprise, WorldFiling } from '../world.ts'
import { type FilingKind, netInvestment, principals } from './amounts.ts'
import { loanPrimeRate } from './lpr.ts'
import { drawReckoning, type Reckoning } from './reckoning.ts'

/** How the rate follows the loan prime rate: not at all, from the day after each publication, or every new year. */
type Repricing = 'fixed' | 'at once' | 'yearly'

/** A loan as it is contracted, before anything happens to it. */
export interface LoanPlan {
  /** Its number in the story: what its chance is drawn from, and part of its receipt. */
  readonly number: number
  readonly bank: WorldBank
  readonly loan_receipt: string
  readonly enterprise: WorldEnterprise
  /** undefined: the borrower named none. */
  readonly filing: WorldFiling | undefined
  readonly product: string
  readonly principal: Fen
  readonly granted_on: PlainDate
  readonly first_drawn_on: PlainDate
  readonly matures_on: PlainDate
  readonly basis_points: number
  readonly repricing: Repricing
  readonly day_count: DayCount
  readonly reckoning: Reckoning
  readonly settlement: Settlement
  /** Set where this loan repays another on the day on which it is drawn. */
  readonly refinances: LoanPlan | undefined
  /** It will be repaid by another loan: drawn whole, and nothing repaid before. */
  readonly to_be_refinanced: boolean
  /** Large loans to one borrower, which together earn more interest than the yearly cap: nothing goes wrong with them. */
  readonly flagship: boolean
}

type Draft = Pick<
  LoanPlan,
  'bank' | 'enterprise' | 'principal' | 'granted_on' | 'first_drawn_on' | 'filing' | 'product'
>

function kindOf(filing: WorldFiling, chance: Random): FilingKind {
  const net = netInvestment(filing)
  if (net !== undefined && net >= 300_000_000_00n) return 'flagship'
  return chance.weighted<FilingKind>([
    [88, 'ordinary'],
    [4, 'drawn too late'],
    [3, 'other product'],
    [3, 'bank outside'],
    [2, 'no filing number'],
  ])
}

/** A bank that cooperates on the day, or one that does not; where there is none of the kind, any. */
function chooseBank(world: World, day: PlainDate, cooperating: boolean, chance: Random): WorldBank {
  const suits = (bank: WorldBank) =>
    (bank.cooperating_from !== null &&
      bank.cooperating_from <= day &&
      (bank.cooperating_to === null || day <= bank.cooperating_to)) === cooperating
  const [first, ...rest] = world.banks.filter(suits)
  const [any, ...others] = world.banks
  if (first) return chance.pick([first, ...rest])
  if (any) return chance.pick([any, ...others])
  throw new Error('the world has no banks')
}

/**
 * When the loan is granted and drawn: mostly within the months in which the filing stands, sometimes on their
 * very last day; or in the two months after them.
 */
function chooseDays(
  world: World,
  filing: WorldFiling,
  kind: FilingKind,
  chance: Random,
): [PlainDate, PlainDate] {
  const opens = later(world.from, filing.filed_on)
  const lapses = addMonths(filing.filed_on, world.policy.filing_lapse_months)
  if (kind === 'drawn too late' || lapses <= addDays(opens, 3)) {
    const drawn = addDays(later(lapses, opens), chance.chance(20) ? 1 : chance.between(2, 60))
    return [addDays(drawn, -chance.below(2)), drawn]
  }
  const days = Math.min(dayNumber(lapses) - dayNumber(opens), kind === 'flagship' ? 40 : 400)
  if (kind !== 'flagship' && chance.chance(2)) return [addDays(lapses, -2), lapses]
  // The earlier of two draws: most borrowers come soon after they have filed.
  const day = Math.min(chance.between(1, days), chance.between(1, days))
  const granted = weekday(dateOf(dayNumber(opens) + day))
  const drawn = weekday(addDays(granted, chance.between(0, 15)))
  return drawn > lapses ? [later(opens, addDays(lapses, -3)), lapses] : [granted, drawn]
}

function contract(draft: Draft, number: number, world: World, kind: FilingKind): LoanPlan {
  const chance = random(world.seed, 'contract', number)
  const flagship = kind === 'flagship'
  const months = flagship
    ? 36
    : chance.weighted([
        [7, 3],
        [8, 6],
        [35, 12],
        [20, 24],
        [22, 36],
        [8, 48],
      ])
  const bankNumber = world.banks.indexOf(draft.bank) + 1
  return {
    ...draft,
    number,
    loan_receipt: `JJ${pad(bankNumber, 2)}-${draft.granted_on.slice(0, 4)}-${pad(number, 6)}`,
    matures_on: weekday(addMonths(draft.first_drawn_on, months)),
    basis_points:
      loanPrimeRate(draft.granted_on) + 5 * (flagship ? chance.between(6, 14) : chance.between(-4, 18)),
    repricing: chance.weighted<Repricing>([
      [62, 'fixed'],
      [20, 'at once'],
      [18, 'yearly'],
    ]),
    day_count: chance.weighted<DayCount>([
      [80, 'ACT/360'],
      [12, 'ACT/365'],
      [8, '30/360'],
    ]),
    // A draw of its own, so that it changes nothing else of the story.
    reckoning: flagship
      ? 'by the contract'
      : drawReckoning(bankNumber, random(world.seed, 'reckoning', number)),
    settlement: chance.chance(15) ? 'monthly' : 'quarterly',
    refinances: undefined,
    to_be_refinanced: !flagship && months <= 12 && chance.chance(12),
    flagship,
  }
}

function pad(number: number, places: number): string {
  return number.toString().padStart(places, '0')
}

/** The loan that repays another one on the day it falls due (无还本续贷): same bank, borrower, project and amount. */
function successor(old: LoanPlan, number: number, world: World): LoanPlan {
  const chance = random(world.seed, 'successor', number)
  const day = old.matures_on
  return {
    ...old,
    number,
    loan_receipt: `JJ${old.loan_receipt.slice(2, 4)}-${day.slice(0, 4)}-${pad(number, 6)}`,
    granted_on: day,
    first_drawn_on: day,
    matures_on: weekday(addMonths(day, chance.pick([6, 12, 24]))),
    basis_points: loanPrimeRate(day) + 5 * chance.between(-4, 10),
    refinances: old,
    to_be_refinanced: false,
  }
}

/**
 * Which loans there are. Filings are gone through in an order of chance, the largest first, until there are
 * enough loans; where filings are few, round after round.
 *
 * A loan that the rules leave out because of its bank or product stands alone on its filing: whether it would
 * use up the filing's investment is a question that the rules of a city may answer differently.
 */
export function planLoans(world: World, count: number): LoanPlan[] {
  const chance = random(world.seed, 'plan')
  const enterprises = new Map(world.enterprises.map(enterprise => [enterprise.credit_code, enterprise]))
  const filings = chance.shuffle(world.filings).map(filing => ({ filing, kind: kindOf(filing, chance) }))
  const flagships = filings.filter(({ kind }) => kind === 'flagship')
  const others = filings.filter(({ kind }) => kind !== 'flagship')
  const repeatable = others.filter(({ kind }) => kind === 'ordinary' || kind === 'drawn too late')
  const plans: LoanPlan[] = []
  let round = [...flagships, ...others]
  while (plans.length < count) {
    for (const { filing, kind } of round) {
      const enterprise = enterprises.get(filing.credit_code)
      if (!enterprise)
        throw new Error(
          `filing ${filing.filing_number} is of ${filing.credit_code}, whom the world does not have`,
        )
      for (const principal of principals(filing, kind, chance)) {
        const [granted_on, first_drawn_on] = chooseDays(world, filing, kind, chance)
        const draft = {
          bank: chooseBank(world, granted_on, kind !== 'bank outside', chance),
          enterprise,
          principal,
          granted_on,
          first_drawn_on,
          filing: kind === 'no filing number' ? undefined : filing,
          product: kind === 'other product' ? '流动资金贷款' : world.policy.product,
        }
        const plan = contract(draft, plans.length + 1, world, kind)
        plans.push(plan)
        if (plan.to_be_refinanced) plans.push(successor(plan, plans.length + 1, world))
      }
      if (plans.length >= count) break
    }
    if (repeatable.length > 0) round = repeatable
  }
  return plans.slice(0, count)
}
