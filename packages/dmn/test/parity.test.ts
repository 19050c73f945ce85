import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { describeModel } from './parity-answers.ts'
import { readFixtures } from './parity-fixture.ts'
import { openReadings, type Readings } from './parity-readings.ts'
import { parityRows } from './parity-rows.ts'
import { minimize, searchDifference } from './parity-search.ts'

const MODELS = Number(process.env.DMN_PARITY_MODELS ?? 300)
const SEED = Number(process.env.DMN_PARITY_SEED ?? Date.now() % 2 ** 31)
const ROWS = Number(process.env.DMN_PARITY_ROWS ?? 40)

/** Of the generated decisions at least this share has an exact form in DuckDB; the rest is refused by name. */
const IN_DUCKDB_MIN = 0.3

describe('the readings of a rule', () => {
  const rows = parityRows(ROWS, SEED)
  let readings: Readings
  before(async () => {
    readings = await openReadings(rows)
  })
  after(() => readings.stop())

  it('agree on generated models, cell by cell', async t => {
    t.diagnostic(`${MODELS} models, ${ROWS} rows, seed ${SEED}`)
    const found = await searchDifference(readings, { models: MODELS, seed: SEED })
    if (found === undefined) return
    const smallest = await minimize(found, rows, SEED)
    assert.fail(
      `${smallest.found}\n${describeModel(smallest.case.spec)}\n${JSON.stringify(smallest.stored)}\n${found.difference.text}`,
    )
  })

  it('have an exact form in DuckDB for a third of the generated decisions', () => {
    const { asked, compiled } = readings.duckdb
    assert.ok(asked > 0 && compiled >= IN_DUCKDB_MIN * asked, `${compiled} of ${asked} have a form`)
  })
})

describe('models on which the readings once differed', () => {
  const fixtures = readFixtures()
  let readings: Readings
  before(async () => {
    readings = await openReadings(fixtures.map(({ row }) => row))
  })
  after(() => readings.stop())

  for (const { name, fixture } of fixtures) {
    it(`agree now: ${name}`, async () => {
      assert.equal(await readings.compare(fixture.case), undefined, fixture.found)
    })
  }
})
