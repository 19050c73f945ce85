import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Decimal } from '../src/value/number.ts'
import { sizeOf } from '../src/value/size.ts'
import { FeelContext, type Value } from '../src/value/value.ts'
import { feel } from './one-decision.ts'

describe('what grows by doubling', () => {
  const doubled = Array.from({ length: 60 }, (_, i) => `x${i + 1}: [x${i}, x${i}]`).join(', ')
  const hostile = [
    'for i in 1..60 return partial',
    'for i in 1..60 return append(partial, partial)',
    `{x0: [1], ${doubled}}.x60`,
    `string({x0: [1], ${doubled}})`,
    'count(for i in 1..60 return string(partial))',
    '(for i in 1..60 return partial) = (for i in 1..60 return partial)',
    '{f: function(n, x, g) if n = 0 then x else g(n - 1, {a: x, b: x}, g), r: f(60, 1, f)}.r',
    'flatten(for i in 1..60 return append(partial, 1))',
  ]
  it('meets a limit long before it could be written out', () => {
    for (const expression of hostile) {
      const { value, messages } = feel(expression)
      assert.equal(value, null, expression)
      assert.ok(
        messages.some(message => message.code === 'limit'),
        expression,
      )
    }
  })

  it('is counted as if it were written out', () => {
    let list: Value = [new Decimal(1)]
    for (let i = 0; i < 50; i++) list = [list, list]
    assert.equal(sizeOf(list), 3 * 2 ** 50 - 1)
    assert.equal(sizeOf(new FeelContext(new Map([['a', [null, 'b'.repeat(100)]]]))), 9)
  })

  it('leaves long lists alone', () => {
    assert.equal(feel('count(for i in 1..300000 return [i])').value, '300000')
    assert.equal(feel('sum(for i in 1..300000 return i)').value, '45000150000')
  })
})
