import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { check, type MoneyOptions, readModel } from '../src/index.ts'
import { type DecisionSpec, modelXml, type TableSpec } from './model-xml.ts'

const INPUTS = { 利息: 'number', 上限: 'number', 比例: 'number', 月数: 'number', 逾期: 'boolean' }

function problems(decisions: Readonly<Record<string, string | TableSpec>>, options: MoneyOptions = {}) {
  const names = Object.keys(decisions)
  const specs = Object.entries(decisions).map(([name, logic], i): [string, DecisionSpec] => [
    name,
    {
      requires: [...Object.keys(INPUTS), ...names.slice(0, i)],
      ...(typeof logic === 'string' ? { expression: logic } : { table: logic }),
    },
  ])
  const model = readModel(modelXml({ inputs: INPUTS, decisions: Object.fromEntries(specs) }), {
    file: '贴息.dmn',
  })
  const last = names.at(-1) ?? ''
  return check(model, { money: [last], ...options })
}

describe('money that nobody rounds', () => {
  for (const [what, expression, expected] of [
    ['a share of an amount', '利息 * 比例', '利息 * 比例'],
    ['a division', '利息 / 月数', '利息 / 月数'],
    ['a rate written out', 'min(上限, 利息 * 0.5)', '利息 * 0.5'],
    ['a rounding to more places', 'round half up(利息 * 比例, 4)', 'round half up(利息 * 比例, 4)'],
    ['one branch of two', 'if 逾期 then 0 else 上限 - 利息 * 比例', '利息 * 比例'],
    ['a share that is rounded', 'round half up(利息 * 比例, 2)', undefined],
    ['a share rounded to whole yuan', 'floor(利息 * 比例)', undefined],
    ['sums, limits and whole multiples', 'max(0, min(上限, 3 * 利息 - 上限))', undefined],
  ] as const) {
    it(`is ${expected === undefined ? 'not ' : ''}${what}`, () => {
      const [problem] = problems({ 金额: expression })
      assert.deepEqual(
        problem && [
          problem.code,
          problem.severity,
          problem.where.element,
          expression.slice(problem.where.from, problem.where.to),
        ],
        expected && ['money', 'error', '金额', expected],
      )
    })
  }

  it('is found where it arises, in another decision or in the cell of a rule, with an example', () => {
    const table = {
      columns: ['逾期'],
      outputs: [{ type: 'number' }],
      rules: [
        ['true', '0'],
        ['false', '应贴'],
      ],
    }
    const [problem] = problems({ 应贴: '利息 * 比例', 金额: table })
    assert.deepEqual([problem?.where.element, problem?.where.file], ['应贴', '贴息.dmn'])
    assert.equal(
      problem?.zh,
      '“金额”是金额，而这里的“利息 * 比例”可能有 4 位小数（例如 0.0001），没有规则取整到分。请写明怎样取整，例如 round half up(利息 * 比例, 2)。',
    )
    const [cell] = problems({
      金额: {
        ...table,
        rules: [
          ['true', '利息 * 0.125'],
          ['false', '0'],
        ],
      },
    })
    assert.deepEqual([cell?.where.rule, cell?.where.output, cell?.where.text], [1, 1, '利息 * 0.125'])
  })

  it('is said of decisions the caller calls money only, by the places the caller knows of inputs', () => {
    assert.deepEqual(problems({ 金额: '利息 * 比例' }, { money: [] }), [])
    assert.deepEqual(problems({ 金额: '利息 * 月数' }, { places: { 月数: 0 } }), [])
    assert.match(problems({ 金额: '利息 + 比例' }, { places: { 比例: 6 } })[0]?.en ?? '', /6 places/)
    assert.throws(() => problems({ 金额: '1' }, { money: ['无此决策'] }), /no decision/)
  })

  it('is nowhere in what cities publish', () => {
    const cities = join(import.meta.dirname, '../../../cities')
    for (const [policy, amount] of [
      ['zhongshan/policies/digital-loan-interest', '贴息金额'],
      ['testville/policies/equipment-loan-interest', '贴息金额'],
    ] as const) {
      const model = readModel(readFileSync(join(cities, policy, 'model.dmn'), 'utf8'), { file: policy })
      assert.deepEqual(check(model, { money: [amount] }), [], policy)
    }
  })
})
