import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, conditionBits, evaluate, type Plain, type PlainInputs, prepare } from '../src/index.ts'
import { bulkProblems } from '../src/sql/index.ts'
import { ELIGIBLE, POLICY } from './interest-subsidy.ts'

const AS_OF = '2024-06-21'

function decide(decision: string, changed: PlainInputs = {}): Plain {
  return evaluate(POLICY, decision, { ...ELIGIBLE, ...changed }, { asOf: AS_OF }).value
}

describe('the interest subsidy policy', () => {
  it('is a model without problems, fit to run in bulk', () => {
    assert.deepEqual(check(POLICY), [])
    const decisions = POLICY.decisions.map(decision => decision.name)
    assert.deepEqual(bulkProblems(POLICY, decisions), [])
  })

  it('counts principal up to the contract and to the investment without civil works', () => {
    assert.equal(decide('合格本金上限'), '42000000')
    assert.equal(decide('合格本金上限', { 合同金额: '30000000' }), '30000000')
    assert.equal(decide('合格本金上限', { 土建金额: null }), null)
  })

  it('takes the later of the starts and the earlier of the ends', () => {
    assert.equal(decide('贴息起日'), '2023-10-10')
    assert.equal(decide('贴息起日', { 首次放款日: '2021-05-01', 备案日期: '2021-03-01' }), '2022-01-05')
    assert.equal(decide('贴息止日'), '2025-12-31')
    assert.equal(decide('贴息止日', { 首次放款日: '2022-02-28' }), '2025-02-28')
    assert.equal(decide('备案截止日'), '2024-02-29')
  })

  it('pays 90, then 80, then 70 percent by loan year, and nothing after the fifth', () => {
    const years: readonly [settled: string, rate: string, amount: string][] = [
      ['2024-06-21', '0.9', '108000'],
      ['2024-10-09', '0.9', '108000'],
      ['2024-10-10', '0.8', '96000'],
      ['2025-10-10', '0.7', '84000'],
      ['2028-10-09', '0.7', '84000'],
      ['2028-10-10', '0', '0'],
    ]
    for (const [settled, rate, amount] of years) {
      assert.equal(decide('年度比例', { 结息日: settled }), rate, settled)
      assert.equal(decide('贴息金额', { 结息日: settled }), amount, settled)
    }
  })

  it('pays only up to the yearly cap and never less than nothing', () => {
    const large = { 实付利息: '31200000', 合格应计利息: '31200000', 贴息比例: '1' }
    assert.equal(decide('贴息金额', large), '30000000')
    assert.equal(decide('贴息金额', { ...large, 本年已贴息: '29999999.99' }), '0.01')
    assert.equal(decide('贴息金额', { ...large, 本年已贴息: '30000000.01' }), '0')
  })

  it('counts interest in proportion where more was borrowed than is eligible', () => {
    assert.equal(decide('贴息金额', { 借款本金: '84000000' }), '54000')
    assert.equal(decide('贴息金额', { 借款本金: '63000000', 合格应计利息: '100000' }), '60000')
  })

  it('answers eligible, ineligible and suspended, and marks what is unknown', () => {
    assert.equal(decide('资格'), '符合')
    assert.equal(decide('资格', { 失信: true }), '不符合')
    assert.equal(decide('资格', { 首次放款日: '2024-03-01' }), '不符合')
    assert.equal(decide('贴息金额', { 失信: true }), '0')
    assert.equal(decide('合规'), '合规')
    assert.equal(decide('合规', { 逾期: true }), '暂停')
    assert.equal(decide('合规', { 利息核对: '不符' }), '暂停')
    assert.equal(decide('合规', { 逾期: null }), null)
    const { trace } = evaluate(
      POLICY,
      '资格',
      { ...ELIGIBLE, 失信: null, 备案日期: null, 合作银行: false },
      { asOf: AS_OF },
    )
    assert.deepEqual(conditionBits(trace, '资格'), { passed: 0b11101001n, unknown: 0b00010010n })
  })

  it('takes a status that is not on the list as missing, and says so', () => {
    const { value, messages, trace } = evaluate(
      POLICY,
      '资格',
      { ...ELIGIBLE, 企业登记状态: '搬迁' },
      { asOf: AS_OF },
    )
    assert.equal(value, '不符合')
    assert.deepEqual(
      messages.map(({ code, where }) => [code, where.element]),
      [['not-allowed', '企业登记状态']],
    )
    assert.equal(conditionBits(trace, '资格').unknown, 1n)
  })

  it('is compiled once: the fast way gives the same as the explained one', () => {
    const prepared = prepare(POLICY, '贴息金额')
    assert.equal(prepared, prepare(POLICY, '贴息金额'))
    assert.equal(prepared.type, 'number')
    assert.ok(prepared.inputs.includes('备案日期') && !prepared.inputs.includes('逾期'))
    const { value, messages } = prepared.value(ELIGIBLE, { asOf: AS_OF })
    const explained = prepared.explain(ELIGIBLE, { asOf: AS_OF })
    assert.deepEqual([value, messages], [explained.value, explained.messages])
  })
})
