import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, evaluate, type Plain } from '../src/index.ts'
import { asks, decide, decisionXml, feelText, inputXml, wholeModel } from './whole-model.ts'

function answer(logic: string, type?: string): Plain {
  return decide(wholeModel(decisionXml('结果', logic, type === undefined ? {} : { type })), '结果').value
}

function entry(name: string, logic: string, type?: string): string {
  return `<contextEntry><variable name="${name}"${type === undefined ? '' : ` typeRef="${type}"`}/>${logic}</contextEntry>`
}

describe('boxed expressions', () => {
  it('a context gives its entries, each seeing those before it', () => {
    const logic = `<context>${entry('单价', feelText('3'))}${entry('总 价', feelText('单价 * 2'))}</context>`
    assert.deepEqual(answer(logic), { 单价: '3', '总 价': '6' })
  })

  it('a context whose last entry has no name gives the value of that entry', () => {
    const last = `<contextEntry>${feelText('总 价 + 1')}</contextEntry>`
    assert.equal(answer(`<context>${entry('总 价', feelText('6'))}${last}</context>`), '7')
  })

  it('an entry is null, with a message, where it is not what its variable declares', () => {
    const model = wholeModel(
      decisionXml('结果', `<context>${entry('数', feelText('"三"'), 'number')}</context>`),
    )
    const { value, messages } = decide(model, '结果')
    assert.deepEqual(value, { 数: null })
    assert.deepEqual(
      messages.map(({ code, where }) => [code, where.element]),
      [['type', '结果']],
    )
  })

  it('a relation is a list of rows, and a list is a list', () => {
    const row = (a: string, b: string) => `<row>${feelText(a)}${feelText(b)}</row>`
    const relation = `<relation><column name="镇街"/><column name="户数"/>${row('"古镇"', '1+1')}${row('"小榄"', '3')}</relation>`
    assert.deepEqual(answer(relation), [
      { 镇街: '古镇', 户数: '2' },
      { 镇街: '小榄', 户数: '3' },
    ])
    assert.deepEqual(answer(`<list>${feelText('1')}${feelText('"a"')}</list>`), ['1', 'a'])
  })

  it('a conditional, a filter, a loop and its questions run as their FEEL does', () => {
    const list = feelText('[1, 2, 3]')
    const of = (what: string, inside: string) => `<${what}>${inside}</${what}>`
    assert.equal(
      answer(
        of(
          'conditional',
          of('if', feelText('1 > 2')) + of('then', feelText('"a"')) + of('else', feelText('"b"')),
        ),
      ),
      'b',
    )
    assert.deepEqual(answer(of('filter', of('in', list) + of('match', feelText('item > 1')))), ['2', '3'])
    const iterator = (kind: string, inside: string) =>
      `<${kind} iteratorVariable="项">${of('in', list)}${inside}</${kind}>`
    assert.deepEqual(answer(iterator('for', of('return', feelText('项 * 2')))), ['2', '4', '6'])
    assert.equal(answer(iterator('some', of('satisfies', feelText('项 > 2')))), true)
    assert.equal(answer(iterator('every', of('satisfies', feelText('项 > 2')))), false)
  })

  it('an invocation gives its arguments by name', () => {
    const binding = (name: string, text: string) =>
      `<binding><parameter name="${name}"/>${feelText(text)}</binding>`
    const logic = `<invocation>${feelText('function(甲, 乙) 甲 - 乙')}${binding('乙', '1')}${binding('甲', '5')}</invocation>`
    assert.equal(answer(logic), '4')
  })

  it('a table inside a context sees the entries before it', () => {
    const table = `<decisionTable hitPolicy="FIRST"><input><inputExpression><text>分数</text></inputExpression></input><output/>
      <rule><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>"及格 " + string(分数)</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"不及格"</text></outputEntry></rule></decisionTable>`
    assert.deepEqual(answer(`<context>${entry('分数', feelText('75'))}${entry('评语', table)}</context>`), {
      分数: '75',
      评语: '及格 75',
    })
  })

  it('logic that is missing or in another language is an error with its place, and null', () => {
    const model = wholeModel(
      `${decisionXml('空', '')}${decisionXml('外', '<functionDefinition kind="Java"><context/></functionDefinition>')}`,
    )
    assert.deepEqual(
      check(model).map(({ code, where }) => [code, where.element]),
      [
        ['unsupported', '空'],
        ['unsupported', '外'],
      ],
    )
    assert.equal(decide(model, '空').value, null)
    assert.equal(decide(model, '外').value, null)
  })
})

const TYPES = `
<itemDefinition name="镇街"><typeRef>string</typeRef><allowedValues><text>"古镇", "小榄"</text></allowedValues></itemDefinition>
<itemDefinition name="城区"><typeRef>镇街</typeRef><allowedValues><text>"石岐"</text></allowedValues></itemDefinition>
<itemDefinition name="名单" isCollection="true"><typeRef>镇街</typeRef></itemDefinition>
<itemDefinition name="企业"><itemComponent name="名称"><typeRef>string</typeRef></itemComponent><itemComponent name="所在"><typeRef>镇街</typeRef></itemComponent></itemDefinition>
<itemDefinition name="两个" isCollection="true"><typeRef>number</typeRef><typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>`

describe('declared types', () => {
  const typed = (type: string, text: string) =>
    decide(wholeModel(TYPES + decisionXml('结果', feelText(text), { type })), '结果')

  it('bring a result to what its variable declares: out of or into a list of one, a date to its midnight', () => {
    const table: readonly (readonly [type: string, text: string, expected: Plain])[] = [
      ['number', '[5]', '5'],
      ['number', '[[5]]', null],
      ['名单', '"古镇"', ['古镇']],
      ['string', '5', null],
      ['date and time', 'date("2024-02-29")', '2024-02-29T00:00:00Z'],
      ['企业', '{名称: "甲", 所在: "古镇", 其他: 1}', { 名称: '甲', 所在: '古镇', 其他: '1' }],
      ['企业', '{名称: "甲"}', null],
    ]
    for (const [type, text, expected] of table) assert.deepEqual(typed(type, text).value, expected, text)
  })

  it('hold allowed values at every level, with a message that names them', () => {
    const table: readonly (readonly [type: string, text: string, allowed: boolean])[] = [
      ['镇街', '"古镇"', true],
      ['镇街', '"东区"', false],
      ['镇街', 'upper case("东区")', false],
      ['名单', '["古镇", "小榄"]', true],
      ['名单', '["古镇", "东区"]', false],
      ['企业', '{名称: "甲", 所在: "东区"}', false],
      ['两个', '[1, 2]', true],
      ['两个', '[1, 2, 3]', false],
    ]
    for (const [type, text, allowed] of table) {
      const { value, messages } = typed(type, text)
      assert.equal(value !== null, allowed, text)
      assert.deepEqual(
        messages.map(message => message.code),
        allowed ? [] : ['not-allowed'],
        text,
      )
    }
  })

  it('allowed values of a type stand instead of those of its base', () => {
    assert.equal(typed('城区', '"石岐"').value, '石岐')
    assert.equal(typed('城区', '"古镇"').value, null)
  })

  it('bind inputs with all their parts', () => {
    const model = wholeModel(
      TYPES + inputXml('户', '企业') + decisionXml('结果', feelText('户.名称'), { requires: asks('户') }),
    )
    assert.equal(decide(model, '结果', { 户: { 名称: '甲', 所在: '古镇' } }).value, '甲')
    const { value, messages } = decide(model, '结果', { 户: { 名称: '甲', 所在: '东区' } })
    assert.equal(value, null)
    assert.deepEqual(
      messages.map(message => message.code),
      ['not-allowed'],
    )
  })

  it('are held against the day of each run', () => {
    const model = wholeModel(
      `<itemDefinition name="已过"><typeRef>date</typeRef><allowedValues><text>&lt;= today()</text></allowedValues></itemDefinition>` +
        inputXml('日', '已过') +
        decisionXml('结果', feelText('日'), { requires: asks('日') }),
    )
    const on = (asOf: string) => evaluate(model, '结果', { 日: '2024-05-06' }, { asOf }).value
    assert.deepEqual(
      [on('2024-05-06'), on('2024-05-05'), on('2024-05-07')],
      ['2024-05-06', null, '2024-05-06'],
    )
  })

  it('a value a column does not expect counts as missing', () => {
    const table = `<decisionTable><input><inputExpression><text>所在</text></inputExpression><inputValues><text>"古镇", "小榄"</text></inputValues></input><output/>
      <rule><inputEntry><text>"古镇"</text></inputEntry><outputEntry><text>"在"</text></outputEntry></rule>
      <rule><inputEntry><text>null</text></inputEntry><outputEntry><text>"缺"</text></outputEntry></rule></decisionTable>`
    const model = wholeModel(
      inputXml('所在', 'string') + decisionXml('结果', table, { requires: asks('所在') }),
    )
    assert.equal(decide(model, '结果', { 所在: '古镇' }).value, '在')
    assert.equal(decide(model, '结果', { 所在: '东区' }).value, '缺')
  })
})
