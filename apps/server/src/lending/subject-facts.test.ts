import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { asOwner } from '../../../../test/as-owner.ts'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { qualifyingLoan, report, settled, subsidyFixture } from '../../../../test/subsidy-fixture.ts'
import { TEST_CITY } from '../../../../test/test-city.ts'
import { readCity } from '../platform/city.ts'
import { inTransaction } from '../platform/db/index.ts'
import { formatYuan } from '../platform/money.ts'
import {
  checkDigit,
  loadTowns,
  type NewOrganisation,
  readTowns,
  registerOrganisations,
} from '../registry/index.ts'
import { explainClaim } from './claim-explanation.ts'
import { determineClaims } from './determine-claims.ts'
import { noteOrganisationChanges } from './note-organisation-changes.ts'
import { verifyClaims } from './verify-claims.ts'

const [OLD_TOWN = '', NEW_TOWN = ''] = readTowns(readCity(TEST_CITY.slug)).towns.map(({ code }) => code)
const FIRST = '2022-06-21'
const SECOND = '2022-09-21'
const PAID = [
  [FIRST, 'eligible', '5550.00'],
  [SECOND, 'eligible', '85100.00'],
]

describe('claims of days gone by', () => {
  let database: TestDatabase
  let enterprises = 0

  before(async () => {
    database = await testDatabase()
    await subsidyFixture(database)
    await inTransaction(database.db, tx => loadTowns(tx, readTowns(readCity(TEST_CITY.slug))))
  })

  /** What the register says of an enterprise, as of a day. */
  const state = async (creditCode: string, asOf: string, facts: Partial<NewOrganisation>) => {
    const source = { name: `登记系统 ${asOf}`, kind: 'register', asOf, recordedBy: 'test' } as const
    const organisation = { credit_code: creditCode, name: '甲厂', ...facts }
    await registerOrganisations(database, source, [organisation])
    const { id } = await database.db
      .selectFrom('source')
      .select('id')
      .orderBy('recorded_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await noteOrganisationChanges(database.db, id)
  }

  /** A filing's facts as of a day; without a day they correct what was said before. */
  const file = (filingNumber: string, set: string, asOf?: string) =>
    asOwner(database.ownerUrl, client =>
      asOf === undefined
        ? client.query(`update filing set ${set} where filing_number = $1`, [filingNumber])
        : client.query(
            `with s as (insert into source (id, name, kind, as_of, recorded_by)
               values (new_id(), '备案变更', 'person', $2, 'test') returning id)
             update filing set ${set}, source_id = s.id from s where filing_number = $1`,
            [filingNumber, asOf],
          ),
    )

  const addFiling = (creditCode: string, filingNumber: string, filedOn: string) =>
    asOwner(database.ownerUrl, client =>
      client.query(
        `insert into filing (id, filing_number, organisation_id, project_name, approval_number, site_in_city,
           contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state, source_id)
         select new_id(), $2, id, '项目', '2205', true, '2022-05-20', 1200000000, 100000000, $3, 'in_force', source_id
         from organisation where credit_code = $1`,
        [creditCode, filingNumber, filedOn],
      ),
    )

  /** An enterprise with one project and a loan of which two periods were settled and determined. */
  const enterprise = async (known: Partial<NewOrganisation> = { status: '存续', dishonest: false }) => {
    const number = ++enterprises
    const first17 = `91990101MA000${String(number).padStart(4, '0')}`
    const creditCode = `${first17}${checkDigit(first17)}`
    const filing = `F-T${number}`
    const loan = `T-${number}`
    await state(creditCode, '2022-05-01', { ...known, address: '旧路', town_code: OLD_TOWN })
    await addFiling(creditCode, filing, '2022-05-01')
    await report(database, [
      ...qualifyingLoan(loan, { credit_code: creditCode, filing_number: filing }),
      settled(loan, '2022-06-15', FIRST, '6166.67'),
      settled(loan, FIRST, SECOND, '94555.56'),
    ])
    await determineClaims(database.db)
    return { creditCode, filing, loan }
  }

  /** The claims of a loan when its quarters are determined again. */
  const determinedAgain = async (loan: string) => {
    await database.pool.query(
      `insert into period_to_determine select p.id, p.organisation_id, p.calendar_year
       from loan_period p join loan l on l.id = p.loan_id where l.loan_receipt = $1`,
      [loan],
    )
    return determined(loan)
  }

  /** The claims of a loan after a run that looks at nothing but what was noted. */
  const determined = async (loan: string) => {
    await determineClaims(database.db)
    const rows = await claims(loan)
    return rows.map(row => [row.period_to, row.answer, formatYuan(row.amount_fen)])
  }

  const claims = (loan: string) =>
    database.db
      .selectFrom('claim')
      .innerJoin('loan', 'loan.id', 'claim.loan_id')
      .innerJoin('loan_period', 'loan_period.id', 'claim.id')
      .where('loan_receipt', '=', loan)
      .select(['claim.id', 'loan_period.period_to', 'claim.answer', 'claim.amount_fen', 'claim.town_code'])
      .orderBy('period_to')
      .execute()

  it('stay paid when the firm is struck off after the settlement day and the quarter is determined again', async () => {
    const { creditCode, loan } = await enterprise()
    await state(creditCode, '2023-03-01', { status: '注销', dishonest: true })
    assert.deepEqual(await determinedAgain(loan), PAID)
  })

  it('take up what the register corrects of the settlement day, without being asked', async () => {
    const { creditCode, loan } = await enterprise()
    await state(creditCode, '2022-09-20', { status: '吊销' })
    assert.deepEqual(await determined(loan), [
      [FIRST, 'eligible', '5550.00'],
      [SECOND, 'ineligible', '0.00'],
    ])
    await state(creditCode, '2022-09-20', { status: '存续' })
    assert.deepEqual(await determined(loan), PAID)
  })

  it('are turned when the firm was struck off earlier than the register knew', async () => {
    const { creditCode, loan } = await enterprise()
    await state(creditCode, '2023-03-01', { status: '注销' })
    assert.deepEqual(await determined(loan), PAID)
    await state(creditCode, '2022-09-01', { status: '注销' })
    assert.deepEqual(await determined(loan), [
      [FIRST, 'eligible', '5550.00'],
      [SECOND, 'ineligible', '0.00'],
    ])
  })

  it('count what was so on the settlement day itself', async () => {
    const { creditCode, loan } = await enterprise()
    await state(creditCode, SECOND, { status: '注销' })
    assert.deepEqual(
      (await determined(loan)).map(([, answer]) => answer),
      ['eligible', 'ineligible'],
    )
  })

  it('follow the later day of two statements, whichever was recorded first', async () => {
    const { creditCode, loan } = await enterprise()
    await state(creditCode, '2022-08-01', { status: '吊销' })
    await state(creditCode, '2022-06-01', { status: '停业' })
    await state(creditCode, '2022-05-15', { status: '存续' })
    assert.deepEqual(
      (await determined(loan)).map(([, answer]) => answer),
      ['ineligible', 'ineligible'],
    )
    await state(creditCode, '2022-06-01', { status: '在营（开业）企业' })
    const [first = { id: '' }, second = { id: '' }] = (await determined(loan)) && (await claims(loan))
    const statusOf = async (id: string) =>
      (await explainClaim(database.db, id)).facts.find(({ name }) => name === '企业登记状态')
    assert.equal((await statusOf(first.id))?.value, '在营（开业）企业')
    assert.equal((await statusOf(second.id))?.value, '吊销')
    assert.equal((await statusOf(second.id))?.source?.as_of, '2022-08-01')
  })

  it('go on when a fact that was never stated is stated for the first time, though of a later day', async () => {
    const { creditCode, loan } = await enterprise({ status: '存续' })
    assert.deepEqual(
      (await determinedAgain(loan)).map(([, answer]) => answer),
      ['unknown', 'unknown'],
    )
    await state(creditCode, '2022-12-31', { dishonest: false })
    assert.deepEqual(await determined(loan), PAID)
  })

  it('stay in the town of the settlement day, and move when the register corrects it', async () => {
    const { creditCode, loan } = await enterprise()
    const towns = async () => {
      await determinedAgain(loan)
      return (await claims(loan)).map(({ town_code }) => town_code)
    }
    await state(creditCode, '2023-01-01', { address: '新路', town_code: NEW_TOWN })
    assert.deepEqual(await towns(), [OLD_TOWN, OLD_TOWN])
    await state(creditCode, '2022-07-01', { address: '新路一号', town_code: OLD_TOWN })
    await state(creditCode, '2022-07-01', { address: '新路二号', town_code: NEW_TOWN })
    assert.deepEqual(await towns(), [OLD_TOWN, NEW_TOWN])
    const { rows } = await database.pool.query(
      `select (select sum(amount_fen) from claim where town_code = $1) = (select sum(amount_fen) from claim_figure where town_code = $1) as equal`,
      [NEW_TOWN],
    )
    assert.deepEqual(rows, [{ equal: true }])
  })

  it('stay paid when the filing is revoked or its investment lowered afterwards', async () => {
    const { filing, loan } = await enterprise()
    await file(filing, `state = 'revoked', verified_investment_fen = 200000000`, '2023-02-01')
    assert.deepEqual(await determined(loan), PAID)
  })

  it('take up what a filing corrects of the settlement day, and keep what else changed later', async () => {
    const { filing, loan } = await enterprise()
    await file(filing, `state = 'revoked'`, '2023-02-01')
    // 5,000,000 of 10,000,000 count; the corrected row says as well that it is revoked by now.
    await file(filing, 'verified_investment_fen = 600000000', '2022-06-21')
    assert.deepEqual(await determined(loan), [
      [FIRST, 'eligible', '2775.00'],
      [SECOND, 'eligible', '42550.00'],
    ])
  })

  it('take a change of a filing that names no new source for a correction of the first', async () => {
    const { filing, loan } = await enterprise()
    await file(filing, 'site_in_city = false')
    assert.deepEqual(
      (await determined(loan)).map(([, answer]) => answer),
      ['ineligible', 'ineligible'],
    )
  })

  it('count the projects that were in force on the settlement day', async () => {
    const { creditCode, filing, loan } = await enterprise()
    for (const [number, filedOn] of [
      ['A', '2022-04-01'],
      ['B', '2022-04-02'],
      ['C', '2022-04-03'],
    ] as const) {
      await addFiling(creditCode, `${filing}-${number}`, filedOn)
    }
    assert.deepEqual(
      (await determined(loan)).map(([, answer]) => answer),
      ['ineligible', 'ineligible'],
    )
    for (const number of ['A', 'B', 'C'])
      await file(`${filing}-${number}`, `state = 'completed'`, '2022-08-31')
    assert.deepEqual(
      (await determined(loan)).map(([, answer]) => answer),
      ['ineligible', 'eligible'],
    )
  })

  it('name the source that counted on the settlement day', async () => {
    const { creditCode, filing, loan } = await enterprise()
    await state(creditCode, '2022-08-01', { dishonest: true })
    await state(creditCode, '2023-03-01', { status: '注销' })
    await file(filing, 'civil_works_fen = 0', '2022-07-01')
    await determined(loan)
    const [first, second] = await claims(loan)
    const asOf = async (id = '') => {
      const { facts } = await explainClaim(database.db, id)
      return ['企业登记状态', '失信被执行人', '土建金额', '备案日期'].map(
        fact => facts.find(({ name }) => name === fact)?.source?.as_of,
      )
    }
    assert.deepEqual(await asOf(first?.id), ['2022-05-01', '2022-05-01', '2022-05-01', '2022-05-01'])
    assert.deepEqual(await asOf(second?.id), ['2022-05-01', '2022-08-01', '2022-07-01', '2022-05-01'])
  })

  it('are recomputed from their inputs without a difference', async () => {
    const { claims: recomputed, disagreements } = await verifyClaims(database.db)
    assert.ok(recomputed > 0)
    assert.deepEqual(disagreements, [])
  })
})
