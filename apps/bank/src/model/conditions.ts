import { addMonths } from '../calendar.ts'
import { by } from '../order.ts'
import type { World, WorldBank, WorldEnterprise, WorldFiling } from '../world.ts'
import type { LoanFacts } from './loan-facts.ts'

/** What is known of a loan and of everything it stands on. */
export interface Case {
  readonly world: World
  readonly loan: LoanFacts
  readonly bank: WorldBank | undefined
  readonly enterprise: WorldEnterprise | undefined
  /** The filing that the loan names, if it is its borrower's. */
  readonly filing: WorldFiling | undefined
  /** The filing's place among its enterprise's filings in force, the first filed being 1. */
  readonly project_rank: number | undefined
}

/** Met, not met, or not to be said because a fact is missing. */
type Verdict = boolean | undefined

const known = <T>(fact: T | null | undefined, test: (fact: T) => Verdict): Verdict =>
  fact === null || fact === undefined ? undefined : test(fact)

/** A filing that is not there is not missing knowledge: the loan is outside the programme. */
const ofFiling = ({ filing }: Case, test: (filing: WorldFiling) => Verdict): Verdict =>
  filing ? test(filing) : false

/** The conditions, in the order in which an officer would go through them. */
const CONDITIONS: readonly (readonly [name: string, met: (it: Case) => Verdict])[] = [
  [
    'the bank cooperated when it granted the loan',
    ({ bank, loan: { granted } }) =>
      bank !== undefined &&
      bank.cooperating_from !== null &&
      bank.cooperating_from <= granted.occurred_on &&
      (bank.cooperating_to === null || granted.occurred_on <= bank.cooperating_to),
  ],
  ['the product counts', ({ world, loan }) => loan.granted.product === world.policy.product],
  [
    'the enterprise is in business',
    ({ world, enterprise }) => known(enterprise?.status, status => status === world.policy.enterprise_status),
  ],
  [
    'the enterprise is not a dishonest debtor',
    ({ enterprise }) => known(enterprise?.dishonest, listed => !listed),
  ],
  ['the project is on file', it => ofFiling(it, ({ state }) => state !== 'revoked')],
  [
    'the project has an approval number',
    it => ofFiling(it, ({ approval_number }) => known(approval_number, () => true)),
  ],
  [
    'the site is in the city',
    it => ofFiling(it, ({ site_in_city }) => known(site_in_city, inside => inside)),
  ],
  [
    'the contract is signed',
    it => ofFiling(it, ({ contract_signed_on }) => known(contract_signed_on, () => true)),
  ],
  [
    'the loan was drawn before the filing lapsed',
    it =>
      ofFiling(it, ({ filed_on }) =>
        known(
          it.loan.first_drawn_on,
          drawn => drawn <= addMonths(filed_on, it.world.policy.filing_lapse_months),
        ),
      ),
  ],
  [
    'not too many projects are in force at once',
    it =>
      ofFiling(it, () => it.project_rank === undefined || it.project_rank <= it.world.policy.projects_max),
  ],
  [
    'the investment is verified',
    it =>
      ofFiling(it, ({ verified_investment, civil_works }) =>
        known(verified_investment, () => (civil_works === null ? undefined : true)),
      ),
  ],
]

/** The conditions that are not met, and those that cannot be tested. */
export function examine(it: Case): { unmet: string[]; unknown: string[] } {
  const verdicts = CONDITIONS.map(([name, met]) => ({ name, verdict: met(it) }))
  return {
    unmet: verdicts.filter(({ verdict }) => verdict === false).map(({ name }) => name),
    unknown: verdicts.filter(({ verdict }) => verdict === undefined).map(({ name }) => name),
  }
}

/** The rank of each filing in force among those of its enterprise: by the day of filing, then by number. */
export function rankProjects(filings: readonly WorldFiling[]): Map<string, number> {
  const ranks = new Map<string, number>()
  const count = new Map<string, number>()
  const inForce = filings.filter(({ state }) => state === 'in_force')
  for (const { filing_number, credit_code } of [...inForce].sort(
    by(each => `${each.filed_on} ${each.filing_number}`),
  )) {
    const rank = (count.get(credit_code) ?? 0) + 1
    count.set(credit_code, rank)
    ranks.set(filing_number, rank)
  }
  return ranks
}
