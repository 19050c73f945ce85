import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { CallEnvironment } from '../src/functions/built-in.ts'
import { callBuiltIn, callBuiltInByName } from '../src/functions/call.ts'
import { BUILT_IN } from '../src/functions/registry.ts'
import { FeelFunction } from '../src/value/function.ts'
import { kindOf } from '../src/value/kind.ts'
import { Decimal } from '../src/value/number.ts'
import { add, divide, multiply, negate, power, subtract } from '../src/value/operate.ts'
import { isNumber, toPlain, type Value } from '../src/value/value.ts'
import { values } from './arbitrary-values.ts'
import { NotedEnvironment } from './call-function.ts'

class Spent extends Error {}

/** An evaluation that may take so many steps and no more. */
class Limited extends NotedEnvironment {
  override spend: CallEnvironment['spend'] = steps => {
    this.spent += steps
    if (this.spent > 100_000) throw new Spent()
  }
}

const functions = fc.constantFrom(...BUILT_IN.values())

describe('built-in functions', () => {
  it('give a value, whatever they get', () => {
    fc.assert(
      fc.property(functions, fc.array(values, { maxLength: 5 }), (fn, args) => {
        const env = new Limited()
        const answer = callBuiltIn(fn, args, env)
        assert.ok(kindOf(answer) !== 'list' || Array.isArray(answer))
        toPlain(answer)
      }),
      { numRuns: 20_000 },
    )
  })

  it('give a value of the type they say, given what they ask for', () => {
    const likely = fc.oneof(
      values,
      fc.integer({ min: -3, max: 5 }).map(n => new Decimal(n)),
      fc.constantFrom<Value>('a', 'a+', 'i', '.', ','),
    )
    fc.assert(
      fc.property(
        functions,
        fc.nat(4),
        fc.array(likely, { minLength: 6, maxLength: 6 }),
        (fn, way, given) => {
          const signature = fn.signatures[way % fn.signatures.length]
          assert.ok(signature)
          const named = new Map(
            signature.parameters.map(({ name }, i): [string, Value] => [name, given[i] ?? null]),
          )
          const answer = callBuiltInByName(fn, named, new Limited())
          const types = fn.signatures.map(each => each.result)
          const simple = types.every(type => typeof type === 'string' && type !== 'Any')
          if (answer !== null && simple)
            assert.ok(
              types.some(type => type === kindOf(answer)),
              fn.name,
            )
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it('operate on anything without throwing', () => {
    const operators = [add, subtract, multiply, divide, power] as const
    fc.assert(
      fc.property(fc.constantFrom(...operators), values, values, (operate, a, b) => {
        toPlain(operate(a, b, () => null))
        toPlain(negate(a, () => null))
      }),
      { numRuns: 20_000 },
    )
  })

  it('count their steps, so that a limit can stop them', () => {
    const long = Array.from({ length: 200_000 }, (_, i) => new Decimal(i))
    const text = 'a'.repeat(20_000_000)
    const pair = ['x', 'y'].map(name => ({ name, type: 'Any' as const }))
    const descending = new FeelFunction(pair, 'boolean', ([x, y]) => isNumber(x) && isNumber(y) && x.gt(y))
    for (const [name, ...args] of [
      ['concatenate', long, long],
      ['distinct values', long.map(n => [n])],
      ['sum', long],
      ['sort', long, descending],
      ['flatten', [long]],
      ['list contains', long, new Decimal(-1)],
      ['string length', text],
      ['matches', 'a'.repeat(100_000), '(a|aa)+$'],
    ] as const) {
      const fn = BUILT_IN.get(name)
      assert.ok(fn)
      assert.throws(() => callBuiltIn(fn, args, new Limited()), Spent, name)
    }
  })
})
