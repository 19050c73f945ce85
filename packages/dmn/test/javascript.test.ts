import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evaluate, RequestError, readModel } from '../src/index.ts'
import { type JavaScriptOptions, toJavaScript } from '../src/javascript/index.ts'
import { modelXml } from './model-xml.ts'

const AS_OF = '2026-06-21'
const INPUTS = {
  利息: 'number',
  期数: 'number',
  状态: '登记状态',
  结息日: 'date',
  期限: 'years and months duration',
}
const TYPES = [{ name: '登记状态', base: 'string', allowed: '"存续", "注销"' }]

function modelOf(expression: string) {
  const decisions = { 结果: { requires: Object.keys(INPUTS), expression } }
  return readModel(modelXml({ types: TYPES, inputs: INPUTS, decisions }), { file: '编译.dmn' })
}

function compiled(expression: string, options: Partial<JavaScriptOptions> = {}) {
  return toJavaScript(modelOf(expression), { decisions: ['结果'], asOf: AS_OF, ...options })
}

describe('decisions compiled to JavaScript', () => {
  it('take whole numbers as they are stored, and what is not whole or too long as missing', () => {
    const { run } = compiled('利息 * 0.90', { integers: { 利息: { scale: 2 } } })
    for (const [given, expected] of [
      [12345_60, '11111.04'],
      [12345_60n, '11111.04'],
      [-1, '-0.009'],
      [999_999_999_999_999, '8999999999999.991'],
      [1_000_000_000_000_000, null],
      [0.5, null],
      [Number.NaN, null],
      ['12345.60', null],
      [null, null],
    ] as const) {
      assert.deepEqual(run({ 利息: given }), [expected], String(given))
    }
  })

  it('read other numbers, dates and durations as the evaluator does, a double never', () => {
    const { run } = compiled('if 期限 > duration("P1Y") then 结息日 + 期限 else 结息日')
    for (const 结息日 of ['2024-02-29', '2023-02-29', 20240229n, null]) {
      for (const 期限 of ['P13M', 'P1M', 'PT1H', '']) {
        const { value } = evaluate(
          modelOf('if 期限 > duration("P1Y") then 结息日 + 期限 else 结息日'),
          '结果',
          { 结息日, 期限 },
          { asOf: AS_OF },
        )
        assert.deepEqual(run({ 结息日, 期限 }), [value], `${结息日} ${期限}`)
      }
    }
    assert.deepEqual(compiled('期数 + 1').run({ 期数: 1.5 }), [null])
  })

  it('take a value that is not allowed, or was never given, as missing', () => {
    const { run } = compiled('状态')
    assert.deepEqual(run({ 状态: '存续' }), ['存续'])
    assert.deepEqual(run({ 状态: '搬迁' }), [null])
    assert.deepEqual(run({}), [null])
    const decisions = { 结果: { requires: ['constructor'], expression: 'is defined(constructor)' } }
    const odd = readModel(modelXml({ inputs: { constructor: 'string' }, decisions }), { file: 'a.dmn' })
    assert.deepEqual(toJavaScript(odd, { decisions: ['结果'], asOf: AS_OF }).run({}), [false])
  })

  it('give the deciding rule and the bits of a table beside its value', () => {
    const table = {
      columns: ['利息', '状态'],
      outputs: [{ type: 'string' }],
      rules: [
        ['> 0', '"存续"', '"给"'],
        ['<= 0', '-', '"不给"'],
      ],
    }
    const decisions = { 结果: { requires: Object.keys(INPUTS), table } }
    const model = readModel(modelXml({ types: TYPES, inputs: INPUTS, decisions }), { file: '编译.dmn' })
    const { run, items } = toJavaScript(model, { decisions: ['结果'], conditions: ['结果'], asOf: AS_OF })
    assert.deepEqual(
      items.map(({ role }) => role),
      ['value', 'rule', 'passed', 'unknown'],
    )
    assert.deepEqual(run({ 利息: '1', 状态: '存续' }), ['给', 1, 3n, 0n])
    assert.deepEqual(run({ 利息: '1' }), [null, null, 1n, 2n])
  })

  it('are refused with their place where they run one by one only', () => {
    for (const expression of ['count([利息])', '[1..期数]', 'string(now())', 'for i in 1..期数 return i']) {
      assert.throws(
        () => compiled(expression),
        (error: unknown) =>
          error instanceof RequestError && error.problems.every(each => each.where.element === '结果'),
        expression,
      )
    }
    assert.throws(() => compiled('利息', { parameters: { 利息: '三' } }), RequestError)
  })

  it('hold no text of the model but as a text', () => {
    const hostile = `\`\${process.exit(1)}'"\\u2028; //`
    const { run } = compiled(`状态 + ${JSON.stringify(hostile)}`)
    assert.deepEqual(run({ 状态: '注销' }), [`注销${hostile}`])
  })
})
