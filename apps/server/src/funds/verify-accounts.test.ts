import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { TEST_CITY, testDatabase } from '../../../../test/database.ts'
import { citySchema, inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { appropriate, hold } from './transaction.ts'
import { verifyAccounts } from './verify-accounts.ts'

const { db, ownerUrl } = await testDatabase()

function posting(amountFen: bigint) {
  return {
    year: 2022,
    amountFen,
    businessDate: '2022-07-01',
    actor: 'test',
    reference: { kind: 'budget', id: newId() },
    memo: 'a test',
  }
}

/** What nobody may do through the application. */
async function behindItsBack(...statements: string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`set search_path to ${citySchema(TEST_CITY.code)}, millrace`)
    for (const statement of statements) await owner.query(statement)
  } finally {
    await owner.end()
  }
}

test('verification finds nothing where nobody tampered, and names what somebody did', async t => {
  const entryId = await inTransaction(db, async tx => {
    await appropriate(tx, posting(1_000n))
    return hold(tx, posting(400n))
  })
  assert.deepEqual(await verifyAccounts(db), { accounts: 6, entries: 2, disagreements: [] })

  await t.test('a balance that was set by hand', async () => {
    await behindItsBack(`update fund_account set balance_fen = balance_fen + 5 where code = '2022-available'`)
    assert.deepEqual((await verifyAccounts(db)).disagreements, [
      { kind: 'account', code: '2022-available', recordedFen: 605n, recomputedFen: 600n },
    ])
    await behindItsBack(`update fund_account set balance_fen = balance_fen - 5 where code = '2022-available'`)
  })

  await t.test('an entry of which a line was taken away', async () => {
    await behindItsBack(`delete from journal_line where entry_id = '${entryId}' and line = 1`)
    assert.deepEqual((await verifyAccounts(db)).disagreements, [
      { kind: 'account', code: '2022-held', recordedFen: 400n, recomputedFen: 0n },
      { kind: 'entry', id: entryId, sumFen: -400n, lines: 1 },
    ])
  })
})
