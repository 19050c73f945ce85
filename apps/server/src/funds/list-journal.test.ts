import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { parseYuan } from '../platform/money.ts'
import { type JournalFilter, listJournal } from './list-journal.ts'
import { type OrderedBatch, orderedBatch } from './test/fixtures.ts'
import { appropriate } from './transaction.ts'

let database: TestDatabase
let batch: OrderedBatch
before(async () => {
  database = await testDatabase()
  batch = await orderedBatch(database.db, 2022, ['100.00', '2500.00', '1234.56'])
  await inTransaction(database.db, tx =>
    appropriate(tx, {
      year: 2023,
      amountFen: parseYuan('2500.00'),
      businessDate: '2022-12-30',
      actor: 'test',
      reference: { kind: 'appropriation', id: newId() },
      memo: '中财〔2022〕100号',
    }),
  )
})

const find = async (filter: Partial<JournalFilter>) =>
  (await listJournal(database.db, { limit: 100, ...filter })).map(({ kind }) => kind)

describe('the journal', () => {
  const searches: readonly [says: string, filter: Partial<JournalFilter>, found: readonly string[]][] = [
    [
      'nothing: all of it, newest first',
      {},
      ['appropriate', 'order', 'order', 'order', 'hold', 'appropriate'],
    ],
    ['an enterprise’s name', { text: '测试第2' }, ['order']],
    ['an amount', { text: '2500' }, ['appropriate', 'order']],
    ['an amount as officers write it', { text: '1,234.56' }, ['order']],
    ['an amount that begins another one', { text: '250' }, []],
    ['an amount that no account holds', { text: '99999999999999999999' }, []],
    ['the batch', { text: 'sb2022q3-01' }, ['order', 'order', 'order']],
    ['the document that is named', { text: '〔2022〕100' }, ['appropriate']],
    ['a sign that SQL knows, as itself', { text: '%' }, []],
    ['the operation', { kind: 'hold' }, ['hold']],
    ['an account on either side', { account: 'held' }, ['order', 'order', 'order', 'hold']],
    ['days, both counted', { from: '2022-07-01', to: '2022-07-01', kind: 'appropriate' }, ['appropriate']],
    ['the days after', { from: '2022-07-02' }, ['appropriate']],
    ['all together', { text: '2500', account: 'ordered', from: '2022-07-01' }, ['order']],
  ]
  for (const [says, filter, found] of searches) {
    it(`is searched by ${says}`, async () => assert.deepEqual(await find(filter), found))
  }

  it('is searched by a payment and by a credit code', async () => {
    const [payment] = batch.payments
    assert.deepEqual(await find({ text: payment.endToEndId }), ['order'])
    const [entry] = await listJournal(database.db, { limit: 1, text: payment.endToEndId })
    assert.equal(entry?.amountFen, payment.amountFen)
    assert.equal(entry?.batchNumber, 'SB2022Q3-01')
    assert.deepEqual(await find({ text: entry?.creditCode ?? '-' }), ['order'])
  })

  it('comes in pages of what was searched', async () => {
    const filter = { account: 'held', limit: 3 } as const
    const first = await listJournal(database.db, filter)
    assert.equal(first.length, 3)
    assert.deepEqual(await find({ ...filter, before: first.at(-1)?.id }), ['hold'])
  })
})
