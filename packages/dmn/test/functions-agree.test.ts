import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { callBuiltIn } from '../src/functions/call.ts'
import { BUILT_IN } from '../src/functions/registry.ts'
import { type PlainInput, prepare } from '../src/index.ts'
import { isWithinDatabase } from '../src/value/date.ts'
import { add, compare, divide, equal, multiply, power, subtract } from '../src/value/operate.ts'
import { toPlain, type Value } from '../src/value/value.ts'
import { dates, daysDurations, monthsDurations, numbers, texts } from './arbitrary-values.ts'
import { NotedEnvironment } from './call-function.ts'
import { AS_OF, modelOf } from './one-decision.ts'

const BY_TYPE = {
  number: numbers,
  string: texts,
  boolean: fc.boolean(),
  // An input holds the dates a database holds.
  date: dates.filter(isWithinDatabase),
  'days and time duration': daysDurations,
  'years and months duration': monthsDurations,
} satisfies Record<string, fc.Arbitrary<Value>>
type Type = keyof typeof BY_TYPE
const NAMES = ['甲', '乙', '丙']

/** What an expression over typed inputs gives, against what `general` gives for the same values. */
function agree(expression: string, types: readonly Type[], general: (args: readonly Value[]) => Value): void {
  const inputs = Object.fromEntries(
    types.map((type, i): [string, readonly [string, PlainInput]] => [NAMES[i] ?? '', [type, null]]),
  )
  const decision = prepare(modelOf({ expression }, inputs), '结果')
  const args = fc.tuple(...types.map(type => fc.option(BY_TYPE[type] as fc.Arbitrary<Value>, { freq: 20 })))
  fc.assert(
    fc.property(args, given => {
      const plain = Object.fromEntries(given.map((value, i) => [NAMES[i], toPlain(value) as PlainInput]))
      assert.deepEqual(decision.value(plain, { asOf: AS_OF }).value, toPlain(general(given)), expression)
    }),
    { numRuns: 300 },
  )
}

describe('the general form of a function', () => {
  const calls: readonly [name: string, types: readonly Type[]][] = [
    ['min', ['number', 'number', 'number']],
    ['max', ['string', 'string']],
    ['min', ['date', 'date']],
    ['sum', ['number', 'number', 'number']],
    ['abs', ['number']],
    ['abs', ['days and time duration']],
    ['abs', ['years and months duration']],
    ['modulo', ['number', 'number']],
    ['date', ['string']],
    ['date', ['number', 'number', 'number']],
    ['years and months duration', ['date', 'date']],
    ['string length', ['string']],
    ['substring', ['string', 'number']],
    ['substring', ['string', 'number', 'number']],
    ['upper case', ['string']],
    ['lower case', ['string']],
    ['contains', ['string', 'string']],
    ['starts with', ['string', 'string']],
    ['ends with', ['string', 'string']],
    ['number', ['string']],
    ['string', ['number']],
    ['string', ['date']],
    ['string', ['boolean']],
    ['string', ['days and time duration']],
    ['not', ['boolean']],
    ['is defined', ['number']],
    ...[
      'floor',
      'ceiling',
      'decimal',
      'round up',
      'round down',
      'round half up',
      'round half down',
      'round half even',
    ].flatMap((name): [string, readonly Type[]][] => [
      [name, ['number']],
      [name, ['number', 'number']],
    ]),
  ]
  it('agrees with the quick one the types choose', () => {
    for (const [name, types] of calls) {
      const fn = BUILT_IN.get(name)
      assert.ok(fn)
      const expression = `${name}(${NAMES.slice(0, types.length).join(', ')})`
      agree(expression, types, args => callBuiltIn(fn, args, new NotedEnvironment()))
    }
  })
})

describe('the general form of an operator', () => {
  const silent = () => null
  const operators: readonly [string, (a: Value, b: Value) => Value][] = [
    ['+', (a, b) => add(a, b, silent)],
    ['-', (a, b) => subtract(a, b, silent)],
    ['*', (a, b) => multiply(a, b, silent)],
    ['/', (a, b) => divide(a, b, silent)],
    ['**', (a, b) => power(a, b, silent)],
    ['<', (a, b) => compare('<', a, b, silent)],
    ['>=', (a, b) => compare('>=', a, b, silent)],
    ['=', (a, b) => equal(a, b, silent)],
  ]
  it('agrees with the one whose types are known', () => {
    for (const [operator, general] of operators) {
      for (const left of Object.keys(BY_TYPE) as Type[]) {
        for (const right of Object.keys(BY_TYPE) as Type[]) {
          // Two types that are known to differ are an error of the model, whatever the values.
          if (operator === '=' && left !== right) continue
          agree(`甲 ${operator} 乙`, [left, right], ([a = null, b = null]) => general(a, b))
        }
      }
    }
  })
})
