import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, type Model, type PlainInputs, prepare, readModel } from '../src/index.ts'
import { feel } from './one-decision.ts'

function model(elements: string): Model {
  const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">${elements}</definitions>`
  return readModel(xml, { file: 'a.dmn' })
}

function value(elements: string, decision: string, inputs: PlainInputs = {}) {
  return prepare(model(elements), decision).value(inputs, { asOf: '2026-06-21' })
}

const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`

/** A table of one column over the untyped input 状态, one output, rules as given. */
function table(values: { input?: string; output?: string }, rules: readonly (readonly [string, string])[]) {
  const rows = rules.map(
    ([cell, output]) =>
      `<rule><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>${output}</text></outputEntry></rule>`,
  )
  const among = (name: string, text?: string) =>
    text === undefined ? '' : `<${name}><text>${text}</text></${name}>`
  return `<inputData id="i" name="状态"/><decision id="d" name="结论">
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable><input><inputExpression><text>状态</text></inputExpression>${among('inputValues', values.input)}</input>
    <output>${among('outputValues', values.output)}</output>${rows.join('')}</decisionTable></decision>`
}

describe('a name inside a filter', () => {
  it('is the entry of the item before it is the item', () => {
    assert.deepEqual(feel('[{item: 1}, {item: 2}, {item: 3}][item >= 2]').value, [
      { item: '2' },
      { item: '3' },
    ])
    assert.deepEqual(feel('[1, 2, 3][item >= 2]').value, ['2', '3'])
    assert.deepEqual(feel('[{a: 1}, {a: 2}][item.a >= 2]').value, [{ a: '2' }])
    assert.deepEqual(feel('(function(x) x[item > 1])([{item: 1}, {item: 2}, 3])').value, [{ item: '2' }, '3'])
  })
})

describe('the values of a table', () => {
  it('make an input that is none of them missing', () => {
    const xml = table({ input: '"存续", "注销"' }, [
      ['"存续"', '"可以"'],
      ['null', '"不在列表中"'],
    ])
    assert.equal(value(xml, '结论', { 状态: '存续' }).value, '可以')
    const other = value(xml, '结论', { 状态: '迁出' })
    assert.equal(other.value, '不在列表中')
    assert.equal(other.messages[0]?.code, 'not-allowed')
  })

  it('make an output that is none of them missing, with a message', () => {
    const xml = table({ output: '"甲", "乙"' }, [['-', '状态']])
    assert.equal(value(xml, '结论', { 状态: '乙' }).value, '乙')
    const other = value(xml, '结论', { 状态: '丙' })
    assert.deepEqual([other.value, other.messages.map(each => each.code)], [null, ['not-allowed']])
  })

  it('may be tests with `?`, or `?` alone, which every value meets', () => {
    const long = table({ output: 'string length(?) &gt; 1' }, [['-', '状态']])
    assert.equal(value(long, '结论', { 状态: '甲乙' }).value, '甲乙')
    assert.equal(value(long, '结论', { 状态: '甲' }).value, null)
    assert.equal(value(table({ input: '?' }, [['"甲"', '1']]), '结论', { 状态: '甲' }).value, '1')
  })
})

describe('a condition without ? among the values of a column', () => {
  it('is a value, which none of another kind is; check says so', () => {
    const xml = `<inputData id="i" name="状态"><variable name="状态" typeRef="string"/></inputData>
      <decision id="d" name="结论"><informationRequirement><requiredInput href="#i"/></informationRequirement>
      <decisionTable><input><inputExpression><text>状态</text></inputExpression>
        <inputValues><text>"存续", string length("?") = 1</text></inputValues></input><output/>
        <rule><inputEntry><text>"存续"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
        <rule><inputEntry><text>null</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
      </decisionTable></decision>`
    assert.equal(value(xml, '结论', { 状态: '存续' }).value, '1')
    assert.equal(value(xml, '结论', { 状态: '迁出' }).value, '2')
    const said = check(model(xml)).find(problem => problem.code === 'type')
    assert.deepEqual([said?.severity, said?.where.from], ['warning', 6])
  })
})

describe('a decision service', () => {
  it('is not called with an argument of another type, even where its decisions would speak of null', () => {
    const xml = `<decision id="in" name="给定"><variable name="给定" typeRef="string"/>${literal('"从不"')}</decision>
      <decision id="out" name="缺失"><informationRequirement><requiredDecision href="#in"/></informationRequirement>${literal('给定 = null')}</decision>
      <decisionService id="s" name="服务"><outputDecision href="#out"/><inputDecision href="#in"/></decisionService>
      <decision id="a" name="数值"><knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>${literal('服务(123)')}</decision>
      <decision id="b" name="空值"><knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>${literal('服务(null)')}</decision>`
    const { value: called, messages } = value(xml, '数值')
    assert.deepEqual([called, messages.length > 0], [null, true])
    assert.equal(value(xml, '空值').value, true)
  })
})

describe('a business knowledge model', () => {
  it('may call itself, within the limits', () => {
    const xml = `<businessKnowledgeModel id="k" name="阶乘"><encapsulatedLogic>
        <formalParameter name="n" typeRef="number"/>${literal('if n = 0 then 1 else n * 阶乘(n - 1)')}
      </encapsulatedLogic></businessKnowledgeModel>
      <inputData id="i" name="数"><variable name="数" typeRef="number"/></inputData>
      <decision id="d" name="积"><informationRequirement><requiredInput href="#i"/></informationRequirement>
        <knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>${literal('阶乘(数)')}</decision>`
    assert.equal(value(xml, '积', { 数: '20' }).value, '2432902008176640000')
    const endless = value(xml, '积', { 数: '-1' })
    assert.deepEqual([endless.value, endless.messages[0]?.code], [null, 'limit'])
  })

  it('takes parameters whose names hold a point', () => {
    const xml = `<businessKnowledgeModel id="k" name="称呼"><encapsulatedLogic>
        <formalParameter name="人.姓名"/><formalParameter name="人.数" typeRef="number"/>
        ${literal('人.姓名 + string(人.数)')}</encapsulatedLogic></businessKnowledgeModel>
      <inputData id="i" name="人"/>
      <decision id="d" name="结果"><informationRequirement><requiredInput href="#i"/></informationRequirement>
        <knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>
        <invocation>${literal('称呼')}<binding><parameter name="人.数"/>${literal('人.数')}</binding>
          <binding><parameter name="人.姓名"/>${literal('人.姓名')}</binding></invocation></decision>`
    assert.equal(value(xml, '结果', { 人: { 姓名: '张', 数: 2n } }).value, '张2')
  })
})
