import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { MILLBANK, RIVERBANK } from '../../../../test/bank-fixture.ts'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { qualifyingLoan, report, settled, subsidyFixture } from '../../../../test/subsidy-fixture.ts'
import { newId } from '../platform/ids.ts'
import type { Actor, Scope } from '../platform/permissions.ts'
import { determineClaims } from './determine-claims.ts'
import { acceptDiscrepancy, type DiscrepancyFilter, listDiscrepancies } from './discrepancies.ts'

const ALL: Scope = { kind: 'all' }
const PERIODS = [
  ['2022-06-15', '2022-06-21'],
  ['2022-06-21', '2022-09-21'],
  ['2022-09-21', '2022-12-21'],
  ['2022-12-21', '2023-03-21'],
  ['2023-03-21', '2023-06-21'],
] as const
const officer: Actor = {
  id: newId(),
  name: '经办',
  role: 'officer',
  bankCode: null,
  creditCode: null,
  townCode: null,
}

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
  await report(database, [
    ...qualifyingLoan('P-1'),
    ...PERIODS.map(([from, to]) => settled('P-1', from, to, '1.00')),
  ])
  await determineClaims(database.db)
})

const page = (filter: Partial<DiscrepancyFilter> = {}, scope: Scope = ALL) =>
  listDiscrepancies(database.db, scope, { limit: 500, ...filter })

async function pages(filter: Partial<DiscrepancyFilter>, between: () => Promise<void> = async () => {}) {
  const seen: string[] = []
  let after: string | undefined
  do {
    const { items, next } = await page({ ...filter, after })
    seen.push(...items.map(({ id }) => id))
    after = next ?? undefined
    await between()
  } while (after !== undefined)
  return seen
}

describe('the list of discrepancies', () => {
  it('comes in pages that together are the whole list, each row once', async () => {
    const whole = (await page()).items.map(({ id }) => id)
    assert.equal(whole.length, PERIODS.length)
    for (const limit of [1, 2, 3, 5]) assert.deepEqual(await pages({ limit }), whole)
    assert.equal((await page({ limit: 5 })).next, null)
  })

  it('does not lose its place when the row it stands on is closed between two pages', async () => {
    const whole = (await page({ open: true })).items.map(({ id }) => id)
    let closed = false
    const seen = await pages({ open: true, limit: 2 }, async () => {
      if (!closed) await acceptDiscrepancy(database.db, whole[1] ?? '', '银行已说明', officer)
      closed = true
    })
    assert.deepEqual(seen, whole)
  })

  it('shows open ones first', async () => {
    const { items } = await page()
    assert.deepEqual(
      items.map(({ closed_on }) => closed_on !== null),
      [false, false, false, false, true],
    )
  })

  const searches: readonly [says: string, filter: Partial<DiscrepancyFilter>, found: number][] = [
    ['open ones', { open: true }, 4],
    ['closed ones', { open: false }, 1],
    ['part of the name', { text: '企业' }, 5],
    ['a credit code in small letters', { text: '91442000ma00000a91' }, 5],
    ['the receipt', { text: 'P-1' }, 5],
    ['part of a receipt, which is not looked for', { text: 'P-' }, 0],
    ['a sign that SQL knows, as itself', { text: '%' }, 0],
    ['the bank', { bankCode: RIVERBANK, open: true }, 4],
    ['another bank', { bankCode: MILLBANK }, 0],
  ]
  for (const [says, filter, found] of searches) {
    it(`is searched by ${says}`, async () => assert.equal((await page(filter)).items.length, found))
  }

  it('reaches a bank only its own, whatever it asks for', async () => {
    const own: Scope = { kind: 'bank', bankCode: MILLBANK }
    assert.deepEqual((await page({ bankCode: RIVERBANK }, own)).items, [])
  })
})
