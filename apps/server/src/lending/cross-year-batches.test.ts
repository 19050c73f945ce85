import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { asOwner } from '../../../../test/as-owner.ts'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { listCrossYearBatches } from './cross-year-batches.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await asOwner(database.ownerUrl, client =>
    client.query(
      `insert into subsidy_batch (id, number, quarter, budget_year, state, claim_count, total_fen, prepared_by,
         prepared_by_name, prepared_on)
       values (new_id(), '2022Q3-1', '2022Q3', 2022, 'closed', 1, 100, 'p', 'p', '2022-09-22'),
         (new_id(), '2022Q4-1', '2022Q4', 2023, 'ordered', 1, 1430419008, 'p', 'p', '2023-01-05'),
         (new_id(), '2022Q4-2', '2022Q4', 2023, 'draft', 1, 300, 'p', 'p', '2023-01-09')`,
    ),
  )
})

describe('a batch of last year’s interest in this year’s budget', () => {
  it('is named with both years, and no other is; one that is not approved has touched no budget', async () => {
    const of = async (year: number) =>
      (await listCrossYearBatches(database.db, year)).map(({ number, interest_year, budget_year, total }) => [
        number,
        interest_year,
        budget_year,
        total,
      ])
    const fourth = ['2022Q4-1', 2022, 2023, '14304190.08']
    assert.deepEqual(await of(2022), [fourth])
    assert.deepEqual(await of(2023), [fourth])
    assert.deepEqual(await of(2024), [])
  })
})
