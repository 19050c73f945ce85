import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RequestError, readModel } from '../src/index.ts'
import { type ColumnBinding, type SqlOptions, toSql } from '../src/sql/index.ts'
import { COLUMNS, PARAMETERS, POLICY } from './interest-subsidy.ts'
import { type ModelSpec, modelXml } from './model-xml.ts'

const SUBJECT = { table: 'loan_period', alias: 's', keys: ['id'], columns: COLUMNS }
const AS_OF = '2026-06-21'

function emit(spec: ModelSpec, columns: Record<string, ColumnBinding>, more: Partial<SqlOptions> = {}) {
  const model = readModel(modelXml(spec), { file: '政策.dmn' })
  return toSql(model, {
    decisions: ['结果'],
    subject: { table: 't', alias: 's', columns },
    asOf: AS_OF,
    ...more,
  })
}

function codes(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof RequestError)
    return error.problems.map(problem => problem.code)
  }
  return assert.fail('nothing was refused')
}

const one = (expression: string, type = 'number'): ModelSpec => ({
  inputs: { 金额: type },
  decisions: { 结果: { requires: ['金额'], expression } },
})
const AMOUNT: Record<string, ColumnBinding> = { 金额: { column: 'amount', type: 'numeric(18,2)' } }

describe('the SQL of a policy', () => {
  const query = toSql(POLICY, {
    decisions: ['贴息金额', '资格'],
    conditions: ['资格'],
    subject: SUBJECT,
    parameters: PARAMETERS,
    asOf: AS_OF,
  })

  it('names its select items and their types', () => {
    assert.deepEqual(
      query.items.map(({ name, role, decision, sqlType }) => [name, role, decision, sqlType]),
      [
        ['value_1', 'value', '贴息金额', 'numeric'],
        ['value_2', 'value', '资格', 'text'],
        ['rule_2', 'rule', '资格', 'integer'],
        ['passed_1', 'passed', '资格', 'bigint'],
        ['unknown_1', 'unknown', '资格', 'bigint'],
      ],
    )
  })

  it('is a select from the subject that a where clause and an insert can go around', () => {
    const list = query.items.map(item => `${item.expression} as ${item.name}`)
    assert.equal(query.text, `select\n  ${['"s"."id"', ...list].join(',\n  ')}\nfrom ${query.from}`)
    assert.ok(query.from.startsWith('"loan_period" as "s"\n  cross join lateral (select'))
  })

  it('carries no fence, no function of the day and no locale', () => {
    assert.doesNotMatch(
      query.text,
      /offset|materialized|now\(|current_date|between symmetric|\bfloat|double/i,
    )
  })

  it('compares a whole-number column with a whole literal as it is stored', () => {
    assert.match(query.text, /"s"\."project_number" <= 2\)/)
  })

  it('leaves sums and products of declared columns bare', () => {
    const { text } = emit(one('金额 * 0.0370 + 1'), AMOUNT)
    assert.match(text, /\(\(nullif\("s"\."amount", 'NaN'\) \* '0\.037'::numeric\) \+ 1::numeric\)/)
    assert.doesNotMatch(text, /to_char/)
  })
})

describe('names and texts in SQL', () => {
  it('are quoted, whatever they hold', () => {
    const column = 'a"; drop table x; --'
    const text = `存'续\\'; drop table y; --`
    const spec = one(`金额 = "${text.replaceAll('\\', '\\\\')}"`, 'string')
    const query = emit(
      spec,
      { 金额: { column, type: 'text' } },
      {
        subject: {
          table: ['city"442000', 'or"g'],
          alias: 'a"b',
          keys: ['k"'],
          columns: { 金额: { column, type: 'text' } },
        },
      },
    )
    assert.match(query.text, /"a""b"\."a""; drop table x; --" collate "C"/)
    assert.ok(query.text.includes(`E'存''续\\\\''; drop table y; --'`))
    assert.ok(query.text.includes('from "city""442000"."or""g" as "a""b"'))
    assert.ok(query.text.includes('"a""b"."k"""'))
  })

  it('are refused where PostgreSQL would cut or misread them', () => {
    const named = (column: string) => () => emit(one('金额'), { 金额: { column, type: 'numeric' } })
    assert.throws(named(''), RangeError)
    assert.throws(named('a\0b'), RangeError)
    assert.throws(named('贷'.repeat(22)), RangeError)
  })

  it('never take the name of a decision', () => {
    const spec = { decisions: { 结果: { expression: '1' } } }
    assert.match(emit(spec, {}).text, /^select\n {2}1::numeric as value_1\nfrom "t" as "s"$/)
  })
})

describe('what toSql is asked', () => {
  it('must name decisions of the model, with every input bound', () => {
    assert.deepEqual(
      codes(() => emit(one('金额'), AMOUNT, { decisions: ['别的'] })),
      ['unknown-name'],
    )
    assert.deepEqual(
      codes(() => emit(one('金额'), {})),
      ['bulk'],
    )
    assert.deepEqual(
      codes(() => emit(one('金额'), { 金额: { column: 'a', type: 'text' } })),
      ['bulk'],
    )
    assert.deepEqual(
      codes(() => emit(one('金额'), AMOUNT, { asOf: '2026-6-1' })),
      ['literal'],
    )
    assert.deepEqual(
      codes(() => emit(one('金额'), AMOUNT, { conditions: ['结果'] })),
      ['bulk'],
    )
  })

  it('may bind an input to a constant of its type only', () => {
    assert.match(
      emit(one('金额 + 1'), {}, { parameters: { 金额: '0.5' } }).text,
      /'1\.5'::numeric as value_1/,
    )
    assert.deepEqual(
      codes(() => emit(one('金额'), {}, { parameters: { 金额: '五' } })),
      ['literal'],
    )
    assert.match(emit(one('金额'), {}, { parameters: { 金额: null } }).text, /null::numeric as value_1/)
  })

  it('must not record more conditions than a bigint has bits', () => {
    const columns = Array.from({ length: 64 }, () => '金额')
    const table = { columns, outputs: [{}], rules: [[...columns.map(() => '> 0'), '1']] }
    const spec = { inputs: { 金额: 'number' }, decisions: { 结果: { requires: ['金额'], table } } }
    assert.deepEqual(
      codes(() => emit(spec, AMOUNT, { conditions: ['结果'] })),
      ['bulk'],
    )
  })

  it('makes a long chain of decisions a text of the same length, not of its power', () => {
    const steps = Array.from({ length: 60 }, (_, i) => [
      `步骤${i + 1}`,
      {
        requires: [i === 0 ? '金额' : `步骤${i}`],
        expression: i === 0 ? '金额 + 1' : `if 步骤${i} > 5 then 步骤${i} - 1 else 步骤${i} + 1`,
      },
    ])
    const { text } = emit({ inputs: { 金额: 'number' }, decisions: Object.fromEntries(steps) }, AMOUNT, {
      decisions: ['步骤60'],
    })
    assert.ok(text.length < 60 * 250, `${text.length} characters`)
    assert.match(text, /having true/)
  })
})
