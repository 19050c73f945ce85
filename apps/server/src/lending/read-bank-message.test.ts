import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readBankMessage } from './read-bank-message.ts'

const GRANTED = {
  message_id: 'G-1',
  kind: 'loan_granted',
  loan_receipt: 'L-1',
  occurred_on: '2022-06-15',
  credit_code: '91442000MA00000A91',
  enterprise_name: '测试企业',
  product: '数字贷',
  amount: '1000000.00',
  annual_rate: '0.037',
  day_count: 'ACT/360',
  settlement: 'quarterly',
  matures_on: '2025-06-14',
  account_number: '6222021001116245702',
  account_name: '测试企业',
  account_bank_code: '102100099996',
}
const SETTLED = {
  message_id: 'S-1',
  kind: 'interest_settled',
  loan_receipt: 'L-1',
  occurred_on: '2022-09-21',
  period_from: '2022-06-21',
  interest_due: '9455.56',
  interest_paid: '9455.56',
  penalty_paid: '0.00',
}

type Message = Readonly<Record<string, unknown>>

/** What is sent, the field that is named, and how both sentences begin. */
const cases: [string, Message, string, string, RegExp, RegExp][] = [
  [
    'a missing field',
    { ...GRANTED, product: undefined },
    'bank.field-missing',
    'product',
    /^缺少“product”。请/,
    /^"product" is missing\. Correct/,
  ],
  [
    'a percentage for a rate',
    { ...GRANTED, annual_rate: '3.7%' },
    'bank.field-malformed',
    'annual_rate',
    /^“annual_rate”是"3\.7%"，应为小于 1、最多六位小数的文本，例如 "0\.0370"。请/,
    /^"annual_rate" is "3\.7%" and should be text below 1 .*\. Correct/,
  ],
  [
    'a number for an amount',
    { ...GRANTED, amount: 1_000_000 },
    'bank.field-malformed',
    'amount',
    /^“amount”是1000000，应为以元为单位/,
    /^"amount" is 1000000 and should be yuan as text/,
  ],
  [
    'a misspelt name: what it should have been, and what it is, together',
    { ...GRANTED, matures_on: undefined, maturity: '2025-06-14' },
    'bank.field-missing',
    'matures_on',
    /^缺少“matures_on”；这类消息没有“maturity”这一项/,
    /^"matures_on" is missing; a message of this kind has no field "maturity"/,
  ],
  [
    'a period that begins when it ends',
    { ...SETTLED, period_from: '2022-09-21' },
    'loan.period-empty',
    'period_from',
    /2022-09-21.*2022-09-21.*请/,
    /2022-09-21.*2022-09-21.*report/,
  ],
  [
    'more interest paid than due',
    { ...SETTLED, interest_paid: '9455.57' },
    'loan.paid-above-due',
    'interest_paid',
    /9455\.57 元大于应收利息 9455\.56 元.*请/,
    /\(9455\.57\) than fell due \(9455\.56\).*report/,
  ],
  [
    'a loan that matures before it is granted',
    { ...GRANTED, matures_on: '2022-06-14' },
    'loan.matures-too-early',
    'matures_on',
    /2022-06-14.*2022-06-15.*请/,
    /2022-06-14.*2022-06-15.*report/,
  ],
  [
    'a loan that repays itself',
    { ...GRANTED, refinances_loan_receipt: 'L-1' },
    'loan.refinances-itself',
    'refinances_loan_receipt',
    /L-1.*请/,
    /L-1.*give/,
  ],
]

for (const [what, fields, code, where, zh, en] of cases) {
  test(`${what} is refused with what is wrong, where, and what to do`, () => {
    const { problem } = readBankMessage(JSON.parse(JSON.stringify(fields)))
    assert.ok(problem)
    assert.equal(problem.code, code)
    assert.equal(problem.where, where)
    assert.match(problem.zh, zh)
    assert.match(problem.en, en)
  })
}

test('everything that is wrong with a message is said at once, the first few in full', () => {
  const { problem } = readBankMessage({ message_id: 'G-1', kind: 'loan_granted', loan_receipt: 'L-1' })
  assert.match(problem?.zh ?? '', /缺少“occurred_on”；缺少“credit_code”；.*；另有 7 处不合要求。请/)
  assert.match(
    problem?.en ?? '',
    /"occurred_on" is missing; "credit_code" is missing; .*; and 7 more\. Correct/,
  )
})

test('whatever is wrong with it, a refusal names a field and what to do, and repeats no account', () => {
  const names = Object.keys(GRANTED).filter(name => name !== 'kind')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...names, 'acount_number'), fc.jsonValue()), {
        minLength: 1,
        maxLength: 4,
      }),
      changes => {
        const { problem } = readBankMessage({ ...GRANTED, ...Object.fromEntries(changes) })
        if (!problem) return
        assert.ok(problem.where)
        assert.match(problem.zh, /请.*message_id/)
        assert.match(problem.en, /message_id/)
        assert.ok(problem.zh.length <= 1000 && problem.en.length <= 1000)
      },
    ),
  )
  for (const name of ['account_number', 'acount_number', 'account_name']) {
    const secret = '6222021001116245702x'
    const { problem } = readBankMessage({
      ...GRANTED,
      [name]: name === 'account_name' ? ` ${secret}` : secret,
    })
    assert.ok(problem, name)
    assert.doesNotMatch(JSON.stringify(problem), /6222021/, name)
  }
})
