import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeLocation, readModel } from '../src/index.ts'
import { bulkProblems } from '../src/sql/index.ts'
import { modelXml } from './model-xml.ts'

const model = (expression: string) =>
  readModel(
    modelXml({
      inputs: { 金额: 'number', 备注: 'string' },
      decisions: { 结果: { requires: ['金额', '备注'], expression } },
    }),
    { file: '政策.dmn' },
  )

/** Each with the databases that cannot run it. */
const EXPRESSIONS: readonly (readonly [expression: string, refusing: readonly string[]])[] = [
  ['round half up(金额 * 0.9, 2)', []],
  ['round half up(金额 / 3, 2)', []],
  ['金额 / 3', ['duckdb']],
  ['金额 * 金额 * 金额', ['duckdb']],
  ['upper case(备注)', ['duckdb']],
  ['number(备注)', ['duckdb']],
  ['金额 ** 2', ['postgresql', 'duckdb']],
  ['count([金额])', ['postgresql', 'duckdb']],
]

describe('what cannot run in bulk', () => {
  for (const [expression, refusing] of EXPRESSIONS) {
    it(`is named before anything runs: ${expression} (${refusing.join(', ') || 'runs everywhere'})`, () => {
      for (const target of ['postgresql', 'duckdb'] as const) {
        const problems = bulkProblems(model(expression), ['结果'], target)
        assert.equal(problems.length > 0, refusing.includes(target), `${target}: ${JSON.stringify(problems)}`)
        for (const { where, zh, en } of problems) {
          assert.match(describeLocation(where), /^政策\.dmn › 结果/)
          assert.ok(zh !== '' && en !== '')
        }
      }
    })
  }
})
