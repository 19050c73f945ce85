import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { CREDIT_CODES } from '../../../../../test/bank-fixture.ts'
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { qualifyingLoan, report, settled, subsidyFixture } from '../../../../../test/subsidy-fixture.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor, Scope } from '../../platform/permissions.ts'
import { determineClaims } from '../determine-claims.ts'
import { changeFiling, withdrawFiling } from './change-filing.ts'
import { enterFiling } from './enter-filing.ts'
import type { FilingFacts } from './filing.ts'
import { getFiling } from './get-filing.ts'
import { listFilings } from './list-filings.ts'

const officer: Actor = {
  id: newId(),
  name: '经办',
  role: 'officer',
  bankCode: null,
  creditCode: null,
  townCode: null,
}
const FACTS: FilingFacts = {
  project_name: '新线',
  approval_number: '2205-990100-04-01-000009',
  site_in_city: true,
  site_town_code: null,
  contract_signed_on: '2022-05-20',
  verified_investment_fen: 1_200_000_000n,
  civil_works_fen: 100_000_000n,
  filed_on: '2022-05-25',
  state: 'in_force',
}

let database: TestDatabase
let id = ''
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
  await report(database, [
    ...qualifyingLoan('L-1', { filing_number: 'T-3' }),
    settled('L-1', '2022-06-15', '2022-06-21', '6166.67'),
    settled('L-1', '2022-06-21', '2022-09-21', '94555.56'),
  ])
})

const enter = (
  changes: Partial<FilingFacts> = {},
  filingNumber = 'T-3',
  creditCode = CREDIT_CODES[0] ?? '',
) =>
  inTransaction(database.db, tx =>
    enterFiling(tx, {
      filingNumber,
      creditCode,
      facts: { ...FACTS, ...changes },
      reason: '备案证',
      actor: officer,
    }),
  )
const change = (changes: Partial<FilingFacts>, holdsFrom: string | null) =>
  inTransaction(database.db, tx =>
    changeFiling(tx, { id, facts: { ...FACTS, ...changes }, holdsFrom, reason: '变更通知', actor: officer }),
  )
const withdraw = (holdsFrom: string | null) =>
  inTransaction(database.db, tx =>
    withdrawFiling(tx, { id, holdsFrom, reason: '企业申请撤销', actor: officer }),
  )

/** The answers of both periods, in order of their settlement days. */
async function answers() {
  await determineClaims(database.db)
  const rows = await database.db
    .selectFrom('claim')
    .innerJoin('loan_period', 'loan_period.id', 'claim.id')
    .select(['answer', 'amount_fen'])
    .orderBy('period_to')
    .execute()
  return rows.map(({ answer, amount_fen }) => `${answer} ${amount_fen}`)
}

describe('a filing that an officer records', () => {
  it('decides the claims of loans that name it', async () => {
    assert.deepEqual(await answers(), ['unknown 0', 'unknown 0'])
    id = await enter()
    assert.deepEqual(await answers(), ['eligible 555000', 'eligible 8510000'])
  })

  const REFUSED: [what: string, work: () => Promise<unknown>, code: string][] = [
    ['a number twice', () => enter(), 'filing.number-taken'],
    ['an enterprise that is not on record', () => enter({}, 'T-4', 'X'), 'organisation.unknown'],
    ['a town that is none', () => enter({ site_town_code: '000000000' }, 'T-4'), 'town.unknown'],
    ['a day that has not come', () => enter({ filed_on: '2099-01-01' }, 'T-4'), 'filing.day-ahead'],
    [
      'more civil works than investment',
      () => enter({ civil_works_fen: 1_200_000_001n }, 'T-4'),
      'filing.civil-works',
    ],
    ['a change that changes nothing', () => change({}, null), 'filing.nothing-changed'],
    [
      'a change before what is known',
      () => change({ state: 'completed' }, '2022-05-01'),
      'filing.later-known',
    ],
    ['a change from a day to come', () => change({ state: 'completed' }, '2099-01-01'), 'filing.day-ahead'],
  ]
  for (const [what, work, code] of REFUSED) {
    it(`is refused for ${what}`, () => assert.rejects(work, { code }))
  }

  it('changes from a day on: what was settled before stands', async () => {
    await change({ site_in_city: false }, '2022-07-01')
    assert.deepEqual(await answers(), ['eligible 555000', 'ineligible 0'])
  })

  it('is corrected for all the days for which the wrong thing was said, fact by fact', async () => {
    // The approval number was said when it was filed, the site again in July: each is corrected where it was said.
    await change({ site_in_city: true, approval_number: null }, null)
    assert.deepEqual(await answers(), ['unknown 0', 'unknown 0'])
    await change({}, null)
    assert.deepEqual(await answers(), ['eligible 555000', 'eligible 8510000'])
  })

  it('is withdrawn from a day on, once', async () => {
    await withdraw('2022-08-01')
    assert.deepEqual(await answers(), ['eligible 555000', 'ineligible 0'])
    await assert.rejects(() => withdraw(null), { code: 'filing.already-withdrawn' })
  })

  it('tells its history: who said what, of which day, and why', async () => {
    const { history, state, loans } = await getFiling(database.db, id, { kind: 'all' })
    assert.equal(state, 'revoked')
    assert.deepEqual(history[0]?.changes, [{ fact: 'state', from: 'in_force', to: 'revoked' }])
    assert.equal(history[0]?.source?.reason, '企业申请撤销')
    assert.equal(history[0]?.source?.as_of, '2022-08-01')
    assert.deepEqual(
      loans.map(({ loan_receipt }) => loan_receipt),
      ['L-1'],
    )
  })

  it('is entered once when two officers enter its number at the same moment', async () => {
    const both = await Promise.allSettled([1, 2].map(() => enter({ state: 'completed' }, 'T-5')))
    const refusals = both.flatMap(each => (each.status === 'rejected' ? [each.reason.code] : []))
    assert.deepEqual(refusals, ['filing.number-taken'])
  })

  it('stands in the audit trail, change by change', async () => {
    const events = await database.db
      .selectFrom('audit_event')
      .select('action')
      .where('subject_kind', '=', 'filing')
      .where('subject_id', '=', id)
      .orderBy('seq')
      .execute()
    const actions = ['entered', 'changed', 'corrected', 'corrected', 'withdrawn'].map(
      word => `filing.${word}`,
    )
    assert.deepEqual(
      events.map(({ action }) => action),
      actions,
    )
  })

  it('is there for its enterprise, and not for another one, nor for a town where it is not', async () => {
    const of = (number: number): Scope => ({ kind: 'organisation', creditCode: CREDIT_CODES[number] ?? '' })
    assert.equal((await getFiling(database.db, id, of(0))).id, id)
    assert.equal((await listFilings(database.db, of(0), { limit: 10 })).items.length, 3)
    for (const scope of [of(1), { kind: 'town', townCode: '990100001' } as const]) {
      await assert.rejects(() => getFiling(database.db, id, scope), { code: 'not-found' })
      assert.deepEqual((await listFilings(database.db, scope, { limit: 10 })).items, [])
    }
  })
})
