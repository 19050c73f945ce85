import type { PlainInputs } from '../src/index.ts'
import { type Explained, evaluate, type Model, RequestError, readModel } from '../src/index.ts'
import { toJavaScript } from '../src/javascript/index.ts'
import { type SelectItem, type SqlOptions, type SqlQuery, toSql } from '../src/sql/index.ts'
import { startDuckDb } from './duckdb.ts'
import { type ModelSpec, modelXml } from './model-xml.ts'
import { expected, INTEGERS, integersOf, printed } from './parity-answers.ts'
import { COLUMNS, type Row } from './parity-rows.ts'
import { startPostgres } from './postgres.ts'

export const AS_OF = '2024-02-29'

/** One model put to every reading. */
export interface ParityCase {
  readonly spec: ModelSpec
  /** Inputs that are the same for the whole run instead of columns. */
  readonly constants: PlainInputs
  /** A table of more rules than this becomes a join. */
  readonly casesMax: number
}

export const READINGS = ['JavaScript', 'PostgreSQL', 'DuckDB'] as const
export type Reading = (typeof READINGS)[number]

/** Where a reading does not say what the evaluator says. */
export interface Difference {
  readonly reading: Reading
  readonly decision: string
  readonly role: string
  readonly row: number
  readonly expected: string | null
  readonly actual: string | null
  /** What was run, or what the database said to it. */
  readonly text: string
}

/** The readings of a rule, over one table of rows that stands in both databases. */
export interface Readings {
  /** The first difference there is; undefined when every cell agrees. */
  compare(one: ParityCase, only?: readonly Reading[]): Promise<Difference | undefined>
  /** Decisions DuckDB was asked for, and those it has an exact form for. */
  readonly duckdb: { readonly asked: number; readonly compiled: number }
  readonly rows: readonly Row[]
  stop(): Promise<void>
}

/** A bare numeric has no place in DuckDB. */
const IN_DUCKDB = Object.fromEntries(Object.entries(COLUMNS).filter(([, { type }]) => type !== 'numeric'))

type Answers = readonly (readonly (string | null)[])[]

export async function openReadings(rows: readonly Row[]): Promise<Readings> {
  const [postgres, duckdb] = await Promise.all([startPostgres(), startDuckDb()])
  const types = { getTypeParser: () => (value: unknown) => value }
  await postgres.client.query('drop table if exists parity')
  await postgres.client.query(tableOf('temporary', COLUMNS))
  await duckdb.query(tableOf('', IN_DUCKDB))
  const into = (columns: typeof COLUMNS) =>
    `insert into parity values ${rows.map(({ stored }, id) => `(${[id, ...literals(columns, stored)].join(', ')})`).join(', ')}`
  if (rows.length > 0) {
    await postgres.client.query(into(COLUMNS))
    await duckdb.query(into(IN_DUCKDB).replaceAll(" BC'", " (BC)'"))
  }
  const counted = { asked: 0, compiled: 0 }

  const inPostgres = async (model: Model, one: ParityCase, expect: Expectation) => {
    const { decisions, conditions } = namesOf(model)
    const query = toSql(model, { ...optionsOf(one, COLUMNS), decisions, conditions })
    const ask = async (): Promise<Answers> =>
      (await postgres.client.query({ text: `${query.text} order by s.id`, rowMode: 'array', types })).rows
    return differenceIn('PostgreSQL', query, ask, expect)
  }
  const inDuckDb = async (model: Model, one: ParityCase, expect: Expectation) => {
    for (const { name, logic } of model.decisions) {
      counted.asked++
      const conditions = logic.kind === 'table' ? [name] : []
      const options = {
        ...optionsOf(one, IN_DUCKDB),
        decisions: [name],
        conditions,
        target: 'duckdb',
      } as const
      const query = whereCompiled(model, options)
      if (query === undefined) continue
      counted.compiled++
      const ask = async (): Promise<Answers> =>
        (await duckdb.query(`${query.text} order by s.id`)).map(row => [
          null,
          ...query.items.map((item, i) => printedByDuckDb(item, row[i + 1])),
        ])
      const difference = await differenceIn('DuckDB', query, ask, expect)
      if (difference !== undefined) return difference
    }
    return undefined
  }

  return {
    rows,
    duckdb: counted,
    async compare(one, only = READINGS) {
      const model = readModel(modelXml(one.spec), { file: 'generated.dmn' })
      const expect = expectationOf(model, one, rows)
      const ways: Record<Reading, () => Promise<Difference | undefined>> = {
        JavaScript: async () => inJavaScript(model, one, rows, expect),
        PostgreSQL: () => inPostgres(model, one, expect),
        DuckDB: () => inDuckDb(model, one, expect),
      }
      for (const reading of only) {
        const difference = await ways[reading]().catch((error: Error) => refused(reading, error))
        if (difference !== undefined) return difference
      }
      return undefined
    },
    async stop() {
      await postgres.stop()
      duckdb.stop()
    },
  }
}

/** What the evaluator says of an item on a row. */
type Expectation = (item: SelectItem, row: number) => string | null

function expectationOf(model: Model, { constants }: ParityCase, rows: readonly Row[]): Expectation {
  const known = rows.map(() => new Map<string, Explained>())
  return (item, row) => {
    const explained = known[row]
    const answer =
      explained?.get(item.decision) ??
      evaluate(model, item.decision, { ...rows[row]?.inputs, ...constants }, { asOf: AS_OF })
    explained?.set(item.decision, answer)
    return expected(item, answer)
  }
}

function inJavaScript(
  model: Model,
  { constants }: ParityCase,
  rows: readonly Row[],
  expect: Expectation,
): Difference | undefined {
  const names = namesOf(model)
  const { run, items, source } = toJavaScript(model, {
    ...names,
    integers: INTEGERS,
    parameters: constants,
    asOf: AS_OF,
  })
  for (const [row, { inputs }] of rows.entries()) {
    const given = { ...inputs, ...constants }
    const answers = run({ ...given, ...integersOf(given) })
    for (const [i, item] of items.entries()) {
      const wanted = expect({ ...item, name: '', sqlType: 'text', expression: '' }, row)
      const actual = printed(item, answers[i])
      if (actual === wanted) continue
      const { decision, role } = item
      return { reading: 'JavaScript', decision, role, row, expected: wanted, actual, text: source }
    }
  }
  return undefined
}

async function differenceIn(
  reading: Reading,
  { text, items }: SqlQuery,
  ask: () => Promise<Answers>,
  expect: Expectation,
): Promise<Difference | undefined> {
  const answers = await ask().catch((error: Error) => refused(reading, error, text))
  if ('reading' in answers) return answers
  for (const [row, cells] of answers.entries()) {
    for (const [i, item] of items.entries()) {
      const wanted = expect(item, row)
      const actual = cells[i + 1] ?? null
      const { decision, role } = item
      if (actual !== wanted) return { reading, decision, role, row, expected: wanted, actual, text }
    }
  }
  return undefined
}

function refused(reading: Reading, { message, stack = '' }: Error, text = stack): Difference {
  return { reading, decision: '', role: 'statement', row: 0, expected: null, actual: message, text }
}

/** Undefined where DuckDB has no exact form, which is then said with its place. */
function whereCompiled(model: Model, options: SqlOptions): SqlQuery | undefined {
  try {
    return toSql(model, options)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const named = error.problems.every(({ code, zh, en }) => code === 'bulk' && zh !== '' && en !== '')
    if (!named) throw error
    return undefined
  }
}

function namesOf({ decisions }: Model) {
  const tables = decisions.filter(({ logic }) => logic.kind === 'table')
  return { decisions: decisions.map(each => each.name), conditions: tables.map(each => each.name) }
}

function optionsOf(
  { constants, casesMax }: ParityCase,
  columns: typeof COLUMNS,
): Omit<SqlOptions, 'decisions'> {
  const bound = Object.entries(columns).filter(([name]) => !Object.hasOwn(constants, name))
  return {
    subject: { table: 'parity', alias: 's', keys: ['id'], columns: Object.fromEntries(bound) },
    parameters: constants,
    casesMax,
    asOf: AS_OF,
  }
}

function tableOf(kind: string, columns: typeof COLUMNS): string {
  const list = Object.values(columns).map(({ column, type }) => `"${column.replaceAll('"', '""')}" ${type}`)
  return `create ${kind} table parity (id integer, ${list.join(', ')})`
}

function literals(columns: typeof COLUMNS, stored: Row['stored']): string[] {
  return Object.keys(columns).map(name => {
    const value = stored[name] ?? null
    return value === null ? 'null' : `'${value.replaceAll("'", "''")}'`
  })
}

/** As PostgreSQL prints it: a decimal without trailing zeros, a truth as one letter. */
function printedByDuckDb({ sqlType }: SelectItem, answer: unknown): string | null {
  if (answer === null || answer === undefined) return null
  if (typeof answer === 'boolean') return answer ? 't' : 'f'
  const text = String(answer)
  return sqlType === 'numeric' && text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
