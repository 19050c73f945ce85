import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { testDatabase } from '../../../../test/database.ts'
import { findPaymentFile } from '../exchange/index.ts'
import { inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { parseYuan } from '../platform/money.ts'
import { listAccounts } from './accounts.ts'
import { getPaymentFile, listPaymentBatches, listPayments } from './list-payments.ts'
import { orderPayments, type PaymentToOrder } from './order-payments.ts'
import { readPayerFile } from './payer.ts'
import { ACTOR, payees, payer, TODAY } from './test/fixtures.ts'
import { needsSchemas, validate } from './test/schemas.ts'
import { appropriate, hold } from './transaction.ts'

const { db } = await testDatabase()
const [first, second] = await payees(db, ['测试机械有限公司', '测试灯饰有限公司'])
if (first === undefined || second === undefined) throw new Error('two payees were asked for')

async function holdFunds(year: number, yuan: string): Promise<void> {
  const posting = {
    year,
    amountFen: parseYuan(yuan),
    businessDate: TODAY,
    actor: 'test',
    reference: { kind: 'subsidy_batch', id: newId() },
    memo: 'a test',
  }
  await inTransaction(db, async tx => {
    await appropriate(tx, posting)
    await hold(tx, posting)
  })
}

function pay(payee: typeof first, yuan: string): PaymentToOrder {
  return {
    organisationId: payee?.organisationId ?? '',
    payeeAccountId: payee?.payeeAccountId ?? '',
    amountFen: parseYuan(yuan),
    reference: 'SB2022Q3-01',
    remittance: '数字贷贴息',
  }
}

function order(budgetYear: number, ...orders: PaymentToOrder[]) {
  return inTransaction(db, tx =>
    orderPayments(tx, { orders, budgetYear, businessDate: TODAY, actor: ACTOR, payer }),
  )
}

async function balance(code: string): Promise<bigint | undefined> {
  return (await listAccounts(db)).find(account => account.code === code)?.balanceFen
}

suite('ordering payments', () => {
  test('moves what was held, numbers the payments and writes a valid file', needsSchemas, async () => {
    await holdFunds(2022, '1000.00')
    const batch = await order(2022, pay(first, '600.00'), pay(second, '150.50'))
    assert.equal(batch.number, 'PB2022-0001')
    assert.deepEqual(
      batch.orders.map(({ endToEndId }) => endToEndId),
      ['PB2022-0001-00001', 'PB2022-0001-00002'],
    )
    assert.equal(await balance('2022-held'), parseYuan('249.50'))
    assert.equal(await balance('2022-ordered'), parseYuan('750.50'))
    const xml = await findPaymentFile(db, batch.batchId)
    assert.ok(xml)
    validate('pain.001.001.10', xml)
    assert.match(xml, /<CtrlSum>750.50<\/CtrlSum>/)
    assert.equal(await getPaymentFile(db, batch.batchId), xml)
    assert.equal((await order(2022, pay(first, '1.00'))).number, 'PB2022-0002')
  })

  test('shows batches and payments, and never a whole account number', async () => {
    await holdFunds(2026, '10.00')
    const { batchId, number } = await order(2026, pay(first, '6.00'), pay(second, '4.00'))
    const [batch] = await listPaymentBatches(db, { state: 'sent', limit: 1 })
    assert.deepEqual([batch?.id, batch?.number, batch?.orderCount], [batchId, number, 2])
    const payments = await listPayments(db, { batchId })
    assert.deepEqual(
      payments.map(payment => [payment.amountFen, payment.state, payment.maskedNumber]),
      [
        [600n, 'ordered', '**** 0000'],
        [400n, 'ordered', '**** 0001'],
      ],
    )
    const own = await listPayments(db, { organisationId: second.organisationId })
    assert.ok(own.length > 0 && own.every(({ organisationId }) => organisationId === second.organisationId))
    assert.equal((await listPayments(db, { ids: [payments[0]?.id ?? ''] })).length, 1)
    await assert.rejects(getPaymentFile(db, newId()), { code: 'payment-batch.unknown', status: 404 })
  })

  test('orders all or nothing', async () => {
    await holdFunds(2023, '10.00')
    await assert.rejects(order(2023, pay(first, '6.00'), pay(second, '4.01')), {
      code: 'funds.insufficient',
      value: '0.01',
      where: '2023-held',
    })
    assert.equal(await balance('2023-held'), parseYuan('10.00'))
    const { count } = await db
      .selectFrom('payment_batch')
      .where('budget_year', '=', 2023)
      .select(query => query.fn.countAll<bigint>().as('count'))
      .executeTakeFirstOrThrow()
    assert.equal(count, 0n)
  })

  test('refuses an account that is not in force or is another’s', async () => {
    await holdFunds(2024, '10.00')
    const stranger = { ...pay(first, '1.00'), organisationId: second.organisationId }
    await assert.rejects(order(2024, stranger), { code: 'payment.account-not-in-force' })
    const [gone] = await payees(db, ['测试已注销有限公司'])
    await db
      .updateTable('payee_account')
      .set({ state: 'rejected' })
      .where('id', '=', gone?.payeeAccountId ?? '')
      .execute()
    await assert.rejects(order(2024, pay(gone, '1.00')), { code: 'payment.account-not-in-force' })
  })

  test('refuses nothing to pay, an amount of nothing, and a text that no form can print', async () => {
    await assert.rejects(order(2024), { code: 'payment.nothing-to-pay' })
    await assert.rejects(order(2024, pay(first, '0.00')), { code: 'funds.amount-not-positive' })
    const long = { ...pay(first, '1.00'), reference: '一'.repeat(36) }
    await assert.rejects(order(2024, long), { code: 'payment.order-malformed' })
    const broken = { ...pay(first, '1.00'), remittance: 'a\nb' }
    await assert.rejects(order(2024, broken), { code: 'payment.order-malformed' })
  })

  test('numbers batches one after the other, however many are ordered at once', async () => {
    await holdFunds(2025, '10.00')
    const batches = await Promise.all(Array.from({ length: 6 }, () => order(2025, pay(first, '1.00'))))
    assert.deepEqual(
      batches.map(({ number }) => number).sort(),
      Array.from({ length: 6 }, (_, i) => `PB2025-000${i + 1}`),
    )
  })
})

test('the city says from which account the treasury pays', () => {
  const file = join(import.meta.dirname, '../../../../cities/testville/treasury.json')
  const content = JSON.parse(readFileSync(file, 'utf8'))
  assert.equal(readPayerFile(content).holderName, content.name)
  assert.throws(() => readPayerFile({ ...content, bank_code: '102100099995' }), /check digit/)
})
