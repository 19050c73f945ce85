import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Plain } from '../src/index.ts'
import type { OutputSpec } from './model-xml.ts'
import { table } from './one-decision.ts'

const THREE = [
  ['>= 0', '"丙"', '1'],
  ['>= 10', '"乙"', '2'],
  ['>= 20', '"甲"', '3'],
]

function decide(hitPolicy: string, value: string | null, output: 'grade' | 'points', more: OutputSpec = {}) {
  const rules = THREE.map(([cell = '', grade = '', points = '']) => [
    cell,
    output === 'grade' ? grade : points,
  ])
  return table({ hitPolicy, columns: ['分'], outputs: [{ ...more }], rules }, { 分: ['number', value] })
}

describe('hit policies', () => {
  it('first takes the first rule that matches, in order', () => {
    assert.equal(decide('F', '25', 'grade').value, '丙')
    assert.equal(decide('F', '-1', 'grade').value, null)
  })

  it('unique gives null and a located message when more than one rule matches', () => {
    const { value, messages, trace } = decide('U', '15', 'grade')
    assert.equal(value, null)
    assert.deepEqual(
      messages.map(({ code, where }) => [code, where.element]),
      [['many-rules', '结果']],
    )
    const logic = trace.decisions[0]?.logic
    assert.deepEqual(logic?.kind === 'table' && [logic.matched, logic.deciding], [[1, 2], []])
    assert.equal(decide('U', '5', 'grade').value, '丙')
  })

  it('priority takes the output that stands first in the list of values', () => {
    assert.equal(decide('P', '25', 'grade', { values: '"甲", "乙", "丙"' }).value, '甲')
    assert.equal(decide('P', '25', 'grade', { values: '"乙", "甲", "丙"' }).value, '乙')
  })

  it('any accepts several rules that say the same and refuses those that do not', () => {
    const rules = [
      ['> 0', '"可"'],
      ['> 5', '"可"'],
      ['> 9', '"否"'],
    ]
    const any = (value: string) =>
      table({ hitPolicy: 'A', columns: ['分'], outputs: [{}], rules }, { 分: ['number', value] })
    assert.equal(any('6').value, '可')
    assert.equal(any('10').value, null)
    assert.deepEqual(
      any('10').messages.map(message => message.code),
      ['different-outputs'],
    )
  })

  it('collecting policies add, count, and take the least and the greatest', () => {
    const cases: readonly [policy: string, value: string | null, expected: Plain][] = [
      ['C+', '25', '6'],
      ['C+', '12', '3'],
      ['C+', '-1', null],
      ['C+', null, null],
      ['C#', '12', '2'],
      ['C#', '-1', '0'],
      ['C<', '25', '1'],
      ['C>', '25', '3'],
      ['C', '12', ['1', '2']],
      ['R', '25', ['1', '2', '3']],
    ]
    for (const [policy, value, expected] of cases)
      assert.deepEqual(decide(policy, value, 'points').value, expected, policy)
    assert.deepEqual(decide('O', '25', 'grade', { values: '"甲", "乙", "丙"' }).value, ['甲', '乙', '丙'])
  })

  it('a sum over a missing output is missing, not smaller', () => {
    const rules = [
      ['-', '金额'],
      ['-', '5'],
    ]
    const spec = { hitPolicy: 'C+', columns: ['分'], outputs: [{}], rules }
    assert.equal(table(spec, { 分: ['number', '1'], 金额: ['number', null] }).value, null)
  })

  it('the default output stands where no rule matches, and only there', () => {
    assert.equal(decide('U', '-1', 'grade', { default: '"无"' }).value, '无')
    assert.equal(decide('U', null, 'grade', { default: '"无"' }).value, '无')
    assert.equal(decide('U', '25', 'grade', { default: '"无"' }).value, null)
    assert.equal(decide('C#', '-1', 'points', { default: '-1' }).value, '-1')
  })

  it('several outputs come as one value with names', () => {
    const spec = {
      hitPolicy: 'F',
      columns: ['分'],
      outputs: [{ name: '等级' }, { name: '奖励金额', default: '0' }],
      rules: [
        ['>= 90', '"标杆"', '5000000'],
        ['>= 60', '"示范"', ''],
      ],
    }
    const at = (value: string) => table(spec, { 分: ['number', value] }).value
    assert.deepEqual(at('95'), { 等级: '标杆', 奖励金额: '5000000' })
    assert.deepEqual(at('70'), { 等级: '示范', 奖励金额: null })
    assert.deepEqual(at('10'), { 等级: null, 奖励金额: '0' })
  })

  it('a table without rules or without columns is still a table', () => {
    assert.equal(
      table({ columns: ['分'], outputs: [{ type: 'number' }], rules: [] }, { 分: ['number', '1'] }).value,
      null,
    )
    assert.equal(table({ columns: [], outputs: [{}], rules: [['"恒"']] }).value, '恒')
  })
})
