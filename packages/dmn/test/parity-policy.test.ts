import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { conditionBits, evaluate, type PlainInput, type PlainInputs, readModel } from '../src/index.ts'
import { toSql } from '../src/sql/index.ts'
import { COLUMNS, ELIGIBLE, PARAMETERS, POLICY } from './interest-subsidy.ts'
import { modelXml } from './model-xml.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

const AS_OF = '2026-06-21'

/** Values a register might hold for each input, missing and odd ones among them. */
const VARIANTS: Readonly<Record<string, readonly PlainInput[]>> = {
  企业登记状态: ['存续', '注销', '搬迁', null],
  失信: [false, true, null],
  合作银行: [true, false],
  备案状态: ['已备案', '已失效', null],
  备案日期: ['2023-08-31', '2023-02-28', null],
  首次放款日: ['2023-10-10', '2024-02-29', '2024-03-01', null],
  项目在本市: [true, false, null],
  在建项目序号: ['1', '2', '3', null],
  核定投资: ['50000000.00', '8000000.01', null],
  土建金额: ['8000000.00', '0.00', null],
  合同金额: ['45000000.00', '0.01', null],
  借款本金: ['42000000.00', '0.00', '63000000.00', null],
  实付利息: ['123456.78', '0.00', '99999999.99', null],
  合格应计利息: ['120000.00', '33333.33', '-0.01', null],
  结息日: ['2024-06-21', '2025-10-10', '2028-10-10', '2023-10-09', null],
  逾期: [false, true, null],
  利息核对: ['一致', '尾差', '不符', null],
  本年已贴息: ['0.00', '29999999.99', '30000000.01', null],
}

describe('the interest subsidy policy in PostgreSQL', () => {
  let postgres: TestPostgres
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres.stop())

  it('gives every loan period what the evaluator gives it: amount, answer, rule and bits', async () => {
    const rows = [...oneChangeEach(), ...mixed(400)]
    await store(postgres, rows)
    const decisions = POLICY.decisions.map(decision => decision.name)
    const { text, items } = toSql(POLICY, {
      decisions,
      conditions: ['资格', '合规'],
      subject: { table: 'loan_period', alias: 's', keys: ['id'], columns: COLUMNS },
      parameters: PARAMETERS,
      asOf: AS_OF,
    })
    const result = await query(postgres, `${text} order by s.id`)
    let paid = 0
    for (const [id, row] of rows.entries()) {
      for (const [i, { role, decision }] of items.entries()) {
        const { value, trace } = evaluate(POLICY, decision, row, { asOf: AS_OF })
        const logic = trace.decisions.at(-1)?.logic
        const expected =
          role === 'value'
            ? value
            : role === 'rule'
              ? (logic?.kind === 'table' && logic.deciding[0]) || null
              : conditionBits(trace, decision)[role]
        assert.equal(
          result[id]?.[i + 1],
          expected === null ? null : String(expected),
          `${decision} ${role} of ${JSON.stringify(row)}`,
        )
        if (role === 'value' && decision === '贴息金额' && value !== '0') paid++
      }
    }
    assert.ok(paid > 20, `only ${paid} rows are paid anything`)
  })

  it('is planned and run in time although sixty decisions each use the one before twice', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `步骤${i + 1}`)
    const decisions = names.map((name, i) => {
      const before = names[i - 1]
      const expression =
        before === undefined ? '金额 + 1' : `if ${before} > 5 then ${before} - 1.5 else ${before} * 2`
      return [name, { requires: [before ?? '金额'], expression }] as const
    })
    const model = readModel(
      modelXml({ inputs: { 金额: 'number' }, decisions: Object.fromEntries(decisions) }),
      { file: 'a.dmn' },
    )
    const { text } = toSql(model, {
      decisions: ['步骤60'],
      subject: {
        table: 'loan_period',
        alias: 's',
        columns: { 金额: { column: 'project_number', type: 'integer' } },
      },
      asOf: AS_OF,
    })
    await store(postgres, [ELIGIBLE])
    const started = performance.now()
    const [[value] = []] = await query(postgres, text)
    assert.equal(value, evaluate(model, '步骤60', { 金额: '1' }, { asOf: AS_OF }).value)
    assert.ok(performance.now() - started < 5_000, 'it took more than five seconds')
  })

  it('reads hostile names and texts as nothing but names and texts', async () => {
    const column = 'a"; drop table innocent; --'
    const hostile = `'; drop table innocent; -- \\' E'\\''`
    await postgres.client.query('create temporary table innocent (x integer)')
    await postgres.client.query(`create temporary table "t""; --" (${quoted(column)} text)`)
    await postgres.client.query(`insert into "t""; --" values ($1), ($2)`, [hostile, 'innocent'])
    const literal = `"${hostile.replaceAll('\\', '\\\\')}"`
    const spec = {
      inputs: { 文本: 'string' },
      decisions: { 结果: { requires: ['文本'], expression: `文本 = ${literal}` } },
    }
    const model = readModel(modelXml(spec), { file: 'a.dmn' })
    const subject = { table: 't"; --', alias: 's"', columns: { 文本: { column, type: 'text' } } } as const
    for (const setting of ['on', 'off']) {
      await postgres.client.query(`set standard_conforming_strings = ${setting}`)
      const { text } = toSql(model, { decisions: ['结果'], subject, asOf: AS_OF })
      assert.deepEqual(await query(postgres, text), [['t'], ['f']])
    }
    await postgres.client.query('reset standard_conforming_strings')
    assert.deepEqual(await query(postgres, 'select count(*) from innocent'), [['0']])
  })
})

function oneChangeEach(): PlainInputs[] {
  const changes = Object.entries(VARIANTS).flatMap(([name, values]) =>
    values.map(value => ({ [name]: value })),
  )
  return changes.map(change => ({ ...ELIGIBLE, ...change }))
}

/** Up to four values differ from the eligible case, so that some rows stay eligible. */
function mixed(count: number): PlainInputs[] {
  const names = Object.keys(VARIANTS)
  let state = 20260621
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: count }, () => {
    const row: Record<string, PlainInput> = { ...ELIGIBLE }
    for (let changes = next(5); changes > 0; changes--) {
      const name = names[next(names.length)] ?? ''
      const values = VARIANTS[name] ?? []
      row[name] = values[next(values.length)] ?? null
    }
    return row
  })
}

async function store({ client }: TestPostgres, rows: readonly PlainInputs[]): Promise<void> {
  const columns = Object.entries(COLUMNS)
  await client.query('drop table if exists loan_period')
  await client.query(
    `create temporary table loan_period (id integer, ${columns.map(([, { column, type }]) => `${quoted(column)} ${type}`).join(', ')})`,
  )
  for (const [id, row] of rows.entries()) {
    const values = columns.map(([name, { scale = 0 }]) => stored(row[name] ?? null, scale))
    await client.query(
      `insert into loan_period values ($1, ${values.map((_, i) => `$${i + 2}`).join(', ')})`,
      [id, ...values],
    )
  }
}

/** Yuan with two decimals as integer fen. */
function stored(value: PlainInput, scale: number): PlainInput {
  return scale === 2 && typeof value === 'string'
    ? value.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1')
    : value
}

async function query({ client }: TestPostgres, text: string): Promise<(string | null)[][]> {
  const types = { getTypeParser: () => (value: unknown) => value }
  const { rows } = await client.query<(string | null)[]>({ text, rowMode: 'array', types })
  return rows
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
