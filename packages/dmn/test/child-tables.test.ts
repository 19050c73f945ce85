import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { check, evaluate, type PlainInputs, readModel } from '../src/index.ts'
import { bulkProblems, type SqlOptions, toSql } from '../src/sql/index.ts'
import { startDuckDb, type TestDuckDb } from './duckdb.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

const AS_OF = '2026-06-30'
const SEED = Number(process.env.DMN_PARITY_SEED ?? Date.now() % 2 ** 31)

/** Everything that is asked of the loans of an enterprise; each line is one decision. */
const ASKED: readonly (readonly [text: string, type: string])[] = [
  ['count(贷款)', 'number'],
  ['count(贷款[状态 = "正常"])', 'number'],
  ['count(贷款[余额 > 上限])', 'number'],
  ['count(贷款[状态 = "逾期"][余额 >= 100])', 'number'],
  ['sum(贷款.余额)', 'number'],
  ['sum(贷款[状态 = "正常" and 放款日 < date("2025-01-01")].余额)', 'number'],
  ['sum(贷款[余额 <= 上限 * 2].余额) + 1', 'number'],
  ['min(贷款.放款日)', 'date'],
  ['max(贷款[余额 between 10 and 500].余额)', 'number'],
  ['min(贷款.状态)', 'string'],
  ['some 笔 in 贷款 satisfies 笔.余额 > 上限', 'boolean'],
  ['some 笔 in 贷款[状态 = "逾期"] satisfies 笔.余额 > 100', 'boolean'],
  ['every 笔 in 贷款 satisfies 笔.状态 = "正常"', 'boolean'],
  ['every 笔 in 贷款 satisfies 笔.余额 < 上限', 'boolean'],
  ['if count(贷款[状态 = "逾期"]) > 0 then "暂停" else "正常"', 'string'],
]

const XML = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="贷款" namespace="https://millrace.example/test">
  <itemDefinition name="贷款项">
    <itemComponent name="余额"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="状态"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="放款日"><typeRef>date</typeRef></itemComponent>
  </itemDefinition>
  <itemDefinition name="贷款表" isCollection="true"><typeRef>贷款项</typeRef></itemDefinition>
  <inputData id="loans" name="贷款"><variable name="贷款" typeRef="贷款表"/></inputData>
  <inputData id="cap" name="上限"><variable name="上限" typeRef="number"/></inputData>
${ASKED.map(
  ([text, type], i) => `  <decision id="d${i}" name="问${i}"><variable name="问${i}" typeRef="${type}"/>
    <informationRequirement><requiredInput href="#loans"/></informationRequirement>
    <informationRequirement><requiredInput href="#cap"/></informationRequirement>
    <literalExpression><text>${text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</text></literalExpression></decision>`,
).join('\n')}
</definitions>`

const MODEL = readModel(XML, { file: '贷款.dmn' })
const DECISIONS = ASKED.map((_, i) => `问${i}`)

const OPTIONS: SqlOptions = {
  decisions: DECISIONS,
  subject: {
    table: 'enterprise',
    alias: 's',
    keys: ['id'],
    columns: { 上限: { column: 'cap', type: 'numeric(12,2)' } },
    children: {
      贷款: {
        table: 'loan',
        on: { enterprise_id: 'id' },
        columns: {
          余额: { column: 'balance', type: 'numeric(12,2)' },
          状态: { column: 'status', type: 'text' },
          放款日: { column: 'lent', type: 'date' },
        },
      },
    },
  },
  asOf: AS_OF,
}

interface Enterprise {
  readonly cap: string | null
  readonly loans: readonly {
    readonly balance: string | null
    readonly status: string | null
    readonly lent: string | null
  }[]
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 5 })
const ENTERPRISE: fc.Arbitrary<Enterprise> = fc.record({
  cap: maybe(fc.constantFrom('0', '100', '250.5')),
  loans: fc.array(
    fc.record({
      balance: maybe(fc.constantFrom('0', '9.99', '100', '250.5', '9999999999.99', '-5')),
      status: maybe(fc.constantFrom('正常', '逾期', '')),
      lent: maybe(fc.constantFrom('2024-02-29', '2025-01-01', '0001-01-01')),
    }),
    { maxLength: 5 },
  ),
})

function inputsOf({ cap, loans }: Enterprise): PlainInputs {
  const records = loans.map(({ balance, status, lent }) => ({ 余额: balance, 状态: status, 放款日: lent }))
  return { 上限: cap, 贷款: records }
}

describe('lists that are child tables', () => {
  let postgres: TestPostgres
  let duckdb: TestDuckDb
  const enterprises = fc.sample(ENTERPRISE, { numRuns: 300, seed: SEED })
  const answers = enterprises.map(each =>
    DECISIONS.map(decision => evaluate(MODEL, decision, inputsOf(each), { asOf: AS_OF }).value),
  )

  before(async () => {
    postgres = await startPostgres()
    duckdb = await startDuckDb()
    const tables = (kind: string) => [
      `create ${kind} table enterprise (id integer, cap numeric(12,2))`,
      `create ${kind} table loan (enterprise_id integer, balance numeric(12,2), status text, lent date)`,
    ]
    const literal = (value: string | null) => (value === null ? 'null' : `'${value}'`)
    const rows = enterprises.map(({ cap }, id) => `(${id}, ${literal(cap)})`)
    const loans = enterprises.flatMap(({ loans: of }, id) =>
      of.map(({ balance, status, lent }) => `(${[id, ...[balance, status, lent].map(literal)].join(', ')})`),
    )
    const fill = [
      `insert into enterprise values ${rows.join(', ')}`,
      `insert into loan values ${loans.join(', ')}`,
    ]
    for (const sql of [...tables('temporary'), ...fill]) await postgres.client.query(sql)
    for (const sql of [...tables(''), ...fill]) await duckdb.query(sql)
  })

  after(async () => {
    duckdb.stop()
    await postgres.stop()
  })

  it('are checked like everything else that is to run in bulk', () => {
    assert.deepEqual([...check(MODEL), ...bulkProblems(MODEL, DECISIONS)], [])
  })

  it(`are counted, added and tested in PostgreSQL as the evaluator does (seed ${SEED})`, async () => {
    const { text } = toSql(MODEL, OPTIONS)
    const { rows } = await postgres.client.query({ text: `${text} order by s.id`, rowMode: 'array' })
    for (const [id, row] of rows.entries()) compare(row.slice(1).map(printed), id, text)
  })

  it(`and in DuckDB (seed ${SEED})`, async () => {
    const { text } = toSql(MODEL, { ...OPTIONS, target: 'duckdb' })
    const rows = await duckdb.query(`${text} order by s.id`)
    for (const [id, row] of rows.entries()) compare(row.slice(1).map(printed), id, text)
  })

  it('pass once over the child table for all that asks only for its records', () => {
    const { text } = toSql(MODEL, { ...OPTIONS, decisions: ['问0', '问1', '问4', '问12'] })
    assert.equal(text.match(/from "loan"/g)?.length, 1)
  })

  it('are refused with their place where a list is used otherwise', () => {
    const xml = XML.replace('count(贷款)', 'count(append(贷款, null))')
    const [problem] = bulkProblems(readModel(xml, { file: '贷款.dmn' }), ['问0'])
    assert.equal(problem?.code, 'bulk')
    assert.equal(problem?.where.element, '问0')
  })

  function compare(row: readonly unknown[], id: number, text: string): void {
    for (const [i, value] of (answers[id] ?? []).entries()) {
      assert.equal(row[i], value, `${ASKED[i]?.[0]} of ${JSON.stringify(enterprises[id])}\n${text}`)
    }
  }
})

/** As the evaluator gives it: decimals without trailing zeros, days as texts. */
function printed(value: unknown): unknown {
  if (value instanceof Date) {
    const local = new Date(value.getTime() - value.getTimezoneOffset() * 60_000)
    return local.toISOString().slice(0, 10)
  }
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return value.replace(/\.?0+$/, '')
  return value
}
