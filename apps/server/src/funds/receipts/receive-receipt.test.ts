import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testDatabase } from '../../../../../test/database.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { listAccounts } from '../accounts.ts'
import { findAccountsInForce, listPayeeAccounts } from '../list-payee-accounts.ts'
import { ACTOR, orderedBatch } from '../test/fixtures.ts'
import { needsSchemas, validate } from '../test/schemas.ts'
import { camt054, pain002 } from '../test/treasury-messages.ts'
import { verifyAccounts } from '../verify-accounts.ts'
import { listReceiptProblems } from './receipt-transactions.ts'
import { receiveReceipt } from './receive-receipt.ts'

const { db, pool } = await testDatabase()
let year = 2021

/** A batch of three payments, in a budget year of its own: 100.00, 200.00 and 300.00 yuan. */
function newBatch() {
  year += 1
  return orderedBatch(db, year, ['100.00', '200.00', '300.00'])
}

function receive(xml: string) {
  return inTransaction(db, tx => receiveReceipt(tx, { xml, businessDate: '2022-10-12', actor: ACTOR }))
}

async function balances(of: number): Promise<Record<string, string>> {
  const accounts = await listAccounts(db, of)
  return Object.fromEntries(accounts.map(({ kind, balanceFen }) => [kind, String(balanceFen / 100n)]))
}

async function states(batchId: string): Promise<string[]> {
  const batch = await db
    .selectFrom('payment_batch')
    .select('state')
    .where('id', '=', batchId)
    .executeTakeFirstOrThrow()
  const orders = await db
    .selectFrom('payment_order')
    .select(['state', 'reason_code'])
    .where('payment_batch_id', '=', batchId)
    .orderBy('end_to_end_id')
    .execute()
  return [
    batch.state,
    ...orders.map(({ state, reason_code }) => [state, reason_code].filter(Boolean).join(' ')),
  ]
}

suite('a receipt of the treasury', () => {
  test('settles what was paid and gives back what was rejected', needsSchemas, async () => {
    const batch = await newBatch()
    const [a, b, c] = batch.payments
    const xml = pain002({
      messageId: `R-${year}-1`,
      batchNumber: batch.number,
      transactions: [
        { ...a, status: 'ACSC' },
        { ...b, status: 'RJCT', reason: 'AC04' },
        { ...c, status: 'PDNG' },
      ],
    })
    validate('pain.002.001.11', xml)
    const received = await receive(xml)
    assert.deepEqual(
      received.transactions.map(({ outcome }) => outcome),
      ['settled', 'rejected', 'pending'],
    )
    assert.deepEqual(received.changes, [
      { paymentOrderId: a.paymentOrderId, outcome: 'settled', reason: null },
      { paymentOrderId: b.paymentOrderId, outcome: 'rejected', reason: 'AC04' },
    ])
    assert.deepEqual(await states(batch.batchId), ['acknowledged', 'settled', 'rejected AC04', 'ordered'])
    const { held, ordered, paid } = await balances(year)
    assert.deepEqual({ held, ordered, paid }, { held: '200', ordered: '300', paid: '100' })

    await receive(camt054(`R-${year}-2`, [[c]]))
    assert.deepEqual(await states(batch.batchId), ['settled', 'settled', 'rejected AC04', 'settled'])
  })

  test('a rejection about the account asks the enterprise for another; any other reason does not', async () => {
    const batch = await newBatch()
    const [a, b] = batch.payments
    await receive(
      pain002({
        messageId: `R-${year}-1`,
        batchNumber: batch.number,
        transactions: [
          { ...a, status: 'RJCT', reason: 'AC01' },
          { ...b, status: 'RJCT', reason: 'DT01' },
        ],
      }),
    )
    const inForce = await findAccountsInForce(db, [a.organisationId, b.organisationId])
    assert.deepEqual([...inForce.keys()], [b.organisationId])
    const [account] = await listPayeeAccounts(db, a.organisationId)
    assert.deepEqual([account?.state, account?.rejectedReason], ['rejected', 'AC01'])
  })

  test('sent twice changes nothing and gets the first answer', async () => {
    const batch = await newBatch()
    const xml = camt054(`R-${year}-1`, [batch.payments])
    const first = await receive(xml)
    const books = await balances(year)
    const again = await receive(xml)
    assert.deepEqual([first.replayed, again.replayed], [false, true])
    assert.deepEqual(again.transactions, first.transactions)
    assert.deepEqual(again.changes, [])
    assert.deepEqual(await balances(year), books)
  })

  test('under a message id that another file bore is refused, and the first one stands', async () => {
    const batch = await newBatch()
    const [a, b] = batch.payments
    await receive(camt054(`R-${year}-1`, [[a]]))
    await assert.rejects(receive(camt054(`R-${year}-1`, [[b]])), {
      code: 'treasury.message-id-reused',
      status: 409,
    })
    assert.equal((await balances(year)).paid, '100')
  })

  test('of the other kind confirms; of the same kind under another id it is a problem', async () => {
    const batch = await newBatch()
    const [a] = batch.payments
    const said: string[] = []
    for (const xml of [
      pain002({
        messageId: `R-${year}-1`,
        batchNumber: batch.number,
        transactions: [{ ...a, status: 'ACSC' }],
      }),
      camt054(`R-${year}-2`, [[a]]),
      camt054(`R-${year}-3`, [[a]]),
    ]) {
      const { transactions, problems } = await receive(xml)
      said.push(`${transactions[0]?.outcome} ${problems.length}`)
    }
    assert.deepEqual(said, ['settled 0', 'confirmed 0', 'already_settled 1'])
    assert.equal((await balances(year)).paid, '100')
  })

  test('for the whole batch settles or rejects each payment of it', async () => {
    const batch = await newBatch()
    const [a] = batch.payments
    const acknowledged = await receive(
      pain002({ messageId: `R-${year}-1`, batchNumber: batch.number, groupStatus: 'ACTC' }),
    )
    assert.deepEqual(
      acknowledged.transactions.map(({ outcome }) => outcome),
      ['pending'],
    )
    assert.equal((await states(batch.batchId))[0], 'acknowledged')
    await receive(camt054(`R-${year}-2`, [[a]]))
    const rejected = await receive(
      pain002({
        messageId: `R-${year}-3`,
        batchNumber: batch.number,
        groupStatus: 'RJCT',
        groupReason: 'DT01',
      }),
    )
    assert.deepEqual(
      rejected.transactions.map(({ outcome }) => outcome),
      ['rejected_after_settlement', 'rejected', 'rejected'],
    )
    assert.deepEqual(await states(batch.batchId), ['settled', 'settled', 'rejected DT01', 'rejected DT01'])
  })

  test('money that comes back is held again, and the account is to be corrected', async () => {
    const batch = await newBatch()
    const [a, b] = batch.payments
    await receive(camt054(`R-${year}-1`, [[a], [b]]))
    const returned = await receive(
      camt054(`R-${year}-2`, [[{ ...a, returned: 'AC04' }], [{ ...a, returned: 'AC04' }]]),
    )
    assert.deepEqual(
      returned.transactions.map(({ outcome }) => outcome),
      ['returned', 'already_rejected'],
    )
    assert.deepEqual((await states(batch.batchId))[1], 'returned AC04')
    const { held, ordered, paid } = await balances(year)
    assert.deepEqual({ held, ordered, paid }, { held: '100', ordered: '300', paid: '200' })
    assert.equal((await findAccountsInForce(db, [a.organisationId])).size, 0)
  })

  test('that settles and returns a payment at once ends with the money held', async () => {
    const batch = await newBatch()
    const [a] = batch.payments
    const { changes } = await receive(camt054(`R-${year}-1`, [[a], [{ ...a, returned: 'AC06' }]]))
    assert.deepEqual(
      changes.map(({ outcome }) => outcome),
      ['settled', 'returned'],
    )
    assert.deepEqual((await states(batch.batchId))[1], 'returned AC06')
    assert.equal((await balances(year)).held, '100')
  })

  test('lists what it cannot match, and moves no money for it', async () => {
    const batch = await newBatch()
    const [a, b, c] = batch.payments
    const other = await orderedBatch(db, year + 100, ['1.00', '1.00', '1.00'])
    const books = await balances(year)
    const notified = await receive(
      camt054(`R-${year}-1`, [
        [{ endToEndId: 'NOBODY', amountFen: 1n }],
        [{ ...a, amountFen: 9_999n }],
        [{ ...b, accountNumber: '1111222233334444' }],
        [{ ...c, currency: 'USD' }],
        [{ ...a, status: 'WHAT' }],
      ]),
    )
    const reported = await receive(
      pain002({
        messageId: `R-${year}-2`,
        batchNumber: batch.number,
        transactions: [
          { endToEndId: other.payments[0].endToEndId, status: 'ACSC' },
          { endToEndId: '', status: 'RJCT' },
        ],
      }),
    )
    const strange = await receive(
      pain002({ messageId: `R-${year}-3`, batchNumber: 'NOBODY', groupStatus: 'RJCT' }),
    )
    const outcomes = [notified, reported, strange].flatMap(({ problems }) =>
      problems.map(({ outcome }) => outcome),
    )
    assert.deepEqual(outcomes, [
      'unknown_payment',
      'amount_differs',
      'account_differs',
      'amount_differs',
      'unknown_status',
      'batch_differs',
      'unknown_payment',
      'unknown_payment',
    ])
    assert.deepEqual(await balances(year), books)
    const listed = await listReceiptProblems(db, outcomes.length)
    assert.deepEqual(listed.map(({ outcome }) => outcome).sort(), outcomes.toSorted())
  })

  test('that cannot be read leaves nothing behind', async () => {
    const before = await countFiles()
    await assert.rejects(receive('<!DOCTYPE x><x/>'), { code: 'receipt.doctype' })
    assert.equal(await countFiles(), before)
  })
})

suite('what receipts said', () => {
  for (const statement of ['update', 'delete from', 'truncate']) {
    for (const table of ['treasury_file', 'receipt_transaction']) {
      test(`the application may not ${statement} ${table}`, async () => {
        const text = statement === 'update' ? `update ${table} set kind = kind` : `${statement} ${table}`
        await assert.rejects(pool.query(text), { code: '42501' })
      })
    }
  }

  test('and what was paid agree with the journal', async () => {
    assert.deepEqual((await verifyAccounts(db)).disagreements, [])
  })
})

async function countFiles(): Promise<bigint> {
  const { count } = await db
    .selectFrom('treasury_file')
    .select(query => query.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
