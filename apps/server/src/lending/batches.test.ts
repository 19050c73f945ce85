import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { CREDIT_CODES } from '../../../../test/bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { event, qualifyingLoan, report, settled, subsidyFixture } from '../../../../test/subsidy-fixture.ts'
import { appropriate, listAccounts, verifyAccounts } from '../funds/index.ts'
import { readCity } from '../platform/city.ts'
import { inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { formatYuan } from '../platform/money.ts'
import type { Actor } from '../platform/permissions.ts'
import { applyPaymentOutcomes } from './apply-payment-outcomes.ts'
import { approveBatch, returnBatch, submitBatch } from './approve-batch.ts'
import { describeBatch } from './describe-batch.ts'
import { describeProgramme } from './describe-programme.ts'
import { determineClaims } from './determine-claims.ts'
import { orderBatch } from './order-batch.ts'
import { prepareBatch, refreshBatch } from './prepare-batch.ts'
import { verifyClaims } from './verify-claims.ts'

const person = (name: string, role: Actor['role']): Actor => ({
  id: newId(),
  name,
  role,
  bankCode: null,
  creditCode: null,
  townCode: null,
})
const officer = person('经办', 'officer')
const approver = person('审批', 'approver')
const finance = person('财务', 'finance')
const city = readCity(TEST_CITY.slug)

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
  await report(database, [
    ...qualifyingLoan('L-1'),
    settled('L-1', '2022-06-15', '2022-06-21', '6166.67'),
    settled('L-1', '2022-06-21', '2022-09-21', '94555.56'),
  ])
  await determineClaims(database.db)
})

async function balances(): Promise<Record<string, string>> {
  const accounts = await listAccounts(database.db, 2023)
  return Object.fromEntries(accounts.map(({ kind, balanceFen }) => [kind, formatYuan(balanceFen)]))
}

const openOrders = () =>
  database.db.selectFrom('payment_order').selectAll().where('state', '=', 'ordered').orderBy('id').execute()

describe('a batch', () => {
  let id = ''

  it('takes up everything owed, once', async () => {
    id = await prepareBatch(database.db, officer)
    const batch = await describeBatch(database.db, id)
    assert.equal(batch.number, '2022Q3-1')
    assert.equal(batch.total, '90650.00')
    assert.equal(batch.claims, 2)
    await assert.rejects(prepareBatch(database.db, officer), { code: 'batch.already-in-preparation' })
  })

  it('goes back with a reason and comes again', async () => {
    await submitBatch(database.db, id, '请审批', officer)
    await returnBatch(database.db, id, '请核对样本', approver)
    await refreshBatch(database.db, id, officer)
    await submitBatch(database.db, id, '已核对', officer)
    const { state, remarks, total } = await describeBatch(database.db, id)
    assert.equal(state, 'submitted')
    assert.equal(total, '90650.00')
    assert.deepEqual(
      remarks.map(({ kind }) => kind),
      ['submitted', 'returned', 'submitted'],
    )
  })

  it('is not approved by who prepared it, nor without money', async () => {
    await assert.rejects(approveBatch(database.db, id, '', officer), { code: 'batch.same-person' })
    await inTransaction(database.db, tx =>
      appropriate(tx, {
        year: 2023,
        amountFen: 1_000_000n,
        businessDate: '2023-07-01',
        actor: finance.id,
        reference: { kind: 'budget', id: newId() },
        memo: '年初预算',
      }),
    )
    await assert.rejects(approveBatch(database.db, id, '', approver), { code: 'funds.insufficient' })
    assert.equal((await describeBatch(database.db, id)).state, 'submitted')
  })

  it('holds its money when it is approved, and moves it when payment is ordered', async () => {
    await inTransaction(database.db, tx =>
      appropriate(tx, {
        year: 2023,
        amountFen: 100_000_000n,
        businessDate: '2023-07-01',
        actor: finance.id,
        reference: { kind: 'budget', id: newId() },
        memo: '追加预算',
      }),
    )
    await approveBatch(database.db, id, '同意', approver)
    assert.equal((await balances()).held, '90650.00')
    const ordered = await orderBatch(database.db, id, city, finance)
    assert.equal(ordered.orders, 1)
    const { held, ordered: inTransit } = await balances()
    assert.deepEqual([held, inTransit], ['0.00', '90650.00'])
  })

  it('keeps what could not be paid and tells the enterprise', async () => {
    const [first] = await openOrders()
    assert.ok(first)
    await inTransaction(database.db, tx =>
      applyPaymentOutcomes(tx, [{ paymentOrderId: first.id, outcome: 'rejected' }]),
    )
    assert.deepEqual(
      (await describeBatch(database.db, id)).payments.map(({ state }) => state),
      ['rejected'],
    )
    const told = await database.db.selectFrom('notification').select('kind').execute()
    assert.deepEqual(told, [{ kind: 'account-rejected' }])
  })

  it('tells finance of it once the enterprise has an account again, and only finance', async () => {
    const waiting = async (actor: Actor) =>
      (await describeProgramme(database.db, 2022, actor, { kind: 'all' })).waiting.filter(
        ({ kind }) => kind === 'payments_to_repeat',
      )
    const accounts = (state: string) => database.db.updateTable('payee_account').set({ state }).execute()
    await accounts('rejected')
    assert.deepEqual(await waiting(finance), [])
    await accounts('in_force')
    assert.deepEqual(await waiting(finance), [{ kind: 'payments_to_repeat', count: 1 }])
    assert.deepEqual(await waiting(officer), [])
  })
})

describe('a correction after payment', () => {
  it('is set off against what the enterprise is owed, never below nothing', async () => {
    const own = await testDatabase()
    await subsidyFixture(own)
    const first = settled('L-9', '2022-06-15', '2022-06-21', '6166.67')
    await report(own, [...qualifyingLoan('L-9', { credit_code: CREDIT_CODES[0] ?? '' }), first])
    await determineClaims(own.db)
    const paid = await prepareBatch(own.db, officer)
    assert.equal((await describeBatch(own.db, paid)).total, '5550.00')
    await own.db.updateTable('subsidy_batch').set({ state: 'closed' }).where('id', '=', paid).execute()

    // The bank had missed a repayment of 4,000,000.00 on the first day.
    await report(own, [
      event('L-9', 'early_repayment', '2022-06-15', { amount: '4000000.00' }),
      event('L-9', 'reversal', '2022-09-22', { reverses: first.message_id ?? '' }),
      settled('L-9', '2022-06-15', '2022-06-21', '3700.00'),
    ])
    await determineClaims(own.db)
    await assert.rejects(prepareBatch(own.db, officer), { code: 'batch.nothing-owed' })

    await report(own, [settled('L-9', '2022-06-21', '2022-09-21', '56733.33')])
    await determineClaims(own.db)
    const next = await prepareBatch(own.db, officer)
    const batch = await describeBatch(own.db, next)
    // 51,060.00 for the new quarter less 2,220.00 paid too much before.
    assert.equal(batch.total, '48840.00')
    assert.deepEqual(
      batch.exceptions.filter(({ kind }) => kind === 'taken_back').map(({ amount }) => amount),
      ['-2220.00'],
    )
    const { disagreements } = await verifyClaims(own.db)
    assert.deepEqual(disagreements, [])
  })
})

describe('after all of it', () => {
  it('accounts agree with the journal and claims with their lines', async () => {
    const accounts = await verifyAccounts(database.db)
    assert.deepEqual(accounts.disagreements, [])
    assert.deepEqual((await verifyClaims(database.db)).disagreements, [])
  })
})
