import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evaluate } from '../src/index.ts'
import { feel, modelOf } from './one-decision.ts'

function codes(expression: string): string[] {
  const { value, messages } = feel(expression)
  assert.equal(value, null, expression)
  return messages.map(message => message.code)
}

describe('an evaluation that would not end', () => {
  it('is null with a message, never a hang and never thrown', () => {
    assert.deepEqual(codes('for i in 1..1000000000 return i'), ['limit'])
    assert.deepEqual(codes('count(for i in 1..3000, j in 1..3000 return i * j)'), ['limit'])
    assert.deepEqual(codes('some i in 1..1e30 satisfies i < 0'), ['limit'])
    assert.deepEqual(codes('{f: function(g) g(g), r: f(f)}.r'), ['limit'])
    assert.deepEqual(codes('count(for i in 1..10000 return partial)'), ['limit'])
  })

  it('takes no other decision with it', () => {
    const model = modelOf({ expression: 'for i in 1..1000000000 return i' })
    assert.equal(evaluate(model, '结果', {}, { asOf: '2026-06-21' }).value, null)
    assert.equal(feel('1 + 1').value, '2')
  })

  it('may be given fewer steps by the caller', () => {
    const model = modelOf({ expression: 'count(for i in 1..1000 return i)' })
    assert.equal(evaluate(model, '结果', {}, { asOf: '2026-06-21' }).value, '1000')
    const { value, messages } = evaluate(model, '结果', {}, { asOf: '2026-06-21', stepsMax: 100 })
    assert.deepEqual([value, messages.map(message => message.code)], [null, ['limit']])
  })

  it('has a trace that stops where the steps it may show are used up', () => {
    const { value, trace } = feel('count(for i in 1..100000 return i + 1)')
    assert.equal(value, '100000')
    assert.ok(JSON.stringify(trace).length < 1_000_000)
  })
})
