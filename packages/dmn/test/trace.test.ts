import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  conditionBits,
  type DecisionTrace,
  evaluate,
  type Model,
  type PlainInputs,
  readModel,
  type Step,
  type TableTrace,
  type Trace,
} from '../src/index.ts'
import { ELIGIBLE, POLICY } from './interest-subsidy.ts'
import { feel, table } from './one-decision.ts'
import { decide, decisionXml, feelText, knows, wholeModel } from './whole-model.ts'

function find(trace: Trace, name: string): DecisionTrace {
  return trace.decisions.find(decision => decision.name === name) ?? assert.fail(`no ${name} in the trace`)
}

function tableOf(trace: Trace, name: string): TableTrace {
  const { logic } = find(trace, name)
  return logic.kind === 'table' ? logic : assert.fail(`${name} is no table`)
}

function stepOf(trace: Trace, name: string): Step {
  const { logic } = find(trace, name)
  return logic.kind === 'expression' ? logic.step : assert.fail(`${name} is no expression`)
}

/** The steps as an indented list, the way a panel shows them. */
function outline({ text, value, steps }: Step, depth = 0): string {
  return [`${'  '.repeat(depth)}${text} = ${value}`, ...steps.map(step => outline(step, depth + 1))].join(
    '\n',
  )
}

function readPolicy(): Model {
  const file = new URL('./fixtures/interest-subsidy.dmn', import.meta.url)
  return readModel(readFileSync(file, 'utf8'), { file: '贴息.dmn' })
}

/** All objects and lists in a trace. */
function partsOf(whole: unknown, found = new Set<object>()): Set<object> {
  if (typeof whole !== 'object' || whole === null || found.has(whole)) return found
  found.add(whole)
  for (const part of Object.values(whole)) partsOf(part, found)
  return found
}

describe('the trace', () => {
  const { trace } = evaluate(POLICY, '贴息金额', ELIGIBLE, { asOf: '2024-06-21' })

  it('is plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(trace)), trace)
  })

  it('names each decision once, in the order they were worked out, the one asked for last', () => {
    const names = trace.decisions.map(decision => decision.name)
    assert.deepEqual([...new Set(names)], names)
    assert.equal(names.at(-1), '贴息金额')
    for (const [i, { requires }] of trace.decisions.entries()) {
      assert.ok(requires.decisions.every(name => names.indexOf(name) < i && names.includes(name)))
    }
    assert.ok(!names.includes('合规'), 'a decision nobody asked for is not in it')
  })

  it('carries label, description and the clause of each decision', () => {
    const decision = find(trace, '资格')
    assert.equal(decision.label, '贴息资格')
    assert.equal(decision.description, '八项条件全部满足方可贴息。')
    assert.deepEqual(decision.sources, [
      { name: '实施细则第五条', type: '规范性文件', locationURI: 'https://example.org/rules#5' },
    ])
  })

  it('lists the inputs that were used, with their values', () => {
    const used = Object.fromEntries(trace.inputs.map(({ name, value }) => [name, value]))
    assert.equal(used.核定投资, '50000000')
    assert.equal(used.备案日期, '2023-08-31')
    assert.ok(!('逾期' in used))
  })

  it('shows a calculation with its numbers in place', () => {
    const expected = `
if 资格 = "符合" then max(0, min(round half up(可贴利息 * 年度比例, 2), 年度上限 - 本年已贴息)) else 0 = 108000
  资格 = "符合" = true
    资格 = 符合
    "符合" = 符合
  max(0, min(round half up(可贴利息 * 年度比例, 2), 年度上限 - 本年已贴息)) = 108000
    0 = 0
    min(round half up(可贴利息 * 年度比例, 2), 年度上限 - 本年已贴息) = 108000
      round half up(可贴利息 * 年度比例, 2) = 108000
        可贴利息 * 年度比例 = 108000
          可贴利息 = 120000
          年度比例 = 0.9
        2 = 2
      年度上限 - 本年已贴息 = 30000000
        年度上限 = 30000000
        本年已贴息 = 0`
    const step = stepOf(trace, '贴息金额')
    assert.equal(`\n${outline(step)}`, expected)
    const { logic } = find(trace, '贴息金额')
    assert.ok(logic.kind === 'expression')
    const inPlace = (each: Step): boolean =>
      logic.text.slice(each.from, each.to) === each.text && each.steps.every(inPlace)
    assert.ok(inPlace(step))
  })

  it('gives each column its label, expression and value, each rule its cells and annotations', () => {
    const logic = tableOf(trace, '资格')
    assert.deepEqual(
      logic.columns.slice(3, 5).map(({ label, expression, value }) => [label, expression, value]),
      [
        ['备案', '备案状态', '已备案'],
        ['备案后按期放款', '首次放款日', '2023-10-10'],
      ],
    )
    assert.deepEqual(logic.matched, [1, 2])
    assert.deepEqual(logic.deciding, [1])
    assert.deepEqual(logic.rules[0]?.annotations, [{ name: '依据', text: '细则第五条' }])
    assert.deepEqual(logic.rules[0]?.outputs, [{ text: '"符合"', value: '符合' }])
    assert.ok(logic.rules[1]?.cells.every(cell => cell.outcome === 'any'))
  })

  it('says by how much a condition was missed', () => {
    const missed = { ...ELIGIBLE, 首次放款日: '2024-03-15', 在建项目序号: '3', 土建金额: '51000000' }
    const { rules } = tableOf(evaluate(POLICY, '资格', missed, { asOf: '2024-06-21' }).trace, '资格')
    const gaps = rules[0]?.cells.flatMap(cell => cell.gaps ?? [])
    assert.deepEqual(gaps, [
      { comparison: '<=', actual: '2024-03-15', bound: '2024-02-29', shortfall: '15', unit: 'day' },
      { comparison: '<=', actual: '3', bound: '2', shortfall: '1', unit: 'number' },
      { comparison: '>', actual: '-1000000', bound: '0', shortfall: '1000000', unit: 'number' },
    ])
  })

  it('finds the missed bound inside ranges, lists and conditions on the value', () => {
    const gap = (cell: string, value: string) => {
      const explained = table(
        { columns: ['值'], outputs: [{}], rules: [[cell, '1']] },
        { 值: ['number', value] },
      )
      return tableOf(explained.trace, '结果').rules[0]?.cells[0]?.gaps?.map(
        ({ comparison, bound, shortfall }) => `${comparison} ${bound} by ${shortfall}`,
      )
    }
    assert.deepEqual(gap('[10..20)', '20'), ['< 20 by 0'])
    assert.deepEqual(gap('[10..20)', '7.5'), ['>= 10 by 2.5'])
    assert.deepEqual(gap('< 1, > 9', '5'), ['< 1 by 4', '> 9 by 4'])
    assert.deepEqual(gap('? >= 10 and ? < 100', '3'), ['>= 10 by 7'])
    assert.equal(gap('not(5)', '5'), undefined)
  })

  it('shows only the branch that was taken, and the value x in (…) is asked about', () => {
    assert.equal(
      outline(
        stepOf(feel('if 分 in (> 10, ? * 2 = 4) then 分 else 1 / 0', { 分: ['number', '2'] }).trace, '结果'),
      ),
      `if 分 in (> 10, ? * 2 = 4) then 分 else 1 / 0 = 2
  分 in (> 10, ? * 2 = 4) = true
    分 = 2
    10 = 10
    ? * 2 = 4 = true
      ? * 2 = 4
        ? = 2
        2 = 2
      4 = 4
  分 = 2`,
    )
  })

  it('is the same whoever came before, and what traces share cannot be changed', () => {
    const subjects: PlainInputs[] = [
      ELIGIBLE,
      { ...ELIGIBLE, 失信: true },
      { ...ELIGIBLE, 失信: null, 备案状态: null },
      { ...ELIGIBLE, 首次放款日: '2024-03-15', 在建项目序号: '3' },
      { ...ELIGIBLE, 首次放款日: '2024-03-16', 在建项目序号: '3' },
      { ...ELIGIBLE, 核定投资: '12345678.90' },
    ]
    const explained = (model: Model) => (subject: PlainInputs) =>
      evaluate(model, '贴息金额', subject, { asOf: '2024-06-21' })
    const alone = subjects.map(subject => JSON.stringify(explained(readPolicy())(subject)))
    const model = readPolicy()
    const first = subjects.map(explained(model))
    const then = subjects.toReversed().map(explained(model)).reverse()
    for (const [i, expected] of alone.entries()) {
      assert.equal(JSON.stringify(first[i]), expected)
      assert.equal(JSON.stringify(then[i]), expected)
      const owned = partsOf(first[i]?.trace)
      const shared = [...partsOf(then[i]?.trace)].filter(part => owned.has(part))
      assert.ok(shared.length > 0)
      assert.ok(shared.every(part => Object.isFrozen(part)))
    }
  })

  it('refuses bits of what is no table in it', () => {
    assert.throws(() => conditionBits(trace, '贴息金额'), RangeError)
    assert.deepEqual(conditionBits(trace, '资格'), { passed: 0xffn, unknown: 0n })
  })
})

describe('the trace of what runs one by one', () => {
  it('shows each round of a loop and each call of a function with its numbers', () => {
    const { trace } = feel('sum(for i in [1, 2] return (function(x) x * 10)(i))')
    assert.equal(
      outline(stepOf(trace, '结果')),
      `sum(for i in [1, 2] return (function(x) x * 10)(i)) = 30
  for i in [1, 2] return (function(x) x * 10)(i) = 10,20
    [1, 2] = 1,2
      1 = 1
      2 = 2
    (function(x) x * 10)(i) = 10
      i = 1
      x * 10 = 10
        x = 1
        10 = 10
    (function(x) x * 10)(i) = 20
      i = 2
      x * 10 = 20
        x = 2
        10 = 10`,
    )
  })

  it('names what values are bound to, and the text each step stands in', () => {
    const model = wholeModel(
      `<businessKnowledgeModel id="折" name="折"><encapsulatedLogic><formalParameter name="价" typeRef="number"/>${feelText('价 * 0.9')}</encapsulatedLogic></businessKnowledgeModel>` +
        decisionXml(
          '结果',
          `<context><contextEntry><variable name="原价"/>${feelText('100')}</contextEntry><contextEntry>${feelText('折(原价)')}</contextEntry></context>`,
          { requires: knows('折') },
        ),
    )
    const { logic } = find(decide(model, '结果').trace, '结果')
    assert.ok(logic.kind === 'boxed')
    assert.equal(logic.element, 'context')
    const [price, call] = logic.step.steps
    assert.deepEqual([price?.label, price?.source, price?.value], ['原价', '100', '100'])
    assert.deepEqual([call?.source, call?.text, call?.value], ['折(原价)', '折(原价)', '90'])
    assert.deepEqual(
      call?.steps.map(({ label, source, text, value }) => [label, source, text, value]),
      [
        ['价', undefined, '原价', '100'],
        [undefined, '价 * 0.9', '价 * 0.9', '90'],
      ],
    )
  })

  it('shows a table inside an expression as a table', () => {
    const inside = `<decisionTable hitPolicy="FIRST"><input><inputExpression><text>分</text></inputExpression></input><output/>
      <rule><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>"及格"</text></outputEntry></rule></decisionTable>`
    const model = wholeModel(
      decisionXml(
        '结果',
        `<context><contextEntry><variable name="分"/>${feelText('59')}</contextEntry><contextEntry><variable name="评"/>${inside}</contextEntry></context>`,
      ),
    )
    const { logic } = find(decide(model, '结果').trace, '结果')
    const step = logic.kind === 'boxed' ? logic.step.steps[1] : undefined
    assert.equal(step?.label, '评')
    assert.deepEqual(step?.table?.rules[0]?.cells, [
      {
        text: '>= 60',
        outcome: 'not met',
        gaps: [{ comparison: '>=', actual: '59', bound: '60', shortfall: '1', unit: 'number' }],
      },
    ])
  })

  it('is the same whenever it is read, and leaves the answer as it was', () => {
    const explained = feel('[1, 0][2] / 0 + count([1, 2])')
    const messages = [...explained.messages]
    const first = JSON.stringify(explained.trace)
    assert.equal(JSON.stringify(explained.trace), first)
    assert.deepEqual(explained.messages, messages)
    assert.deepEqual(JSON.parse(JSON.stringify(explained)).trace, JSON.parse(first))
  })
})
