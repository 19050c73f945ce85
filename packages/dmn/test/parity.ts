import { parseArgs } from 'node:util'
import { saveFixture } from './parity-fixture.ts'
import { openReadings, READINGS } from './parity-readings.ts'
import { parityRows } from './parity-rows.ts'
import { minimize, searchDifference } from './parity-search.ts'

const USAGE = `npm run parity -- [--models 10000] [--rows 40] [--seed N]

Generates decision models and runs each of them on the same rows in the evaluator, as JavaScript, in PostgreSQL and in
DuckDB. What differs is made as small as it gets and saved to test/fixtures/parity, where the tests read it.
The last line is JSON: {models, rows, seed, differences, duckdb}.

Exit code: 0 all agree, 1 something differs.`

/** Differences are saved up to this many; then there is enough to look at. */
const DIFFERENCES_MAX = 5

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '10000' },
    rows: { type: 'string', default: '40' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help === true) {
  process.stdout.write(`${USAGE}\n`)
  process.exit(0)
}
const models = Number(values.models)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const rows = parityRows(Number(values.rows), seed)
process.stdout.write(`seed ${seed}: ${models} models, ${rows.length} rows, ${READINGS.join(', ')}\n`)

const readings = await openReadings(rows)
const saved: string[] = []
let done = 0
const onModel = () => {
  done++
  if (done % 500 === 0) process.stderr.write(`${done} of ${models} models, ${saved.length} differ\n`)
}
try {
  // After a difference the search goes on with what another seed generates.
  for (let next = seed; done < models && saved.length < DIFFERENCES_MAX; next = (next + 1) % 2 ** 31) {
    const found = await searchDifference(readings, { models: models - done, seed: next, onModel })
    if (found === undefined) break
    const fixture = await minimize(found, rows, next)
    const file = saveFixture(fixture)
    if (!saved.includes(file)) saved.push(file)
    process.stdout.write(`${fixture.found}\n  ${file}\n`)
  }
} finally {
  await readings.stop()
}
const { asked, compiled } = readings.duckdb
const summary = {
  models: done,
  rows: rows.length,
  seed,
  differences: saved.length,
  duckdb: { asked, compiled },
}
process.stdout.write(`${JSON.stringify(summary)}\n`)
process.exitCode = saved.length === 0 ? 0 : 1
