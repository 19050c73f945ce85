import { writeFileSync } from 'node:fs'
import type { City } from '../platform/city.ts'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { formatYuan, parseYuan } from '../platform/money.ts'
import { yuanOrNull } from './generate-filings.ts'
import type { StoryData } from './story-data.ts'

/**
 * Writes what the example bank is told of the city: whom it lends to, what they have on file, its keys, and the
 * policy's parameters for its independent model.
 */
export async function writeWorldFile(file: string, db: Db, city: City, story: StoryData): Promise<void> {
  const { texts, size, banks, treasury, borrowers, filings } = story
  const world = {
    seed: size.seed,
    city: { code: city.code },
    from: texts.starts_on,
    banks: banks.map(({ code, name, cooperating_from, cooperating_to, key }) => ({
      code,
      name,
      cooperating_from,
      cooperating_to,
      key_id: key.key_id,
      algorithm: key.algorithm,
      private_key: key.private_key,
    })),
    treasury: {
      name: treasury.name,
      bank_code: treasury.bank_code,
      key_id: treasury.key.key_id,
      algorithm: treasury.key.algorithm,
      private_key: treasury.key.private_key,
    },
    enterprises: borrowers.map(({ credit_code, name, status, dishonest }) => ({
      credit_code,
      name,
      status,
      dishonest,
    })),
    filings: filings.map(({ verified_investment_fen, civil_works_fen, project_name: _, ...filing }) => ({
      ...filing,
      verified_investment: yuanOrNull(verified_investment_fen),
      civil_works: yuanOrNull(civil_works_fen),
    })),
    policy: await policyTerms(db, story),
  }
  writeFileSync(file, `${JSON.stringify(world)}\n`, { mode: 0o600 })
}

async function policyTerms(db: Db, { texts }: StoryData) {
  const { policy } = texts
  const rows = await db
    .selectFrom('parameter')
    .select(['name', 'value'])
    .where('policy', '=', policy.name)
    .orderBy('effective_from')
    .execute()
  const values = new Map(rows.map(({ name, value }) => [name, value]))
  const get = (term: keyof typeof policy.parameters) => {
    const value = values.get(policy.parameters[term])
    if (value === undefined) throw unknownParameter(policy.parameters[term])
    return value
  }
  const yuan = (term: keyof typeof policy.parameters) => formatYuan(parseYuan(get(term)))
  return {
    product: policy.product,
    enterprise_status: policy.enterprise_status,
    starts_on: get('starts_on'),
    ends_on: get('ends_on'),
    filing_lapse_months: Number(get('filing_lapse_months')),
    projects_max: Number(get('projects_max')),
    years_max: Number(get('years_max')),
    subsidy_rates: [get('subsidy_rate')],
    yearly_cap: yuan('yearly_cap'),
    interest_tolerance: yuan('interest_tolerance'),
  }
}

function unknownParameter(name: string): DomainError {
  return new DomainError({
    code: 'demonstration.unknown-parameter',
    value: name,
    zh: `demonstration.json 提到的参数“${name}”在政策里没有。`,
    en: `demonstration.json names the parameter "${name}", which the policy does not have.`,
  })
}
