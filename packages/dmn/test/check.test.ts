import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, describeLocation, evaluate, type Problem, RequestError, readModel } from '../src/index.ts'
import { bulkProblems } from '../src/sql/index.ts'
import { type DecisionSpec, type ModelSpec, modelXml } from './model-xml.ts'

function problemsOf(spec: ModelSpec, bulk: readonly string[] = []): readonly Problem[] {
  const model = readModel(modelXml(spec), { file: '政策.dmn' })
  return [...check(model), ...bulkProblems(model, bulk)]
}

const INPUTS = { 金额: 'number', 状态: 'string', 备案日: 'date', 逾期: 'boolean' }

function decision(spec: DecisionSpec): ModelSpec {
  return { inputs: INPUTS, decisions: { 结果: { requires: Object.keys(INPUTS), ...spec } } }
}

/** Codes of the problems of one expression. */
function codes(expression: string, bulk = false): string[] {
  return problemsOf(decision({ expression }), bulk ? ['结果'] : undefined).map(problem => problem.code)
}

describe('check', () => {
  it('finds nothing wrong with a right model', () => {
    assert.deepEqual(codes('if 状态 = "存续" and not(逾期) then 金额 * 0.9 else null'), [])
  })

  it('finds operands of the wrong type', () => {
    assert.deepEqual(codes('金额 + 状态'), ['type'])
    assert.deepEqual(codes('金额 = "1"'), ['type'])
    assert.deepEqual(codes('备案日 + 1'), ['type'])
    assert.deepEqual(codes('if 金额 then 1 else 2'), ['type'])
    assert.deepEqual(codes('if 逾期 then 1 else "2"'), ['type'])
    assert.deepEqual(codes('min(金额, 备案日)'), ['type'])
    assert.deepEqual(codes('string length(金额)'), ['type'])
    assert.deepEqual(codes('abs(1, 2)'), ['type'])
    assert.deepEqual(codes('逾期 > true'), ['type'])
  })

  it('finds names and functions that are not there, and a text without quotes', () => {
    assert.deepEqual(codes('金额 + 余额'), ['unknown-name'])
    assert.deepEqual(codes('状态 = 存续'), ['unknown-name'])
    assert.deepEqual(codes('yesterday()'), ['unknown-name'])
    assert.deepEqual(codes('toString(1) + constructor'), ['unknown-name', 'unknown-name'])
    assert.deepEqual(codes('? > 1'), ['type'])
  })

  it('finds literals the calendar does not have', () => {
    assert.deepEqual(codes('date("2023-02-29")'), ['literal'])
    assert.deepEqual(codes('duration("六个月")'), ['literal'])
  })

  it('takes the names every JavaScript object has for names like any other', () => {
    const names = { constructor: 'number', toString: 'number', valueOf: 'number' }
    const spec = { 结果: { requires: Object.keys(names), expression: 'constructor + toString + valueOf' } }
    const model = readModel(modelXml({ inputs: names, decisions: spec }), { file: 'a.dmn' })
    assert.deepEqual(check(model), [])
    assert.equal(
      evaluate(model, '结果', { constructor: '1', toString: '2', valueOf: '3' }, { asOf: '2026-01-01' })
        .value,
      '6',
    )
    assert.equal(evaluate(model, '结果', {}, { asOf: '2026-01-01' }).value, null)
    assert.deepEqual(
      problemsOf({ inputs: { 金额: 'constructor' }, decisions: {} }).map(problem => problem.code),
      ['type'],
    )
  })

  it('finds texts no database can hold', () => {
    assert.deepEqual(codes('"\\u0000"'), ['syntax'])
    assert.deepEqual(codes('"\\ud83d"'), ['syntax'])
    assert.deepEqual(codes('"\\U01F600"'), [])
  })

  it('says which name is in the model but not required', () => {
    const [problem] = problemsOf({ inputs: INPUTS, decisions: { 甲: { expression: '金额' } } })
    assert.equal(problem?.code, 'not-required')
    assert.match(problem?.zh ?? '', /画一条信息要求连线/)
  })

  it('locates a problem by file, decision, rule, column and the part of the text, in both languages', () => {
    const table = {
      columns: ['金额', '状态'],
      outputs: [{}],
      rules: [
        ['-', '-', '1'],
        ['> 0', '"存续", > 5', '2'],
      ],
    }
    const [problem] = problemsOf(decision({ table }))
    assert.deepEqual(problem?.where, {
      file: '政策.dmn',
      element: '结果',
      line: 23,
      rule: 2,
      column: 2,
      text: '"存续", > 5',
      from: 8,
      to: 9,
    })
    assert.equal(problem?.zh, '文本与数值不能比较。')
    assert.equal(problem?.en, 'A string and a number cannot be compared.')
    assert.equal(describeLocation(problem.where), '政策.dmn › 结果 › 规则 2 › 条件列 2（第 23 行）')
    assert.equal(describeLocation(problem.where, 'en'), '政策.dmn › 结果 › rule 2 › column 2 (line 23)')
  })

  it('finds FEEL that cannot be read, and keeps working on the rest', () => {
    const spec = { 甲: { expression: '(1 +' }, 乙: { expression: '2' } }
    const model = readModel(modelXml({ decisions: spec }), { file: 'a.dmn' })
    assert.deepEqual(
      check(model).map(({ code, where }) => [code, where.element]),
      [['syntax', '甲']],
    )
    assert.equal(evaluate(model, '乙', {}, { asOf: '2026-01-01' }).value, '2')
    const broken = evaluate(model, '甲', {}, { asOf: '2026-01-01' })
    assert.deepEqual([broken.value, broken.messages.map(message => message.code)], [null, ['model']])
  })

  it('finds decisions that require each other', () => {
    const spec: ModelSpec = {
      decisions: {
        甲: { requires: ['乙'], expression: '乙' },
        乙: { requires: ['丙'], expression: '丙' },
        丙: { requires: ['甲'], expression: '甲' },
        丁: { expression: '1' },
      },
    }
    const problems = problemsOf(spec)
    assert.deepEqual(
      problems.map(problem => problem.code),
      ['cycle'],
    )
    assert.match(problems[0]?.zh ?? '', /甲 → 乙 → 丙 → 甲/)
    const model = readModel(modelXml(spec), { file: 'a.dmn' })
    assert.throws(() => evaluate(model, '甲', {}, { asOf: '2026-01-01' }), RequestError)
    assert.equal(evaluate(model, '丁', {}, { asOf: '2026-01-01' }).value, '1')
  })

  it('finds inputs without a type and types that mean nothing', () => {
    assert.deepEqual(
      problemsOf({ inputs: { 金额: '' }, decisions: {} }).map(problem => problem.code),
      ['type'],
    )
    assert.deepEqual(
      problemsOf({ inputs: { 金额: '金额类型' }, decisions: {} }).map(problem => problem.code),
      ['type'],
    )
    const loop = {
      types: [
        { name: '甲', base: '乙' },
        { name: '乙', base: '甲' },
      ],
      inputs: { 金额: '甲' },
      decisions: {},
    }
    assert.match(problemsOf(loop)[0]?.en ?? '', /refers to itself/)
  })

  it('finds tables whose hit policy does not fit their outputs', () => {
    const table = (hitPolicy: string, outputs: { name?: string }[], rule: string[]) =>
      problemsOf(decision({ table: { hitPolicy, columns: [], outputs, rules: [rule] } })).map(
        problem => problem.code,
      )
    assert.deepEqual(table('C+', [{}], ['"甲"']), ['table'])
    assert.deepEqual(table('P', [{}], ['"甲"']), ['table'])
    assert.deepEqual(table('U', [{}, {}], ['1', '2']), ['table'])
    assert.deepEqual(table('C#', [{ name: 'a' }, { name: 'b' }], ['1', '2']), ['table'])
  })

  it('says what cannot run in bulk only when asked, and finds all of it', () => {
    assert.deepEqual(codes('金额 ** 2'), [])
    assert.deepEqual(codes('金额 ** 2 + round half up(金额, 金额)', true), ['bulk', 'bulk'])
    assert.deepEqual(codes('date(状态)', true), ['bulk'])
    assert.deepEqual(codes('2 ** 10 + 金额', true), [])
    for (const single of [
      'count([金额, 1])',
      '{甲: 金额}.甲',
      '[金额, 1][1]',
      'sum(for i in [金额] return i)',
      'some i in [金额] satisfies i > 0',
      '(function(x) x + 金额)(1)',
      '金额 instance of number',
      'time(状态) < @"10:00:00"',
      'if 逾期 then 金额 else 状态',
      'split(状态, ",")[1]',
    ]) {
      const found = codes(single, true).filter(code => code !== 'type')
      assert.deepEqual([...new Set(found)], ['bulk'], single)
    }
    // What is the same for every subject is worked out beforehand, whatever it takes.
    assert.deepEqual(codes('金额 * count(for i in 1..3 return i)', true), [])
    assert.deepEqual(codes('金额 * count(for i in 1..1000000000 return i)', true), [])
    assert.deepEqual(codes('状态 + string(now())', true), ['bulk'])
    const list = decision({ table: { hitPolicy: 'C', columns: [], outputs: [{}], rules: [['1'], ['2']] } })
    assert.deepEqual(problemsOf(list), [])
    assert.deepEqual(
      problemsOf(list, ['结果']).map(problem => problem.code),
      ['bulk'],
    )
    assert.deepEqual(
      problemsOf(decision({ expression: '1' }), ['别的']).map(problem => problem.code),
      ['unknown-name'],
    )
  })

  it('names logic in another language, and runs the rest', () => {
    const xml = modelXml({ decisions: { 甲: { expression: '1' } } }).replace(
      '</definitions>',
      '<businessKnowledgeModel id="k" name="公式"><encapsulatedLogic kind="Java"/></businessKnowledgeModel><decision id="d" name="乙"/></definitions>',
    )
    const model = readModel(xml, { file: 'a.dmn' })
    assert.deepEqual(
      check(model).map(({ code, severity, where }) => [code, severity, where.element]),
      [
        ['unsupported', 'error', '乙'],
        ['unsupported', 'error', '公式'],
      ],
    )
    assert.equal(evaluate(model, '甲', {}, { asOf: '2026-01-01' }).value, '1')
  })
})
