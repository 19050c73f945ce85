import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../../../../test/database.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { formatYuan } from '../../platform/money.ts'
import { listAccounts } from '../accounts.ts'
import { ACTOR, type OrderedBatch, type OrderedPayment, orderedBatch } from '../test/fixtures.ts'
import { camt054, pain002 } from '../test/treasury-messages.ts'
import { verifyAccounts } from '../verify-accounts.ts'
import { receiveReceipt } from './receive-receipt.ts'

const { db } = await testDatabase()
let year = 2200

/** What really became of a payment, and so what the treasury says of it, in both kinds of message. */
type Fate = 'paid' | 'refused' | 'sent back'

interface Statement {
  readonly payment: OrderedPayment
  readonly says: 'accepted' | 'settled' | 'rejected' | 'booked' | 'returned'
}

const STATEMENTS: Record<Fate, readonly Statement['says'][]> = {
  paid: ['accepted', 'settled', 'booked'],
  refused: ['accepted', 'rejected'],
  'sent back': ['accepted', 'settled', 'booked', 'returned'],
}
const END: Record<Fate, readonly string[]> = {
  paid: ['settled'],
  refused: ['rejected'],
  // Rejected, where we hear of the return before we hear that it was paid.
  'sent back': ['returned', 'rejected'],
}

function write(batch: OrderedBatch, messageId: string, statements: readonly Statement[]): string[] {
  const reported = statements.filter(({ says }) => says !== 'booked' && says !== 'returned')
  const notified = statements.filter(({ says }) => says === 'booked' || says === 'returned')
  const files: string[] = []
  if (reported.length > 0) {
    const status = { accepted: 'ACTC', settled: 'ACSC', rejected: 'RJCT', booked: '', returned: '' }
    const transactions = reported.map(({ payment, says }) => ({
      ...payment,
      status: status[says],
      reason: says === 'rejected' ? 'AC04' : undefined,
    }))
    files.push(pain002({ messageId, batchNumber: batch.number, transactions }))
  }
  if (notified.length > 0) {
    const entries = notified.map(({ payment, says }) => [
      { ...payment, returned: says === 'returned' ? 'AC04' : undefined },
    ])
    files.push(camt054(messageId, entries))
  }
  return files
}

test('receipts in any order, cut in any way, repeated and all at once end in the same money', async () => {
  const fates = fc.array(fc.constantFrom<Fate>('paid', 'refused', 'sent back'), {
    minLength: 3,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(fates, fc.infiniteStream(fc.nat(1_000)), async (all, dice) => {
      const roll = (n: number): number => (dice.next().value ?? 0) % n
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map(item => ({ item, at: roll(1_000) }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item)
      year += 1
      const batch = await orderedBatch(
        db,
        year,
        all.map((_, i) => `${i + 1}.00`),
      )
      const statements = shuffled(
        batch.payments.flatMap((payment, i) =>
          STATEMENTS[all[i] ?? 'paid'].map((says): Statement => ({ payment, says })),
        ),
      )
      const files: string[] = []
      for (let at = 0; at < statements.length; ) {
        const size = 1 + roll(5)
        files.push(...write(batch, `R-${year}-${files.length}`, statements.slice(at, at + size)))
        at += size
      }
      const sent = shuffled([...files, ...files.filter(() => roll(2) === 0)])
      for (let at = 0; at < sent.length; at += 4) {
        await Promise.all(
          sent
            .slice(at, at + 4)
            .map(xml =>
              inTransaction(db, tx => receiveReceipt(tx, { xml, businessDate: '2022-10-12', actor: ACTOR })),
            ),
        )
      }
      await endsAs(batch, all, statements.length)
    }),
    { numRuns: 15 },
  )
})

async function endsAs(batch: OrderedBatch, fates: readonly Fate[], statements: number): Promise<void> {
  const orders = await db
    .selectFrom('payment_order')
    .select(['end_to_end_id', 'state'])
    .where('payment_batch_id', '=', batch.batchId)
    .orderBy('end_to_end_id')
    .execute()
  orders.forEach(({ state, end_to_end_id }, i) => {
    assert.ok(END[fates[i] ?? 'paid'].includes(state), `${end_to_end_id} ${fates[i]}: ${state}`)
  })
  const sum = (wanted: (fate: Fate) => boolean) =>
    batch.payments.reduce(
      (fen, payment, i) => fen + (wanted(fates[i] ?? 'paid') ? payment.amountFen : 0n),
      0n,
    )
  const accounts = await listAccounts(db, year)
  const balances = Object.fromEntries(accounts.map(({ kind, balanceFen }) => [kind, formatYuan(balanceFen)]))
  assert.equal(balances.paid, formatYuan(sum(fate => fate === 'paid')))
  assert.equal(balances.held, formatYuan(sum(fate => fate !== 'paid')))
  assert.equal(balances.ordered, '0.00')
  assert.deepEqual((await verifyAccounts(db)).disagreements, [])
  const { count } = await db
    .selectFrom('receipt_transaction')
    .innerJoin('payment_order', 'payment_order.id', 'payment_order_id')
    .where('payment_batch_id', '=', batch.batchId)
    .select(query => query.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  assert.equal(
    count,
    BigInt(statements),
    'each statement has its outcome, and a repeated file none of its own',
  )
}
