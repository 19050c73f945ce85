import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { CREDIT_CODES, FILING_NUMBER } from '../../../../../test/bank-fixture.ts'
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { qualifyingLoan, report, settled, subsidyFixture } from '../../../../../test/subsidy-fixture.ts'
import { readCity } from '../../platform/city.ts'
import { determineClaims } from '../determine-claims.ts'
import { importFilings } from './import-filings.ts'

const HEADING =
  '备案编号,统一社会信用代码,项目名称,核准或备案文号,镇街,合同签订日期,核定投资额（万元）,土建投资（万元）,备案日期,状态'
const [OWN = '', OTHER = ''] = CREDIT_CODES

let database: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'millrace-filings-'))
before(async () => {
  database = await testDatabase()
  await subsidyFixture(database)
})
after(() => {
  rmSync(folder, { recursive: true })
})

interface TakeOptions {
  readonly dryRun?: boolean
  readonly asOf?: string
  readonly heading?: string
  readonly onProgress?: (progress: { readonly step: string }) => unknown
}

async function take(lines: readonly string[], options: TakeOptions = {}) {
  const { heading = HEADING, ...rest } = options
  const file = join(folder, 'filings.csv')
  writeFileSync(file, [heading, ...lines].join('\r\n'))
  const actor = { name: 'test', role: 'system' } as const
  const result = await importFilings({ file, city: readCity('testville'), database, actor, ...rest })
  const { created, updated, unchanged, rejected } = result
  const problems = result.problems.map(({ line, column, value, code }) =>
    [line, column, value, code].join(' '),
  )
  return { counts: [created, updated, unchanged, rejected], problems }
}

const filing = (number: string) =>
  database.db.selectFrom('filing').selectAll().where('filing_number', '=', number).executeTakeFirst()

describe('a file of filings', () => {
  const NEW = `T-1,${OWN},装配线改造,2205-990100-04-01-000002,,2022-05-20,1200.5,"1,00",2022-05-25,实施中`

  it('puts each project on file from the day it was filed, in exact fen', async () => {
    const line = NEW.replace('"1,00"', '100')
    assert.deepEqual(await take([line], { dryRun: true }), { counts: [1, 0, 0, 0], problems: [] })
    assert.equal(await filing('T-1'), undefined)
    assert.deepEqual((await take([line])).counts, [1, 0, 0, 0])
    const row = await filing('T-1')
    assert.equal(row?.verified_investment_fen, 1_200_500_000n)
    assert.equal(row?.civil_works_fen, 100_000_000n)
    const source = await database.db
      .selectFrom('source')
      .select('as_of')
      .where('id', '=', row?.source_id ?? '')
      .executeTakeFirstOrThrow()
    assert.equal(source.as_of, '2022-05-25')
  })

  it('changes nothing when it is imported again', async () => {
    const written = async () => [
      await database.db.selectFrom('filing').selectAll().orderBy('id').execute(),
      await database.db
        .selectFrom('filing_version')
        .selectAll()
        .orderBy('filing_id')
        .orderBy('version')
        .execute(),
      await database.db.selectFrom('source').selectAll().orderBy('id').execute(),
    ]
    const before = await written()
    assert.deepEqual((await take([NEW.replace('"1,00"', '100')])).counts, [0, 0, 1, 0])
    assert.deepEqual(await written(), before)
  })

  it('takes no fact away with an empty cell, and keeps what was said before in the history', async () => {
    const line = `T-1,${OWN},,,,,1500,,,`
    assert.deepEqual((await take([line], { asOf: '2022-08-01' })).counts, [0, 1, 0, 0])
    const row = await filing('T-1')
    assert.equal(row?.project_name, '装配线改造')
    assert.equal(row?.verified_investment_fen, 1_500_000_000n)
    const history = await database.db
      .selectFrom('filing_version')
      .select(['version', 'changed', 'verified_investment_fen'])
      .where('filing_id', '=', row?.id ?? '')
      .orderBy('version')
      .execute()
    assert.deepEqual(history.at(-1)?.changed, ['verified_investment_fen'])
  })

  const REFUSED: [what: string, line: string, problem: RegExp][] = [
    ['an amount that is none', NEW, /2 土建投资（万元） 1,00 cell.not-an-amount/],
    [
      'a number of another enterprise',
      `${FILING_NUMBER},${OTHER},项目,,,,,,2022-05-01,`,
      /filing.of-another/,
    ],
    [
      'an enterprise that the registry lacks',
      'T-9,91990100MA0000099X,项目,,,,,,2022-05-01,',
      /credit-code|organisation.unknown/,
    ],
    [
      'a day that is none',
      `T-9,${OWN},项目,,,2022-02-30,,,2022-05-01,`,
      /合同签订日期 2022-02-30 cell.not-a-day/,
    ],
    ['a day that has not come', `T-9,${OWN},项目,,,,,,2099-05-01,`, /备案日期 2099-05-01 cell.day-ahead/],
    ['a state that is none', `T-9,${OWN},项目,,,,,,2022-05-01,大概`, /状态 大概 cell.not-listed/],
    ['a town that is none', `T-9,${OWN},项目,,无名镇,,,,2022-05-01,`, /镇街 无名镇 town.unknown/],
    [
      'more civil works than investment',
      `T-9,${OWN},项目,,,,10,11,2022-05-01,`,
      /土建投资（万元） 110000.00 filing.civil-works/,
    ],
    ['a new project without a name', `T-9,${OWN},,,,,,,2022-05-01,`, /项目名称 {2}cell.missing/],
    ['a missing number', `,${OWN},项目,,,,,,2022-05-01,`, /备案编号 {2}cell.missing/],
    ['a change before what is known', `T-1,${OWN},,,,,9999,,,`, /filing.later-known/],
  ]
  for (const [what, line, problem] of REFUSED) {
    it(`refuses ${what}, names the cell, and takes the other rows`, async () => {
      const sound = `T-1,${OWN},装配线改造,,,,,,,`
      const result = await take([line, sound.replace('T-1', what.includes('before') ? 'T-0' : 'T-1')], {
        asOf: '2022-01-01',
        dryRun: true,
      })
      assert.match(result.problems.join('\n'), problem)
      assert.equal(result.counts[3], what.includes('before') ? 2 : 1)
    })
  }

  it('leaves nothing when it is broken off after the last row was written', async () => {
    const line = `T-7,${OWN},新线,,,,,,2022-05-25,`
    const brokenOff = () => {
      throw new Error('broken off')
    }
    await assert.rejects(
      take([line], { onProgress: ({ step }) => step === 'writing' && brokenOff() }),
      /broken off/,
    )
    assert.equal(await filing('T-7'), undefined)
  })

  it('counts the first of two rows with one number', async () => {
    const line = `T-1,${OWN},装配线改造,,,,,,,`
    const { counts, problems } = await take([line, line])
    assert.deepEqual(counts, [0, 0, 2, 0])
    assert.deepEqual(problems, ['3 备案编号 T-1 row.repeated'])
  })

  it('is refused as a whole where its columns are not named', async () => {
    await assert.rejects(take(['x'], { heading: '甲,乙' }), { code: 'import.heading-unknown' })
  })
})

describe('a loan that was reported before its project was on file', () => {
  it('waits for the fact, and is decided once the file comes', async () => {
    database = await testDatabase()
    await subsidyFixture(database)
    await report(database, [
      ...qualifyingLoan('L-1', { filing_number: 'T-2' }),
      settled('L-1', '2022-06-15', '2022-06-21', '6166.67'),
    ])
    const answer = async () => {
      await determineClaims(database.db)
      return database.db.selectFrom('claim').select(['answer', 'amount_fen']).executeTakeFirstOrThrow()
    }
    assert.equal((await answer()).answer, 'unknown')
    const line = `T-2,${OWN},新线,2205-990100-04-01-000003,是,2022-05-20,1200,100,2022-05-25,`
    const { problems } = await take([line], { heading: HEADING.replace('镇街', '是否在本市') })
    assert.deepEqual(problems, [])
    assert.deepEqual(await answer(), { answer: 'eligible', amount_fen: 555_000n })
  })
})
