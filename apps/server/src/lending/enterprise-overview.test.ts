import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { asOwner } from '../../../../test/as-owner.ts'
import { CREDIT_CODES } from '../../../../test/bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { event, qualifyingLoan, report, settled, subsidyFixture } from '../../../../test/subsidy-fixture.ts'
import { appropriate } from '../funds/index.ts'
import { readCity } from '../platform/city.ts'
import { inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import type { Actor } from '../platform/permissions.ts'
import { applyPaymentOutcomes } from './apply-payment-outcomes.ts'
import { approveBatch, submitBatch } from './approve-batch.ts'
import { determineClaims } from './determine-claims.ts'
import { describeEnterprise } from './enterprise-overview.ts'
import { orderBatch } from './order-batch.ts'
import { prepareBatch } from './prepare-batch.ts'

const person = (role: Actor['role']): Actor => ({
  id: newId(),
  name: role,
  role,
  bankCode: null,
  creditCode: null,
  townCode: null,
})
const [CREDIT_CODE = ''] = CREDIT_CODES
const officer = person('officer')

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
  await on('2022-06-16')
})

/** The fixture's clock stands later. */
const on = (day: string) =>
  asOwner(database.ownerUrl, client => client.query('update platform_clock set business_date = $1', [day]))

async function next() {
  const overview = await describeEnterprise(database.db, CREDIT_CODE)
  assert.ok(overview)
  return overview.next
}

/** What is said in one line: kind, amount, step, expected day. */
async function inShort() {
  const money = await next()
  return money.kind === 'expected' ? [money.kind, money.amount, money.step, money.expected_on] : [money.kind]
}

describe('what an enterprise receives next', () => {
  it('is nothing while it has no loan', async () => {
    assert.deepEqual(await next(), { kind: 'none', loans: [] })
  })

  it('is the interest of the running period, once the loan is drawn', async () => {
    await report(database, qualifyingLoan('L-1'))
    // Settled on Tuesday, decided three working days later, with the treasury for two.
    assert.deepEqual(await inShort(), ['expected', null, 'settlement', '2022-06-28'])
  })

  it('is the subsidy that the rules decided on, then the batch’s, then the treasury’s', async () => {
    await on('2022-06-22')
    await report(database, [settled('L-1', '2022-06-15', '2022-06-21', '6166.67')])
    await determineClaims(database.db)
    assert.deepEqual(await inShort(), ['expected', '5550.00', 'decision', '2022-06-28'])
    await inTransaction(database.db, tx =>
      appropriate(tx, {
        year: 2022,
        amountFen: 100_000_000_00n,
        businessDate: '2022-06-22',
        actor: officer.id,
        reference: { kind: 'test', id: newId() },
        memo: 'budget',
      }),
    )
    const batch = await prepareBatch(database.db, officer)
    await submitBatch(database.db, batch, '', officer)
    await approveBatch(database.db, batch, '', person('approver'))
    assert.deepEqual(await inShort(), ['expected', '5550.00', 'treasury', '2022-06-24'])
    await orderBatch(database.db, batch, readCity(TEST_CITY.slug), person('finance'))
    assert.deepEqual(await inShort(), ['expected', '5550.00', 'treasury', '2022-06-24'])
    await applyToOrders('settled')
    assert.deepEqual(await inShort(), ['expected', null, 'settlement', '2022-09-28'])
  })

  it('is nothing while the only loan is overdue, and says so', async () => {
    await report(database, [event('L-1', 'overdue', '2022-06-22', { amount: '1000.00' })])
    await determineClaims(database.db)
    const money = await next()
    assert.equal(money.kind, 'none')
    assert.deepEqual(
      money.kind === 'none' &&
        money.loans.map(({ loan_receipt, reason, conditions }) => [
          loan_receipt,
          reason,
          conditions.map(({ label, outcome }) => [label.en, outcome]),
        ]),
      [['L-1', 'suspended', [['Overdue', 'not_met']]]],
    )
  })

  it('names the failed condition of a loan outside the programme, and the missing fact of an open one', async () => {
    await report(database, [
      ...qualifyingLoan('L-3', { product: '经营贷' }),
      settled('L-3', '2022-06-15', '2022-06-21', '6166.67'),
      ...qualifyingLoan('L-4', { filing_number: 'F-UNKNOWN' }),
      settled('L-4', '2022-06-15', '2022-06-21', '6166.67'),
    ])
    await determineClaims(database.db)
    const money = await next()
    assert.equal(money.kind, 'none')
    const of = (receipt: string) =>
      money.kind === 'none' ? money.loans.find(({ loan_receipt }) => loan_receipt === receipt) : undefined
    assert.deepEqual(
      of('L-3')?.conditions.map(({ label, value }) => [label.en, value]),
      [['Loan product', '经营贷']],
    )
    assert.equal(of('L-4')?.reason, 'missing')
    assert.ok(of('L-4')?.conditions.every(({ missing }) => missing.length > 0))
  })

  it('is nothing any more when every loan is repaid', async () => {
    await on('2022-06-24')
    await report(database, [
      event('L-1', 'cured', '2022-06-23'),
      event('L-1', 'early_repayment', '2022-06-23', { amount: '10000000.00' }),
    ])
    await determineClaims(database.db)
    const money = await next()
    assert.equal(
      money.kind === 'none' && money.loans.find(({ loan_receipt }) => loan_receipt === 'L-1')?.reason,
      'repaid',
    )
  })
})

async function applyToOrders(outcome: 'settled' | 'rejected') {
  const orders = await database.db.selectFrom('payment_order').select('id').execute()
  await inTransaction(database.db, tx =>
    applyPaymentOutcomes(
      tx,
      orders.map(({ id }) => ({ paymentOrderId: id, outcome })),
    ),
  )
}
