import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requirementInWords, valueInWords, withSeparators } from './feel-words.ts'

const words = { yes: '是', no: '否', or: '或', not: '不是', to: '至', missing: '缺' }

describe('a requirement in words', () => {
  const rows = [
    { cell: 'true', bounds: [], says: '是' },
    { cell: 'not("吊销")', bounds: [], says: '不是吊销' },
    { cell: '"存续","在业"', bounds: [], says: '存续或在业' },
    {
      cell: '<= 备案失效日',
      bounds: [{ name: '备案失效日', value: '2022-12-01' }],
      says: '≤ 备案失效日（2022-12-01）',
    },
    { cell: '>= 30000000', bounds: [], says: '≥ 30,000,000' },
    { cell: '[1..项目数上限]', bounds: [{ name: '项目数上限', value: '2' }], says: '1 至 项目数上限（2）' },
    { cell: '> date("2022-01-05")', bounds: [], says: '> 2022-01-05' },
    { cell: 'string length(?) > 3', bounds: [], says: 'string length(?) > 3' },
  ]
  for (const { cell, bounds, says } of rows) {
    it(`reads ${cell} as ${says}`, () => assert.equal(requirementInWords(cell, bounds, words), says))
  }
})

it('says that a value is missing rather than showing nothing', () => {
  assert.equal(valueInWords(null, words), '缺')
  assert.equal(valueInWords('false', words), '否')
})

it('separates thousands in a formula and leaves dates and codes alone', () => {
  assert.equal(
    withSeparators('min(30000000, 1234.5) on 2022-06-21 for 91442000MA00000A91'),
    'min(30,000,000, 1,234.50) on 2022-06-21 for 91442000MA00000A91',
  )
})
