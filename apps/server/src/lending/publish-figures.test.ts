import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { asOwner } from '../../../../test/as-owner.ts'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { subsidyFixture } from '../../../../test/subsidy-fixture.ts'
import { describePublicFigures } from './describe-public-figures.ts'
import { publishFigures } from './publish-figures.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
})

/** So many enterprises, each paid the same for one loan, twenty days after the settlement. */
const pay = (quarter: string, settlement: string, enterprises: number, yuanEach: number) =>
  asOwner(database.ownerUrl, client =>
    client.query(
      `set session_replication_role = replica;
       with paid as materialized (
         select new_id() as id, new_id() as organisation_id, new_id() as loan_id, new_id() as order_id
         from generate_series(1, ${enterprises})
       ), orders as (
         insert into payment_order (id, end_to_end_id, payment_batch_id, organisation_id, payee_account_id, amount_fen,
           reference, remittance, state, settled_on)
         select order_id, order_id::text, new_id(), organisation_id, new_id(), ${yuanEach * 100}, '', '', 'settled',
           date '${settlement}' + 20 from paid
       ), lines as (
         insert into subsidy_batch_line (batch_id, claim_id, determination_id, organisation_id, amount_fen, state,
           payment_order_id)
         select new_id(), id, new_id(), organisation_id, ${yuanEach * 100}, 'paid', order_id from paid
       ), periods as (
         insert into loan_period (id, loan_id, organisation_id, bank_code, period_from, period_to, calendar_year, quarter)
         select id, loan_id, organisation_id, '', date '${settlement}' - 91, '${settlement}', 2022, '${quarter}' from paid
       ), figures as (
         insert into claim_figure (quarter, answer, bank_code, town_code, claims, interest_fen, amount_fen, batched_fen,
           paid_fen)
         values ('${quarter}', 'eligible', '', '', 1, 1, 1, 1, 1)
         on conflict do nothing
       )
       insert into claim (id, organisation_id, bank_code, loan_id, quarter, determination_id, answer, interest_fen,
         amount_fen, batched_fen, paid_fen)
       select id, organisation_id, '', loan_id, '${quarter}', new_id(), 'eligible', ${yuanEach * 100},
         ${yuanEach * 100}, ${yuanEach * 100}, ${yuanEach * 100} from paid`,
    ),
  )

describe('public figures', () => {
  it('are none before anything was paid', async () => {
    assert.deepEqual(await publishFigures(database.db), [])
    assert.deepEqual(await describePublicFigures(database.db), {
      enterprises_min: 5,
      total: null,
      quarters: [],
    })
  })

  it('withhold a quarter of four enterprises, and leave it out of the sum', async () => {
    await pay('2022Q2', '2022-06-21', 4, 90_000)
    await pay('2022Q3', '2022-09-21', 8, 100_000)
    assert.deepEqual(await publishFigures(database.db), ['2022Q3'])
    const { total, quarters } = await describePublicFigures(database.db)
    assert.deepEqual(
      quarters.map(({ quarter, figures }) => [
        quarter,
        figures?.interest,
        figures?.enterprises,
        figures?.days,
      ]),
      [
        ['2022Q2', undefined, undefined, undefined],
        ['2022Q3', '800000.00', 8, '20.0'],
      ],
    )
    assert.equal(total?.interest, '800000.00')
    assert.equal(total?.enterprises, 8)
  })

  it('stand while one more is paid, and follow when five are', async () => {
    await pay('2022Q3', '2022-09-21', 1, 100_000)
    assert.deepEqual(await publishFigures(database.db), [])
    assert.equal((await describePublicFigures(database.db)).total?.enterprises, 8)
    await pay('2022Q3', '2022-09-21', 4, 100_000)
    await pay('2022Q2', '2022-06-21', 3, 90_000)
    assert.deepEqual(await publishFigures(database.db), ['2022Q2', '2022Q3'])
    const { total } = await describePublicFigures(database.db)
    assert.deepEqual([total?.enterprises, total?.loans, total?.interest], [20, 20, '1930000.00'])
  })
})
