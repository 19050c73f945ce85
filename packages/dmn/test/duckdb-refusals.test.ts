import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Problem, RequestError, readModel } from '../src/index.ts'
import { type ColumnBinding, toSql } from '../src/sql/index.ts'
import { modelXml } from './model-xml.ts'

const COLUMNS: Readonly<Record<string, ColumnBinding>> = {
  金额: { column: 'amount', type: 'numeric(18,2)' },
  期数: { column: 'periods', type: 'integer' },
  长数: { column: 'long', type: 'numeric(30,0)' },
  任意数: { column: 'anything', type: 'numeric' },
  状态: { column: 'status', type: 'text' },
  结息日: { column: 'settled', type: 'date' },
}
const INPUTS = {
  金额: 'number',
  期数: 'number',
  长数: 'number',
  任意数: 'number',
  状态: 'string',
  结息日: 'date',
}

/** What DuckDB has against an expression; nothing where it runs it. */
function refusals(expression: string, target: 'duckdb' | 'postgresql' = 'duckdb'): readonly Problem[] {
  const requires = Object.keys(INPUTS).filter(name => expression.includes(name))
  const inputs = Object.fromEntries(Object.entries(INPUTS).filter(([name]) => requires.includes(name)))
  const model = readModel(modelXml({ inputs, decisions: { 结果: { requires, expression } } }), {
    file: 'a.dmn',
  })
  const columns = Object.fromEntries(requires.flatMap(name => (COLUMNS[name] ? [[name, COLUMNS[name]]] : [])))
  const subject = { table: 't', alias: 's', columns }
  try {
    toSql(model, { decisions: ['结果'], subject, asOf: '2026-06-21', target })
    return []
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error))
    return error.problems
  }
}

describe('DuckDB', () => {
  it('runs what stays exact within the digits of its columns', () => {
    for (const expression of [
      '金额 * 期数',
      'round half up(金额 / 期数, 2)',
      'sum(金额, 期数, 1.5)',
      'if 状态 = "存续" then 金额 else 0',
      '结息日 + duration("P1M")',
      'substring(状态, 1, 2)',
      'modulo(期数, 7)',
    ]) {
      assert.deepEqual(refusals(expression), [], expression)
    }
  })

  it('refuses by name what might need more than 34 digits, a quotient that is not rounded among it', () => {
    for (const expression of ['长数 * 长数', '金额 / 期数', '任意数 + 1', '金额 * 1e-30 * 期数']) {
      const [first] = refusals(expression)
      assert.equal(first?.code, 'bulk', expression)
      assert.equal(first.where.file, 'a.dmn')
      assert.ok(first.zh !== '' && first.en !== '')
      assert.deepEqual(refusals(expression, 'postgresql'), [], expression)
    }
  })

  it('refuses by name texts that are read as numbers or dates or change case', () => {
    for (const expression of ['number(状态)', 'date(状态)', 'upper case(状态)', 'lower case(状态)']) {
      assert.deepEqual(
        refusals(expression).map(({ code }) => code),
        ['bulk'],
        expression,
      )
    }
  })
})
