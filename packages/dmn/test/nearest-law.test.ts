import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import {
  type Change,
  evaluate,
  type Model,
  nearestChange,
  type Plain,
  type PlainInputs,
  readModel,
} from '../src/index.ts'
import { models } from './generate-models.ts'
import { modelXml } from './model-xml.ts'
import { parityRows } from './parity-rows.ts'

const AS_OF = '2026-06-21'
const RUNS = Number(process.env.DMN_NEAREST_RUNS ?? 1)

/** Whole numbers on both sides of everything the small rules compare with. */
const GRID = Array.from({ length: 41 }, (_, i) => String(i - 20))
const MOVABLE = ['甲', '乙'].map(input => ({ input, min: '-20', max: '20', step: '1' }))

function answer(model: Model, decision: string, inputs: PlainInputs): Plain {
  return evaluate(model, decision, inputs, { asOf: AS_OF }).value
}

function changed(inputs: PlainInputs, { inputs: changes }: Change): PlainInputs {
  return { ...inputs, ...Object.fromEntries(changes.map(({ input, to }) => [input, to])) }
}

const bound = fc.constantFrom('-7', '-1', '0', '2', '3', '8')
const test = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([operator, value]) => `${operator} ${value}`),
  fc.tuple(bound, bound).map(([low, high]) => `[${low}..${high})`),
  fc.tuple(bound, bound).map(([low, high]) => `not(${low}, (${high}..9])`),
  fc.constantFrom('-', '2', '3, 8', '? >= 0 and ? < 8', '? = 3 or ? > 8'),
)

interface Small {
  readonly model: Model
  readonly inputs: { readonly 甲: string; readonly 乙: string; readonly 丙: boolean }
  readonly text: string
}

/** Tables of up to four rules over two numbers and a truth value. */
function small(
  columns: fc.Arbitrary<readonly [string, string]>,
  cell: fc.Arbitrary<string>,
): fc.Arbitrary<Small> {
  const rule = fc.tuple(
    cell,
    cell,
    fc.constantFrom('-', '-', 'true', 'false'),
    fc.constantFrom('"符合"', '"不"', 'null'),
  )
  return fc
    .tuple(
      columns,
      fc.constantFrom('F', 'U'),
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      pick(),
      pick(),
      fc.boolean(),
    )
    .map(([expressions, hitPolicy, rules, 甲, 乙, 丙]) => {
      const text = JSON.stringify({ expressions, hitPolicy, rules, 甲, 乙, 丙 })
      const xml = modelXml({
        inputs: { 甲: 'number', 乙: 'number', 丙: 'boolean' },
        decisions: {
          合计: { requires: ['甲', '乙'], expression: '甲 + 2 * 乙' },
          较大: {
            requires: ['甲', '乙', '合计'],
            expression: 'if 甲 > 3 then max(甲, 乙 - 1) else 合计 - 4',
          },
          结果: {
            requires: ['甲', '乙', '丙', '合计', '较大'],
            table: { hitPolicy, columns: [...expressions, '丙'], outputs: [{ type: 'string' }], rules },
          },
        },
      })
      return { model: readModel(xml, { file: 'small.dmn' }), inputs: { 甲, 乙, 丙 }, text }
    })
}

function pick(): fc.Arbitrary<string> {
  return fc.constantFrom(...GRID)
}

/** By trying every value: the least change of one input that gives the wanted answer. */
function leastOf({ model, inputs }: Small, input: '甲' | '乙'): number | undefined {
  const distances = GRID.flatMap(to => {
    const distance = Math.abs(Number(to) - Number(inputs[input]))
    return answer(model, '结果', { ...inputs, [input]: to }) === '符合' ? [distance] : []
  })
  return distances.length === 0 ? undefined : Math.min(...distances)
}

function proposals(
  { model, inputs }: Small,
  movable: readonly (string | (typeof MOVABLE)[number])[],
  together: 1 | 2,
) {
  return nearestChange(model, '结果', inputs, {
    asOf: AS_OF,
    wanted: { is: '符合' },
    movable,
    limits: { together },
  })
}

it('the change of one input is the least there is, and none is proposed where none exists', () => {
  const columns = fc.tuple(
    fc.constantFrom('甲', '合计', '甲 - 3 * 乙', '较大', 'abs(甲 - 乙)'),
    fc.constantFrom('乙', '合计', 'min(甲, 乙, 5)', '较大'),
  )
  const cell = fc.oneof(test, test, fc.constantFrom('>= 乙', '< 甲 + 乙', '[甲..甲 + 6]', '> 合计 / 2'))
  fc.assert(
    fc.property(small(columns, cell), each => {
      if (answer(each.model, '结果', each.inputs) === '符合') return
      const { changes, complete } = proposals(each, MOVABLE, 1)
      assert.equal(complete, true)
      for (const input of ['甲', '乙'] as const) {
        const found = changes.find(({ inputs: [one] }) => one?.input === input)
        const by = found?.inputs[0]?.by
        assert.equal(typeof by === 'string' ? Math.abs(Number(by)) : undefined, leastOf(each, input), input)
      }
    }),
    { numRuns: 400 * RUNS },
  )
})

it('two inputs are changed together where no single one does it and some two do', () => {
  const columns = fc.constant(['甲', '乙'] as const)
  fc.assert(
    fc.property(small(columns, test), each => {
      const { changes, complete } = proposals(each, [...MOVABLE, '丙'], 2)
      assert.equal(complete, true)
      for (const change of changes) {
        assert.equal(answer(each.model, '结果', changed(each.inputs, change)), '符合')
      }
      if (answer(each.model, '结果', each.inputs) === '符合') return
      const { model, inputs } = each
      const someTwo = [
        ...GRID.flatMap(甲 => GRID.map(乙 => ({ ...inputs, 甲, 乙 }))),
        ...GRID.flatMap(甲 => [true, false].map(丙 => ({ ...inputs, 甲, 丙 }))),
        ...GRID.flatMap(乙 => [true, false].map(丙 => ({ ...inputs, 乙, 丙 }))),
      ].some(other => answer(model, '结果', other) === '符合')
      assert.equal(changes.length > 0, someTwo)
    }),
    { numRuns: 40 * RUNS },
  )
})

it('whatever the rules and the data, a change that is proposed gives another answer', () => {
  const wild = fc.tuple(models(), fc.nat({ max: 1_000_000 }))
  let proposed = 0
  fc.assert(
    fc.property(wild, ([{ spec }, which]) => {
      const model = readModel(modelXml(spec), { file: 'wild.dmn' })
      const all = parityRows(200, 7)
      const { inputs } = all[which % all.length] ?? { inputs: {} }
      for (const decision of Object.keys(spec.decisions)) {
        const now = answer(model, decision, inputs)
        const differs = (value: Plain) => JSON.stringify(value) !== JSON.stringify(now)
        const { changes, evaluations } = nearestChange(model, decision, inputs, {
          asOf: AS_OF,
          wanted: { passes: differs },
          limits: { evaluations: 400 },
        })
        assert.ok(evaluations <= 400)
        for (const change of changes) {
          const then = answer(model, decision, changed(inputs, change))
          assert.ok(differs(then), `${decision}: ${change.en}`)
          assert.deepEqual(then, change.value)
          proposed++
        }
      }
    }),
    { numRuns: 100 * RUNS },
  )
  assert.ok(proposed > 0)
})
