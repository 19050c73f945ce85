import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type SizeClass, type SizeIndustry, sizeClass } from './size-class.ts'

const VECTORS: readonly [SizeIndustry, staff: number, revenue_wan: number, SizeClass][] = [
  ['industry', 1200, 35_000, 'medium'],
  ['industry', 1000, 40_000, 'large'],
  ['industry', 999, 40_000, 'medium'],
  ['industry', 299, 50_000, 'small'],
  ['industry', 300, 2_000, 'medium'],
  ['industry', 300, 1_999, 'small'],
  ['industry', 19, 100_000, 'micro'],
  ['industry', 5000, 299, 'micro'],
  ['industry', 20, 300, 'small'],
  ['information-transmission', 2000, 100_000, 'large'],
  ['information-transmission', 2000, 99_999, 'medium'],
  ['information-transmission', 10, 99, 'micro'],
  ['software', 300, 10_000, 'large'],
  ['software', 100, 1_000, 'medium'],
  ['software', 10, 50, 'small'],
  ['software', 10, 49, 'micro'],
]

describe('the size class of an enterprise', () => {
  for (const [industry, staff, revenue_wan, expected] of VECTORS) {
    it(`is ${expected} for ${industry} with ${staff} people and ${revenue_wan}万元`, () => {
      assert.equal(sizeClass(industry, staff, BigInt(revenue_wan) * 1_000_000n), expected)
    })
  }

  it('drops a class for one fen less', () => {
    assert.equal(sizeClass('industry', 1000, 40_000n * 1_000_000n - 1n), 'medium')
  })
})
