import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { formatYuan, parseYuan } from '../platform/money.ts'
import { amountInWords } from './amount-in-words.ts'

suite('an amount in words', () => {
  const table = [
    ['1234567.89', '壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分'],
    ['100000.00', '壹拾万元整'],
    ['1000.05', '壹仟元零伍分'],
    ['10010.00', '壹万零壹拾元整'],
    ['0.50', '伍角整'],
    ['0.00', '零元整'],
    ['0.05', '伍分'],
    ['10.00', '壹拾元整'],
    ['107000.53', '壹拾万零柒仟元伍角叁分'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元叁角贰分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['100000000.00', '壹亿元整'],
    ['100000001.00', '壹亿零壹元整'],
    ['100010000.00', '壹亿零壹万元整'],
    ['30000000.00', '叁仟万元整'],
    ['1000000000000.00', '壹万亿元整'],
    ['1200000000000.00', '壹万贰仟亿元整'],
    ['1000100000000.00', '壹万零壹亿元整'],
    ['-1.00', '负壹元整'],
  ] as const
  for (const [yuan, words] of table) {
    test(`${yuan} is ${words}`, () => assert.equal(amountInWords(parseYuan(yuan)), words))
  }

  /** Amounts with runs of noughts, where writing them out is hard. */
  const sparse = fc
    .array(fc.constantFrom('0', '0', '0', '1', '9'), { minLength: 1, maxLength: 17 })
    .map(digits => BigInt(`1${digits.join('')}`))

  test('says every amount apart from every other: it can be read back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.bigInt(1n, 10n ** 18n - 1n), sparse), fen => {
        assert.equal(formatYuan(readBack(amountInWords(fen))), formatYuan(fen))
        assert.doesNotMatch(amountInWords(fen), /零零|零[元万亿角]./)
      }),
      { numRuns: 1_000 },
    )
  })

  test('ends where nobody has so much money', () => {
    assert.throws(() => amountInWords(10n ** 18n), RangeError)
  })
})

function readBack(words: string): bigint {
  const [, yuan = '', cents = ''] = /^(.*元)?(.*)$/.exec(words) ?? []
  const jiao = /(.)角/.exec(cents)?.[1]
  const cent = /(.)分/.exec(cents)?.[1]
  const value = (digit: string | undefined) =>
    BigInt(Math.max(0, '零壹贰叁肆伍陆柒捌玖'.indexOf(digit ?? '零')))
  return number(yuan) * 100n + value(jiao) * 10n + value(cent)
}

function number(words: string): bigint {
  const units: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n }
  let total = 0n
  let group = 0n
  let digit = 0n
  for (const sign of words) {
    const at = '零壹贰叁肆伍陆柒捌玖'.indexOf(sign)
    if (at >= 0) digit = BigInt(at)
    else if (sign in units) {
      group += digit * (units[sign] ?? 1n)
      digit = 0n
    } else if (sign === '万') {
      total += (group + digit) * 10_000n
      group = 0n
      digit = 0n
    } else if (sign === '亿') {
      total = (total + group + digit) * 100_000_000n
      group = 0n
      digit = 0n
    }
  }
  return total + group + digit
}
