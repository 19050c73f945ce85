import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { asOwner } from '../../../../test/as-owner.ts'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { event, qualifyingLoan, report, settled, subsidyFixture } from '../../../../test/subsidy-fixture.ts'
import { formatYuan } from '../platform/money.ts'
import { explainClaim } from './claim-explanation.ts'
import { determineClaims } from './determine-claims.ts'
import { verifyClaims } from './verify-claims.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
})

/** The claims of a loan: settlement day, answer, amount. */
async function claimsOf(receipt: string): Promise<(readonly [string, string, string])[]> {
  const rows = await database.db
    .selectFrom('claim')
    .innerJoin('loan', 'loan.id', 'claim.loan_id')
    .innerJoin('loan_period', 'loan_period.id', 'claim.id')
    .where('loan_receipt', '=', receipt)
    .select(['loan_period.period_to', 'claim.answer', 'claim.amount_fen'])
    .orderBy('period_to')
    .execute()
  return rows.map(row => [row.period_to, row.answer, formatYuan(row.amount_fen)] as const)
}

async function claimIds(receipt: string): Promise<string[]> {
  const rows = await database.db
    .selectFrom('claim')
    .innerJoin('loan', 'loan.id', 'claim.loan_id')
    .where('loan_receipt', '=', receipt)
    .select('claim.id')
    .orderBy('claim.id')
    .execute()
  return rows.map(({ id }) => id)
}

describe('claims', () => {
  it('arise by themselves at settlement, at 90 % of the interest in the first year', async () => {
    await report(database, [
      ...qualifyingLoan('L-1'),
      settled('L-1', '2022-06-15', '2022-06-21', '6166.67'),
      settled('L-1', '2022-06-21', '2022-09-21', '94555.56'),
    ])
    const { changed } = await determineClaims(database.db)
    assert.equal(changed, 2)
    assert.deepEqual(await claimsOf('L-1'), [
      ['2022-06-21', 'eligible', '5550.00'],
      ['2022-09-21', 'eligible', '85100.00'],
    ])
  })

  it('are not written again while nothing changes', async () => {
    assert.deepEqual(await determineClaims(database.db), { subjects: 0, changed: 0 })
    await sql`insert into period_to_determine select id, organisation_id, calendar_year from loan_period`.execute(
      database.db,
    )
    const { subjects, changed } = await determineClaims(database.db)
    assert.ok(subjects > 0)
    assert.equal(changed, 0)
  })

  it('wait while reported interest disagrees with the contract, and go on when the bank corrects it', async () => {
    const wrong = settled('L-1', '2022-09-21', '2022-12-21', '99999.99')
    await report(database, [wrong])
    await determineClaims(database.db)
    assert.deepEqual((await claimsOf('L-1')).at(-1), ['2022-12-21', 'unknown', '0.00'])
    const open = await database.db
      .selectFrom('discrepancy')
      .selectAll()
      .where('closed_on', 'is', null)
      .execute()
    assert.equal(open.length, 1)
    assert.equal(open[0]?.computed_fen, 9_352_778n)

    await report(database, [
      event('L-1', 'reversal', '2022-12-22', { reverses: wrong.message_id ?? '' }),
      settled('L-1', '2022-09-21', '2022-12-21', '93527.78'),
    ])
    await determineClaims(database.db)
    assert.deepEqual((await claimsOf('L-1')).at(-1), ['2022-12-21', 'eligible', '84175.00'])
    assert.equal(
      (await database.db.selectFrom('discrepancy').selectAll().where('closed_on', 'is', null).execute())
        .length,
      0,
    )
  })

  it('are suspended while the loan is overdue, and come back when it is cured', async () => {
    await report(database, [event('L-1', 'overdue', '2023-01-05', { amount: '1000.00' })])
    await determineClaims(database.db)
    assert.deepEqual(
      (await claimsOf('L-1')).map(([, answer]) => answer),
      ['suspended', 'suspended', 'suspended'],
    )
    await report(database, [event('L-1', 'cured', '2023-01-09')])
    await determineClaims(database.db)
    assert.deepEqual(
      (await claimsOf('L-1')).map(([, answer]) => answer),
      ['eligible', 'eligible', 'eligible'],
    )
  })

  it('count only principal up to the verified investment without civil works, earlier loans first', async () => {
    await report(database, [
      ...qualifyingLoan('L-2', { occurred_on: '2022-07-01', amount: '5000000.00' }),
      settled('L-2', '2022-07-01', '2022-09-21', '42138.89'),
    ])
    await determineClaims(database.db)
    // 11,000,000 eligible, 10,000,000 taken by L-1: 1,000,000 of 5,000,000 counts.
    assert.deepEqual(await claimsOf('L-2'), [['2022-09-21', 'eligible', '7585.00']])
  })

  it('are refused with the condition that failed, and left open where a fact is missing', async () => {
    await report(database, [
      ...qualifyingLoan('L-3', { product: '经营贷' }),
      settled('L-3', '2022-06-15', '2022-06-21', '6166.67'),
      ...qualifyingLoan('L-4', { filing_number: 'F-UNKNOWN' }),
      settled('L-4', '2022-06-15', '2022-06-21', '6166.67'),
    ])
    await determineClaims(database.db)
    assert.deepEqual(await claimsOf('L-3'), [['2022-06-21', 'ineligible', '0.00']])
    assert.deepEqual(await claimsOf('L-4'), [['2022-06-21', 'unknown', '0.00']])
    const [refused = ''] = await claimIds('L-3')
    const explanation = await explainClaim(database.db, refused)
    const failed = explanation.conditions.filter(({ outcome }) => outcome === 'not_met')
    assert.deepEqual(
      failed.map(({ label, value, requirement }) => [label.en, value, requirement]),
      [['Loan product', '经营贷', '"设备贷"']],
    )
    assert.match(failed[0]?.question?.en ?? '', /Which product did the bank lend/)
    assert.deepEqual(explanation.changes, [
      {
        facts: [
          {
            label: { zh: '贷款产品', en: 'Loan product' },
            from: '经营贷',
            to: '设备贷',
            by: null,
            unit: null,
            values: [],
            example: false,
            over: false,
          },
        ],
      },
    ])
    const [open = ''] = await claimIds('L-4')
    const missing = (await explainClaim(database.db, open)).conditions.find(
      ({ label }) => label.zh === '合格本金上限',
    )?.missing
    assert.deepEqual(
      missing?.map(({ label, from }) => [label.en, from?.en]),
      [
        ['Verified investment', "the bureau's verification of the investment"],
        ['Civil works in it', "the bureau's verification of the investment"],
      ],
    )
  })

  it('explain every number: interest by segment, formulas with the numbers in place, where each fact comes from', async () => {
    const [first = ''] = await claimIds('L-1')
    const explanation = await explainClaim(database.db, first)
    assert.equal(explanation.answer, 'eligible')
    assert.deepEqual(explanation.interest.steps, [
      {
        from: '2022-06-15',
        to: '2022-06-21',
        days: 6,
        principal: '10000000.00',
        balance: '10000000.00',
        annual_rate: '0.037000',
        exact: '6166.6667',
      },
    ])
    const subsidy = explanation.arithmetic.find(({ name }) => name === '应贴金额')
    assert.equal(subsidy?.filled, 'round half up(6166.67 * 0.9, 2)')
    const parameters = explanation.parameters.map(({ name }) => name)
    assert.ok(parameters.includes('年度上限') && parameters.includes('利息容差'))
    assert.ok(!parameters.includes('公示工作日'), 'what decides no claim explains none')
    const paid = explanation.facts.find(({ name }) => name === '实付利息')
    assert.equal(paid?.source?.kind, 'bank')
    assert.match(explanation.evidence.input_sha256, /^[0-9a-f]{64}$/)
  })

  it('can be recomputed from what was stored, and a tampered one is found', async () => {
    const before = await verifyClaims(database.db)
    assert.ok(before.claims >= 6)
    assert.deepEqual(before.disagreements, [])
    await asOwner(database.ownerUrl, client =>
      client.query(
        `update claim set amount_fen = amount_fen + 1 where id = (select min(id::text)::uuid from claim)`,
      ),
    )
    const after = await verifyClaims(database.db)
    assert.deepEqual(
      after.disagreements.map(({ what }) => what),
      ['amount'],
    )
    await asOwner(database.ownerUrl, client =>
      client.query(
        `update claim set amount_fen = amount_fen - 1 where id = (select min(id::text)::uuid from claim)`,
      ),
    )
  })

  it('are missed when the run that decided them is gone', async () => {
    const swap = (from: string, to: string) =>
      asOwner(database.ownerUrl, client =>
        client.query(
          `update determination set run_id = $2 where run_id = $1 and id in (select determination_id from claim)`,
          [from, to],
        ),
      )
    const { run_id } = await database.db
      .selectFrom('claim')
      .innerJoin('determination', 'determination.id', 'claim.determination_id')
      .select('run_id')
      .executeTakeFirstOrThrow()
    const nowhere = '00000000-0000-7000-8000-000000000000'
    await swap(run_id, nowhere)
    const { disagreements } = await verifyClaims(database.db)
    assert.ok(disagreements.length > 0)
    assert.deepEqual(
      [...new Set(disagreements.map(({ what, stored }) => `${what} ${stored}`))],
      ['origin determination_run'],
    )
    await swap(nowhere, run_id)
    assert.deepEqual((await verifyClaims(database.db)).disagreements, [])
  })

  it('cannot be edited in their history by the application', async () => {
    for (const statement of [
      'update determination set amount_fen = 0',
      'delete from determination',
      'truncate determination',
    ]) {
      await assert.rejects(database.pool.query(statement), /permission denied/)
    }
  })

  it('keep the sums that overviews read', async () => {
    const { rows } = await database.pool.query(`
      select (select sum(amount_fen) from claim) = (select sum(amount_fen) from claim_figure) as amounts,
        (select count(*) from claim where answer = 'eligible')
          = (select sum(claims) from claim_figure where answer = 'eligible') as counts`)
    assert.deepEqual(rows, [{ amounts: true, counts: true }])
  })
})
