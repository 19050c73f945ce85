import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isBankCode } from './bank-code.ts'

suite('CNAPS bank codes', () => {
  const published = [
    ['102100099996', '工商银行'],
    ['103100000026', '农业银行'],
    ['104100000004', '中国银行'],
    ['105100000017', '建设银行'],
    ['301290000007', '交通银行'],
    ['302100011000', '中信银行'],
    ['303100000006', '光大银行'],
    ['305100000013', '民生银行'],
    ['306581000003', '广发银行'],
    ['307584007998', '平安银行'],
    ['308584000013', '招商银行'],
    ['309391000011', '兴业银行'],
    ['310290000013', '浦发银行'],
  ] as const
  for (const [code, bank] of published) {
    test(`${code} (${bank}) holds`, () => assert.equal(isBankCode(code), true))
  }

  const wrong = [
    ['102100099995', 'another check digit'],
    ['308584000031', 'two digits exchanged'],
    ['10210009999', 'eleven digits'],
    ['1021000999966', 'thirteen digits'],
    ['10210009999X', 'a letter'],
    ['１０２１０００９９９９６', 'full-width digits'],
    ['', 'nothing'],
  ] as const
  for (const [code, why] of wrong) {
    test(`"${code}" does not: ${why}`, () => assert.equal(isBankCode(code), false))
  }

  test('any single wrong digit is found', () => {
    for (const [code] of published) {
      for (let at = 0; at < 12; at++) {
        for (let digit = 0; digit < 10; digit++) {
          const other = code.slice(0, at) + digit + code.slice(at + 1)
          assert.equal(isBankCode(other), other === code)
        }
      }
    }
  })
})
