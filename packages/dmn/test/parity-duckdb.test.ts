import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { check, type Explained, evaluate, type Model, RequestError, readModel } from '../src/index.ts'
import { type SelectItem, type SqlOptions, type SqlQuery, toSql } from '../src/sql/index.ts'
import { startDuckDb, type TestDuckDb } from './duckdb.ts'
import { models } from './generate-models.ts'
import { modelXml } from './model-xml.ts'
import { describeModel, expected } from './parity-answers.ts'
import { COLUMNS, parityRows, type Row } from './parity-rows.ts'

const MODELS = Number(process.env.DMN_PARITY_MODELS ?? 300)
const SEED = Number(process.env.DMN_PARITY_SEED ?? Date.now() % 2 ** 31)
const ROWS = Number(process.env.DMN_PARITY_ROWS ?? 40)
const AS_OF = '2024-02-29'

/** Of the generated decisions at least this share has an exact form in DuckDB; the rest is refused by name. */
const COMPILED_MIN = 0.3

/** A bare numeric has no place in DuckDB. */
const BOUND = Object.fromEntries(Object.entries(COLUMNS).filter(([, { type }]) => type !== 'numeric'))

describe('DuckDB', () => {
  const rows = parityRows(ROWS, SEED)
  let database: TestDuckDb
  const decisions = { all: 0, compiled: 0 }

  before(async () => {
    database = await startDuckDb()
    const columns = Object.entries(BOUND)
    const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
    await database.query(
      `create table parity (id integer, ${columns.map(([, { column, type }]) => `${quote(column)} ${type}`).join(', ')})`,
    )
    for (const [id, { stored }] of rows.entries()) {
      const values = columns.map(([name]) => literal(stored[name] ?? null))
      await database.query(`insert into parity values (${[id, ...values].join(', ')})`)
    }
  })

  after(() => database.stop())

  it(`agrees with the evaluator on generated models, or refuses them (${MODELS} models, seed ${SEED})`, async () => {
    const property = fc.asyncProperty(models(), async ({ spec }) => {
      const model = readModel(modelXml(spec), { file: 'generated.dmn' })
      assert.ok(
        check(model).every(({ code }) =>
          ['overlap', 'gap', 'unreachable', 'division-by-zero'].includes(code),
        ),
      )
      for (const { name, logic } of model.decisions) {
        decisions.all++
        const query = compiled(model, name, logic.kind === 'table')
        if (query === undefined) continue
        decisions.compiled++
        await compareAnswers(database, model, query, rows)
      }
    })
    const result = await fc.check(property, { numRuns: MODELS, seed: SEED })
    const [smallest] = result.counterexample ?? []
    assert.ok(
      !result.failed,
      `seed ${SEED}, path ${result.counterexamplePath}, shrunk ${result.numShrinks} times to\n${describeModel(smallest?.spec)}\n${result.errorInstance}`,
    )
    assert.ok(
      decisions.compiled >= COMPILED_MIN * decisions.all,
      `${decisions.compiled} of ${decisions.all} decisions have a form`,
    )
  })
})

/** Undefined where DuckDB has no exact form, which is then said with its place. */
function compiled(model: Model, decision: string, isTable: boolean): SqlQuery | undefined {
  const options: SqlOptions = {
    decisions: [decision],
    conditions: isTable ? [decision] : [],
    subject: { table: 'parity', alias: 's', keys: ['id'], columns: BOUND },
    asOf: AS_OF,
    target: 'duckdb',
  }
  try {
    return toSql(model, options)
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error))
    assert.ok(error.problems.every(({ code, zh, en }) => code === 'bulk' && zh !== '' && en !== ''))
    return undefined
  }
}

async function compareAnswers(
  database: TestDuckDb,
  model: Model,
  { text, items }: SqlQuery,
  sample: readonly Row[],
): Promise<void> {
  const answers = await database
    .query(`${text} order by s.id`)
    .catch(error => assert.fail(`DuckDB refused: ${error.message}\n${text}`))
  for (const [id, { inputs }] of sample.entries()) {
    const explained = new Map<string, Explained>()
    for (const [i, item] of items.entries()) {
      const { decision } = item
      const one = explained.get(decision) ?? evaluate(model, decision, inputs, { asOf: AS_OF })
      explained.set(decision, one)
      assert.equal(
        printed(item, answers[id]?.[i + 1]),
        expected(item, one),
        `${decision} ${item.role} of row ${id} ${JSON.stringify(inputs)}\n${text}`,
      )
    }
  }
}

/** As PostgreSQL prints it: a decimal without trailing zeros, a truth as one letter. */
function printed({ sqlType }: SelectItem, answer: unknown): string | null {
  if (answer === null || answer === undefined) return null
  if (typeof answer === 'boolean') return answer ? 't' : 'f'
  const text = String(answer)
  return sqlType === 'numeric' && text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function literal(value: string | null): string {
  if (value === null) return 'null'
  return value.endsWith(' BC') ? `'${value.replace(' BC', ' (BC)')}'` : `'${value.replaceAll("'", "''")}'`
}
