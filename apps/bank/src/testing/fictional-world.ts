import { createHash } from 'node:crypto'
import { addDays, type PlainDate } from '../calendar.ts'
import { fictionalCreditCode } from '../credit-code.ts'
import { random } from '../random.ts'
import type { Policy, World, WorldBank, WorldEnterprise, WorldFiling } from '../world.ts'

export const FULL_INTEREST: Policy = {
  product: '数字贷',
  enterprise_status: '存续',
  starts_on: '2022-05-11',
  ends_on: '2025-12-31',
  filing_lapse_months: 6,
  projects_max: 2,
  years_max: 3,
  subsidy_rates: ['1'],
  yearly_cap: '30000000.00',
  interest_tolerance: '0.01',
}

const scalar = (name: string) => createHash('sha256').update(name).digest()

function bank(
  code: string,
  name: string,
  algorithm: WorldBank['algorithm'],
  from: PlainDate | null,
): WorldBank {
  const key = scalar(code)
  return {
    code,
    name,
    key_id: `key-${code}`,
    algorithm,
    private_key: algorithm === 'ed25519' ? key.toString('base64') : key.toString('hex'),
    cooperating_from: from,
    cooperating_to: null,
  }
}

function enterprise(number: number, seed: number): WorldEnterprise {
  const chance = random(seed, 'enterprise', number)
  return {
    credit_code: fictionalCreditCode('440299', `MR${number.toString().padStart(6, '0')}`),
    name: `试镇${number}号虚构灯具厂`,
    status: chance.weighted([
      [95, '存续'],
      [4, '吊销'],
      [1, null],
    ]),
    dishonest: chance.weighted([
      [96, false],
      [3, true],
      [1, null],
    ]),
  }
}

function filing(number: number, owner: WorldEnterprise, seed: number): WorldFiling {
  const chance = random(seed, 'filing', number)
  const filed_on = addDays('2022-02-01', chance.between(0, 300))
  // The first two finance whole new works: their interest exceeds the yearly cap.
  const investment = number <= 2 ? 2_400_000_000 : 10_000 * chance.between(80, 5_000)
  return {
    filing_number: `MR-2022-${number.toString().padStart(5, '0')}`,
    credit_code: owner.credit_code,
    filed_on: number <= 2 ? '2022-05-05' : filed_on,
    state:
      number <= 2
        ? 'in_force'
        : chance.weighted([
            [94, 'in_force' as const],
            [4, 'completed'],
            [2, 'revoked'],
          ]),
    approval_number: chance.chance(97) ? `2202-440299-04-${number}` : null,
    site_in_city: chance.weighted([
      [96, true],
      [3, false],
      [1, null],
    ]),
    contract_signed_on: chance.chance(96) ? addDays(filed_on, 5) : null,
    verified_investment: chance.chance(99) ? `${investment}.00` : null,
    civil_works: `${Math.trunc((investment * chance.between(0, 25)) / 1_000_000) * 10_000}.00`,
  }
}

/** A world of so many filings for tests: fictional, and the same for the same seed. */
export function fictionalWorld(seed: number, filings = 60): World {
  const enterprises = Array.from({ length: Math.ceil(filings * 0.8) }, (_, index) =>
    enterprise(index + 1, seed),
  )
  const chance = random(seed, 'owners')
  const [first, ...rest] = enterprises
  if (!first) throw new Error('a world needs a filing')
  return {
    seed,
    city: { code: '440299' },
    from: '2022-05-11',
    banks: [
      bank('900100000017', '河岸银行试镇分行', 'ed25519', '2022-01-01'),
      bank('900200000025', '磨坊农商银行', 'sm2', '2022-01-01'),
      bank('900300000033', '水车银行试镇支行', 'ed25519', '2022-08-01'),
      bank('900400000041', '外乡银行', 'ed25519', null),
    ],
    treasury: {
      key_id: 'key-treasury',
      algorithm: 'ed25519',
      private_key: scalar('treasury').toString('base64'),
      bank_code: '900100000017',
      name: '试镇市国库支付中心',
    },
    enterprises,
    filings: Array.from({ length: filings }, (_, index) =>
      filing(index + 1, enterprises[index] ?? chance.pick([first, ...rest]), seed),
    ),
    policy: FULL_INTEREST,
  }
}
