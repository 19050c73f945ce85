import assert from 'node:assert/strict'
import { it } from 'node:test'
import { check, readModel } from '../src/index.ts'
import { modelXml } from './model-xml.ts'

function told(cells: readonly string[], allowed = 'null, [0..100]') {
  const model = readModel(
    modelXml({
      types: [{ name: '分数类型', base: 'number', allowed }],
      inputs: { 分数: '分数类型', 收入: 'number' },
      decisions: {
        净额: { type: 'number', requires: ['收入'], expression: 'if 收入 > 0 then 收入 else null' },
        结果: {
          requires: ['分数', '净额'],
          table: {
            hitPolicy: 'F',
            columns: ['分数', '净额'],
            outputs: [{ type: 'string' }],
            rules: [...cells.map(cell => [cell, '-', '"甲"']), ['-', '? > 5', '"乙"'], ['-', '-', '"丙"']],
          },
        },
      },
    }),
    { file: '评分.dmn' },
  )
  return check(model).map(({ code, severity, where, en }) => [code, severity, where.rule, where.column, en])
}

const NET = [
  'missing',
  'warning',
  2,
  2,
  '"净额" may be missing (净额 = null for one), and "? > 5" does not say what holds then: it is neither met nor failed, and later rules decide. Add a rule for null, or say ? = null in the condition.',
]

it('a condition on a value that may be missing is named, unless some rule of the column speaks of null', () => {
  assert.deepEqual(told(['? >= 60']), [
    [
      'missing',
      'warning',
      1,
      1,
      '"分数" may be missing (分数 = null for one), and "? >= 60" does not say what holds then: it is neither met nor failed, and later rules decide. Add a rule for null, or say ? = null in the condition.',
    ],
    NET,
  ])
  assert.deepEqual(told(['? >= 60 or ? = null']), [NET])
})

it('nothing is said of values that are not declared to be missing at times, nor of plain comparisons', () => {
  assert.deepEqual(told(['? >= 60'], '[0..100]'), [NET])
  assert.deepEqual(told(['>= 60']), [NET])
})
