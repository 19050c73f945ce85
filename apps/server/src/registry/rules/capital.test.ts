import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readCapital } from './capital.ts'

const READ: readonly [text: string, amount: string, currency: string | undefined][] = [
  ['200(万元人民币)', '2000000', 'CNY'],
  ['235.5（万元）', '2355000', 'CNY'],
  ['180万人民币', '1800000', 'CNY'],
  ['11800万元人民币', '118000000', 'CNY'],
  ['3,030(万人民币元)', '30300000', 'CNY'],
  ['74,188.3144(万元人民币)', '741883144', 'CNY'],
  ['0.0068万人民币', '68', 'CNY'],
  ['0(万元人民币)', '0', 'CNY'],
  ['人民币50万元', '500000', 'CNY'],
  ['人民币伍拾50万元整', '500000', undefined],
  ['1亿元', '100000000', 'CNY'],
  ['1.5百万元', '1500000', 'CNY'],
  ['500元', '500', 'CNY'],
  ['420(万美元)', '4200000', 'USD'],
  ['1万美元', '10000', 'USD'],
  ['1,720(万香港元)', '17200000', 'HKD'],
  ['9万港元', '90000', 'HKD'],
  ['9万港币', '90000', 'HKD'],
  ['33,000(万日元)', '330000000', 'JPY'],
  ['12万欧元', '120000', 'EUR'],
  ['3万英镑', '30000', 'GBP'],
  ['5万澳门元', '50000', 'MOP'],
  ['7万新台币', '70000', 'TWD'],
  ['２００（万元人民币）', '2000000', 'CNY'],
  ['200 万 USD', '2000000', 'USD'],
  ['RMB 200万', '2000000', 'CNY'],
  ['30(万)', '300000', undefined],
  ['30万金币', '300000', undefined],
  ['0.123456789万元', '1234.56789', 'CNY'],
]

describe('registered capital', () => {
  for (const [text, amount, currency] of READ) {
    it(`"${text}" is ${amount} ${currency ?? 'of a currency left open'}`, () => {
      assert.deepEqual(readCapital(text), { kind: 'read', amount, currency })
    })
  }

  for (const text of ['', 'N/A', 'n/a', '-', '无', '*', ' ']) {
    it(`"${text}" says nothing`, () => assert.deepEqual(readCapital(text), { kind: 'nothing' }))
  }

  for (const text of [
    '500',
    '1,00万元',
    '12.5.3万元',
    '万元',
    '-5万元',
    '1234567890123456789元',
    '0.1234567元',
  ]) {
    it(`"${text}" is not read`, () => assert.equal(readCapital(text).kind, 'unreadable'))
  }

  it('counts a bare number in the unit that the heading gives', () => {
    assert.deepEqual(readCapital('500', '万元'), { kind: 'read', amount: '5000000', currency: 'CNY' })
    assert.deepEqual(readCapital('500万美元', '万元'), { kind: 'read', amount: '5000000', currency: 'USD' })
  })

  it('is exact at any size, with or without separators', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.nat(9999), (wan, rest) => {
        const decimals = rest.toString().padStart(4, '0')
        const grouped = wan.toString().replace(/\B(?=(\d{3})+$)/g, ',')
        for (const text of [`${wan}.${decimals}(万元人民币)`, `${grouped}.${decimals}万人民币`]) {
          assert.deepEqual(readCapital(text), {
            kind: 'read',
            amount: (wan * 10_000n + BigInt(rest)).toString(),
            currency: 'CNY',
          })
        }
      }),
    )
  })

  it('never fails on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => void readCapital(text)))
  })
})
