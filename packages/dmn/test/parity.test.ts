import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { check, type Explained, evaluate, type Model, readModel } from '../src/index.ts'
import { toJavaScript } from '../src/javascript/index.ts'
import { toSql } from '../src/sql/index.ts'
import { models } from './generate-models.ts'
import { modelXml } from './model-xml.ts'
import { describeModel, expected, INTEGERS, integersOf, printed } from './parity-answers.ts'
import { COLUMNS, parityRows, type Row } from './parity-rows.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

const MODELS = Number(process.env.DMN_PARITY_MODELS ?? 300)
const SEED = Number(process.env.DMN_PARITY_SEED ?? Date.now() % 2 ** 31)
const ROWS = Number(process.env.DMN_PARITY_ROWS ?? 40)
const AS_OF = '2024-02-29'

describe('the readings of a rule', () => {
  const rows = parityRows(ROWS, SEED)
  let postgres: TestPostgres
  let database: pg.Client

  before(async () => {
    postgres = await startPostgres()
    database = postgres.client
    const columns = Object.entries(COLUMNS)
    const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
    await database.query(
      `create temporary table parity (id integer primary key, ${columns.map(([, { column, type }]) => `${quote(column)} ${type}`).join(', ')})`,
    )
    for (const [id, { stored }] of rows.entries()) {
      const values = columns.map(([name]) => stored[name] ?? null)
      await database.query(
        `insert into parity values ($1, ${values.map((_, i) => `$${i + 2}`).join(', ')})`,
        [id, ...values],
      )
    }
  })

  after(() => postgres.stop())

  it(`agree on generated models, cell by cell (${MODELS} models, ${ROWS} rows, seed ${SEED})`, async () => {
    const property = fc.asyncProperty(
      models(),
      fc.constantFrom(0, 60),
      async ({ spec, parameters }, casesMax) => {
        const model = readModel(modelXml(spec), { file: 'generated.dmn' })
        // Generated rules overlap and leave gaps at random; what happens then is to agree as well.
        const problems = check(model).filter(
          ({ code }) => !['overlap', 'gap', 'unreachable', 'division-by-zero'].includes(code),
        )
        assert.deepEqual(problems, [])
        await compareReadings(database, model, rows, parameters, casesMax)
      },
    )
    const result = await fc.check(property, { numRuns: MODELS, seed: SEED })
    const [smallest] = result.counterexample ?? []
    assert.ok(
      !result.failed,
      `seed ${SEED}, path ${result.counterexamplePath}, shrunk ${result.numShrinks} times to\n${describeModel(smallest?.spec)}\n${result.errorInstance}`,
    )
  })
})

async function compareReadings(
  database: pg.Client,
  model: Model,
  sample: readonly Row[],
  constant: readonly string[],
  casesMax: number,
): Promise<void> {
  const decisions = model.decisions.map(decision => decision.name)
  const conditions = model.decisions
    .filter(({ logic }) => logic.kind === 'table')
    .map(decision => decision.name)
  const parameters = Object.fromEntries(constant.map(name => [name, sample[0]?.inputs[name]]))
  const bound = Object.entries(COLUMNS).filter(([name]) => !constant.includes(name))
  const { text, items } = toSql(model, {
    decisions,
    conditions,
    subject: { table: 'parity', alias: 's', keys: ['id'], columns: Object.fromEntries(bound) },
    parameters,
    casesMax,
    asOf: AS_OF,
  })
  const compiled = toJavaScript(model, { decisions, conditions, integers: INTEGERS, parameters, asOf: AS_OF })
  const { rows } = await database
    .query({
      text: `${text} order by s.id`,
      rowMode: 'array',
      types: { getTypeParser: () => (value: unknown) => value },
    })
    .catch(error => assert.fail(`PostgreSQL refused: ${error.message}\n${text}`))
  for (const [id, { inputs }] of sample.entries()) {
    const given = { ...inputs, ...parameters }
    const answers = compiled.run({ ...given, ...integersOf(given) })
    const explained = new Map<string, Explained>()
    for (const [i, item] of items.entries()) {
      const { decision } = item
      const one = explained.get(decision) ?? evaluate(model, decision, given, { asOf: AS_OF })
      explained.set(decision, one)
      const actual = rows[id]?.[i + 1]
      assert.equal(
        actual,
        expected(item, one),
        `${decision} ${item.role} of row ${id} ${JSON.stringify(given)}\n${text}`,
      )
      assert.equal(
        printed(compiled.items[i], answers[i]),
        expected(item, one),
        `JavaScript: ${decision} ${item.role} of row ${id} ${JSON.stringify(given)}\n${compiled.source}`,
      )
    }
  }
}
