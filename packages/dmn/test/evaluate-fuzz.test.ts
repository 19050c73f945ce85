import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { check, prepare } from '../src/index.ts'
import { bulkProblems } from '../src/sql/index.ts'
import { modelOf } from './one-decision.ts'

const NUM_RUNS = Number(process.env.DMN_FUZZ_RUNS ?? 1500)
const SEED = Number(process.env.DMN_FUZZ_SEED ?? Date.now() % 2 ** 31)

const LEAVES = [
  '1',
  '0',
  '-2.5',
  '1e300',
  '"a"',
  '""',
  '"1"',
  'true',
  'false',
  'null',
  '@"2024-02-29"',
  '@"10:00:00"',
  '@"2024-02-29T10:00:00@Europe/Paris"',
  '@"P1M"',
  '@"-PT36H"',
  '[]',
  '{}',
  '[1..3]',
  '(< 5)',
  '甲',
  '乙',
  'x',
  'item',
  'partial',
  '?',
  'today()',
  'now()',
  'abs',
  'function(x) x',
]
const OPERATORS = ['+', '-', '*', '/', '**', '=', '!=', '<', '>=', 'and', 'or']
const ONE = [
  'count',
  'sum',
  'max',
  'string',
  'number',
  'not',
  'flatten',
  'sort',
  'date',
  'get entries',
  'is defined',
  'all',
  'mode',
]
const TWO = [
  'append',
  'list contains',
  'includes',
  'contains',
  'get value',
  'modulo',
  'before',
  'sublist',
  'sort',
  'is',
]
const TYPES = [
  'number',
  'string',
  'list<number>',
  'context<a: number>',
  'range<date>',
  'function<Any> -> Any',
  'Any',
]

/** Any expression of FEEL, sensible or not. */
const { expression } = fc.letrec<{ expression: string }>(tie => {
  const e = tie('expression')
  const of = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map(part => (typeof part === 'string' ? fc.constant(part) : part)))
      .map(texts => texts.join(''))
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(...LEAVES),
      of('(', e, ' ', fc.constantFrom(...OPERATORS), ' ', e, ')'),
      of('[', e, ', ', e, ']'),
      of('{a: ', e, ', 长 度: ', e, '}'),
      of('(', e, ').', fc.constantFrom('a', '长 度', 'year', 'start', 'time offset')),
      of('(', e, ')[', e, ']'),
      of('(if ', e, ' then ', e, ' else ', e, ')'),
      of('(for x in ', e, ' return ', e, ')'),
      of('(for x in ', e, '..3, y in ', e, ' return ', e, ')'),
      of('(', fc.constantFrom('some', 'every'), ' x in ', e, ' satisfies ', e, ')'),
      of('(function(x: ', fc.constantFrom(...TYPES), ') ', e, ')'),
      of('(', e, ')(', e, ')'),
      of(fc.constantFrom(...ONE), '(', e, ')'),
      of(fc.constantFrom(...TWO), '(', e, ', ', e, ')'),
      of('((', e, ') instance of ', fc.constantFrom(...TYPES), ')'),
      of('((', e, ') in (', e, ', > ', e, '))'),
      of('((', e, ') between ', e, ' and ', e, ')'),
      of('(-', e, ')'),
      of('([', e, '..', e, '])'),
    ),
  }
})

it(`an evaluation never throws, whatever it is to evaluate (${NUM_RUNS} expressions, seed ${SEED})`, () => {
  const given = fc.constantFrom(null, '1', 'a', '2024-02-29', true)
  fc.assert(
    fc.property(expression, given, (text, value) => {
      const model = modelOf({ expression: text }, { 甲: ['number', null], 乙: ['', null] })
      const inputs = { 甲: '3', 乙: value }
      const prepared = prepare(model, '结果')
      const options = { asOf: '2026-06-21', stepsMax: 20_000 }
      const quick = prepared.value(inputs, options)
      const explained = prepared.explain(inputs, options)
      assert.deepEqual(explained.value, quick.value)
      assert.deepEqual(explained.messages, quick.messages)
      assert.deepEqual(JSON.parse(JSON.stringify(explained.trace)), explained.trace)
      for (const { zh, en, where } of quick.messages) {
        assert.ok(zh !== '' && en !== '' && where.element === '结果', text)
      }
      check(model)
      bulkProblems(model, ['结果'])
    }),
    { numRuns: NUM_RUNS, seed: SEED },
  )
})
