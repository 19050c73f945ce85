import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { importOrganisations } from './import-organisations.ts'
import { city, importText, inGb18030, registryState } from './test/fixtures.ts'

const data = process.env.MILLRACE_DATA ?? '../shared/data'
const file = join(data, 'zhongshan-enterprises.csv')
const skip = existsSync(file) ? false : `${file} is not there: set MILLRACE_DATA to the folder of test data`
const ROWS = 2_671

describe('a real file of registration records', { skip }, () => {
  let database: TestDatabase

  before(async () => {
    database = await testDatabase()
  })

  it('is taken as it stands, odd rows with a warning, and again without a change', async () => {
    const options = { file, city, database, actor: { name: 'test', role: 'system' } } as const
    const tried = await importOrganisations({ ...options, dryRun: true })
    assert.deepEqual([tried.rows, tried.created, tried.rejected], [ROWS, ROWS, 0])
    const first = await importOrganisations(options)
    assert.deepEqual([first.rows, first.created, first.rejected], [ROWS, ROWS, 0])
    assert.equal(first.warnings, tried.warnings)
    assert.equal(first.problemCounts.get('kind.branch'), 45)
    assert.equal(first.problemCounts.get('cell.nothing'), 2_910)
    assert.equal(first.problemCounts.get('capital.currency-unknown'), 1)
    const state = await registryState(database)
    const second = await importOrganisations(options)
    assert.deepEqual([second.created, second.updated, second.unchanged], [0, 0, ROWS])
    assert.deepEqual(await registryState(database), state)
  })

  it('is the same file in GB18030', async () => {
    const state = await registryState(database)
    const result = await importText(database, inGb18030(readFileSync(file, 'utf8')))
    assert.deepEqual([result.created, result.updated, result.unchanged], [0, 0, ROWS])
    assert.deepEqual(await registryState(database), state)
  })

  it('has its capital read to the unit and its currencies known', async () => {
    const { rows } = await database.pool.query<{ currency: string; organisations: bigint }>(
      `select coalesce(capital_currency, 'open') as currency, count(*) as organisations
       from organisation where capital is not null group by 1 order by 2 desc`,
    )
    assert.deepEqual(Object.fromEntries(rows.map(row => [row.currency, Number(row.organisations)])), {
      CNY: 1_779,
      HKD: 178,
      USD: 174,
      JPY: 3,
      open: 1,
    })
  })
})
