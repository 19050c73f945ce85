import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fenOf, figure, scaleOf, yuanOf } from './money.ts'

describe('an amount on the screen', () => {
  const rows = [
    { yuan: '0', scale: 'yuan', figure: '0.00' },
    { yuan: '0.05', scale: 'yuan', figure: '0.05' },
    { yuan: '9999.99', scale: 'yuan', figure: '9,999.99' },
    { yuan: '10000.00', scale: 'ten-thousand', figure: '1.00' },
    { yuan: '123456.78', scale: 'ten-thousand', figure: '12.35' },
    { yuan: '30000000.00', scale: 'ten-thousand', figure: '3,000.00' },
    { yuan: '-123456.78', scale: 'ten-thousand', figure: '−12.35' },
    { yuan: '1234567890.12', scale: 'hundred-million', figure: '12.35' },
  ] as const
  for (const row of rows) {
    it(`writes ${row.yuan} yuan as ${row.figure} in ${row.scale}`, () => {
      const fen = fenOf(row.yuan)
      assert.equal(fenOf(yuanOf(fen)), fen)
      assert.equal(scaleOf(fen, 'zh'), row.scale)
      assert.equal(figure(fen, row.scale), row.figure)
    })
  }

  it('counts in millions for English readers', () => {
    assert.equal(scaleOf(fenOf('999999.00'), 'en'), 'yuan')
    assert.equal(scaleOf(fenOf('30000000.00'), 'en'), 'million')
    assert.equal(scaleOf(fenOf('1234567890.12'), 'en'), 'billion')
  })

  it('loses no fen of an amount that a double could not hold', () => {
    assert.equal(figure(fenOf('90071992547409.93'), 'yuan'), '90,071,992,547,409.93')
  })

  it('refuses what is not an amount', () => {
    assert.throws(() => fenOf('1,000.00'), RangeError)
    assert.throws(() => fenOf('1.005'), RangeError)
  })
})
