import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { Decimal, formatNumber, parseNumber } from '../src/value/number.ts'

it('a number is written in its shortest plain form, and read back as itself', () => {
  const digits = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
  fc.assert(
    fc.property(digits, fc.integer({ min: -6, max: 20 }), (whole, places) => {
      const x = new Decimal(whole.toString()).times(new Decimal(10).pow(-places))
      const text = formatNumber(x)
      assert.equal(text, x.isZero() ? '0' : x.toFixed())
      assert.ok(parseNumber(text)?.eq(x))
    }),
    { numRuns: 2000 },
  )
  for (const text of [
    '0',
    '-0',
    '7',
    '-9999999',
    '10000000',
    '-99999999999999',
    '100000000000000',
    '0.5',
    '1.5',
  ]) {
    const x = new Decimal(text)
    assert.equal(formatNumber(x), x.isZero() ? '0' : x.toFixed(), text)
  }
})
