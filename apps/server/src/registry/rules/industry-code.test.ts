import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findIndustryCode, isManufacturing } from './industry-code.ts'

const VECTORS: readonly [text: string, code: string | undefined, section?: string][] = [
  ['C3872', '3872', 'C'],
  ['3872', '3872', 'C'],
  [' c387 ', '387', 'C'],
  ['38', '38', 'C'],
  ['13', '13', 'C'],
  ['43', '43', 'C'],
  ['4411', '4411', 'D'],
  ['12', '12', 'B'],
  ['６５１０', '6510', 'I'],
  ['97', '97', 'T'],
  ['98', undefined],
  ['00', undefined],
  ['A3872', undefined],
  ['3', undefined],
  ['38721', undefined],
  ['制造业', undefined],
]

describe('an industry code', () => {
  for (const [text, code, section] of VECTORS) {
    it(`"${text}" is ${code === undefined ? 'not one' : `${code} of section ${section}`}`, () => {
      const found = findIndustryCode(text)
      assert.equal(found?.code, code)
      assert.equal(found?.section, section)
    })
  }

  it('is manufacturing in section C only', () => {
    const answers = ['1310', '4390', '4411', '0810'].map(text => {
      const industry = findIndustryCode(text)
      return industry !== undefined && isManufacturing(industry)
    })
    assert.deepEqual(answers, [true, true, false, false])
  })
})
