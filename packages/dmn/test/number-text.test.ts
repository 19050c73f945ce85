import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { compareNumbers } from '../src/value/digits.ts'
import { Decimal, formatDistance, formatNumber, parseNumber } from '../src/value/number.ts'

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

/** Money and counts as people write them, near the powers of ten and the words of seven digits, with zeros about. */
const written = fc
  .tuple(
    fc.constantFrom('', '', '-', '+'),
    fc.constantFrom('', '0', '00'),
    fc.oneof(fc.nat(30), fc.nat(20_000_000), fc.maxSafeNat(), fc.constantFrom(1e7, 1e14 - 1, 1e14, 1e7 - 1)),
    fc.constantFrom('', '0', '0000000'),
    fc.option(
      fc.oneof(
        fc.constantFrom('', '0', '00', '1', '05', '50', '0000001', '00000001', '1230000'),
        fc.nat().map(String),
      ),
    ),
  )
  .map(
    ([sign, zeros, whole, more, places]) =>
      `${sign}${zeros}${whole}${more}${places === null ? '' : `.${places}`}`,
  )

it('a number is read digit for digit as the library of decimals reads it', () => {
  fc.assert(
    fc.property(written, text => {
      const [own, library] = [parseNumber(text), new Decimal(text)]
      if (library.isZero()) assert.ok(own?.isZero())
      else assert.deepEqual([own?.s, own?.e, own?.d], [library.s, library.e, library.d], text)
      assert.equal(own && formatNumber(own), library.isZero() ? '0' : library.toFixed())
    }),
    { numRuns: 5000 },
  )
  for (const text of ['', '.', '1.2.3', '1,000', ' 1', '1 ', '1e', '0x10', '１', '12:30', '1/2']) {
    assert.equal(parseNumber(text), null, text)
  }
})

it('numbers are in the order, and as far apart, as the library of decimals has them', () => {
  const number = fc.oneof(
    written.map(text => new Decimal(text)),
    fc
      .constantFrom('0', '0.01', '-0.01', '0.001', '1e-30', '1e30', '-1e30', '9999999999999.99')
      .map(text => new Decimal(text)),
  )
  const pair = fc.oneof(
    fc.tuple(number, number),
    number.map(x => [x, new Decimal(x)] as const),
    fc
      .tuple(number, fc.constantFrom('0.01', '-0.01', '0.0000001'))
      .map(([x, by]) => [x, x.plus(by)] as const),
  )
  fc.assert(
    fc.property(pair, ([a, b]) => {
      assert.equal(compareNumbers(a, b), a.cmp(b) + 0)
      const apart = a.minus(b).abs()
      assert.equal(formatDistance(a, b), apart.isZero() ? '0' : apart.toFixed())
    }),
    { numRuns: 5000 },
  )
})
