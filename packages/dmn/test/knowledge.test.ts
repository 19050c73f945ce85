import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, prepareInvocable, RequestError, readModel } from '../src/index.ts'
import { asks, decide, decisionXml, feelText, inputXml, knows, wholeModel } from './whole-model.ts'

function knowledge(name: string, parameters: readonly string[], logic: string, requires = ''): string {
  const formal = parameters.map(each => {
    const [parameter, type] = each.split(': ')
    return `<formalParameter name="${parameter}"${type === undefined ? '' : ` typeRef="${type}"`}/>`
  })
  return `<businessKnowledgeModel id="${name}" name="${name}"><variable name="${name}"/><encapsulatedLogic>${formal.join('')}${logic}</encapsulatedLogic>${requires}</businessKnowledgeModel>`
}

const CLOCK = { asOf: '2026-06-21' }

describe('business knowledge models', () => {
  it('are called from decisions and from each other', () => {
    const model = wholeModel(
      knowledge('加一', ['数: number'], feelText('数 + 1')) +
        knowledge('加二', ['数: number'], feelText('加一(加一(数))'), knows('加一')) +
        decisionXml('结果', feelText('加二(数: 5)'), { requires: knows('加二') }),
    )
    assert.deepEqual(check(model), [])
    assert.equal(decide(model, '结果').value, '7')
    assert.equal(prepareInvocable(model, '加二').value({ 数: '40' }, CLOCK).value, '42')
  })

  it('may call themselves; without end that is null with a message, not a hang', () => {
    const model = wholeModel(
      knowledge('阶乘', ['n: number'], feelText('if n <= 1 then 1 else n * 阶乘(n - 1)'), knows('阶乘')) +
        knowledge('无底', ['n: number'], feelText('无底(n + 1)'), knows('无底')) +
        decisionXml('结果', feelText('阶乘(20)'), { requires: knows('阶乘') }) +
        decisionXml('无尽', feelText('无底(1)'), { requires: knows('无底') }),
    )
    assert.equal(decide(model, '结果').value, '2432902008176640000')
    const { value, messages } = decide(model, '无尽')
    assert.equal(value, null)
    assert.deepEqual(
      messages.map(({ code, where }) => [code, where.element]),
      [['limit', '无尽']],
    )
  })

  it('see nothing of the place they are called from', () => {
    const model = wholeModel(
      knowledge('看', [], feelText('甲')) +
        decisionXml(
          '结果',
          `<context><contextEntry><variable name="甲"/>${feelText('1')}</contextEntry><contextEntry>${feelText('看()')}</contextEntry></context>`,
          { requires: knows('看') },
        ),
    )
    assert.deepEqual(
      check(model).map(({ code, where }) => [code, where.element]),
      [['unknown-name', '看']],
    )
    assert.equal(decide(model, '结果').value, null)
  })

  it('take no argument that is none of their parameter’s', () => {
    const model = wholeModel(
      knowledge('长', ['文: string'], feelText('5')) +
        inputXml('值') +
        decisionXml('结果', feelText('长(值)'), { requires: knows('长') + asks('值') }),
    )
    assert.equal(decide(model, '结果', { 值: '甲' }).value, '5')
    assert.equal(decide(model, '结果', { 值: true }).value, null)
  })
})

describe('decision services', () => {
  const SERVICE = `
    ${inputXml('本金', 'number')}
    ${decisionXml('利率', feelText('0.05'), { type: 'number' })}
    ${decisionXml('利息', feelText('本金 * 利率'), {
      type: 'number',
      requires: `${asks('本金')}<informationRequirement><requiredDecision href="#利率"/></informationRequirement>`,
    })}
    <decisionService id="计息" name="计息"><outputDecision href="#利息"/><encapsulatedDecision href="#利率"/><inputData href="#本金"/></decisionService>
    <decisionService id="按率" name="按率"><outputDecision href="#利息"/><inputDecision href="#利率"/><inputData href="#本金"/></decisionService>`

  it('work their decisions out anew from the arguments', () => {
    const model = wholeModel(
      SERVICE +
        decisionXml('两次', feelText('计息(100) + 计息(本金: 200)'), { requires: knows('计息') }) +
        decisionXml('另一率', feelText('按率(100, 0.1)'), { requires: knows('按率') }),
    )
    assert.deepEqual(check(model), [])
    assert.equal(decide(model, '两次').value, '15')
    assert.equal(decide(model, '另一率').value, '10')
    assert.equal(prepareInvocable(model, '按率').value({ 本金: '100', 利率: '0.2' }, CLOCK).value, '20')
  })

  it('that a decision inside them requires are a circle', () => {
    const model = wholeModel(
      `${decisionXml('甲', feelText('服务()'), { requires: knows('服务') })}<decisionService id="服务" name="服务"><outputDecision href="#甲"/></decisionService>`,
    )
    assert.deepEqual(
      check(model).map(problem => problem.code),
      ['cycle'],
    )
    assert.throws(() => decide(model, '甲'), RequestError)
    assert.throws(() => prepareInvocable(model, '服务'), RequestError)
  })
})

describe('imports', () => {
  const library = readModel(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="l" name="库" namespace="https://millrace.example/library">
      <itemDefinition name="镇街"><typeRef>string</typeRef><allowedValues><text>"古镇"</text></allowedValues></itemDefinition>
      ${inputXml('所在', '镇街')}
      ${decisionXml('问候', feelText('"来自" + 所在'), { requires: asks('所在') })}
      ${knowledge('加倍', ['数: number'], feelText('数 * 2'))}</definitions>`,
    { file: '库.dmn' },
  )
  const elsewhere = (tag: string, href: string) => `<${tag} href="https://millrace.example/library#${href}"/>`
  const model = wholeModel(
    `<import namespace="https://millrace.example/library" name="库" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
      ${decisionXml('结果', feelText('库.问候 + " " + string(库.加倍(4))'), {
        requires: `<informationRequirement>${elsewhere('requiredDecision', '问候')}</informationRequirement><knowledgeRequirement>${elsewhere('requiredKnowledge', '加倍')}</knowledgeRequirement>`,
      })}`,
    { imports: [library] },
  )

  it('bring in decisions, inputs, types and knowledge behind their name', () => {
    assert.deepEqual(check(model), [])
    const { value, trace } = decide(model, '结果', { '库.所在': '古镇' })
    assert.equal(value, '来自古镇 8')
    assert.deepEqual(
      trace.decisions.map(decision => decision.name),
      ['库.问候', '结果'],
    )
    assert.equal(decide(model, '结果', { '库.所在': '东区' }).value, null)
  })

  it('by two ways have inputs of their own, and say what is wrong with them once', () => {
    const ns = 'https://millrace.example/library'
    const middle = readModel(
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="z" name="中" namespace="https://millrace.example/middle">
        <import namespace="${ns}" name="库" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
        ${decisionXml('转', feelText('库.问候'), { requires: `<informationRequirement>${elsewhere('requiredDecision', '问候')}</informationRequirement>` })}</definitions>`,
      { file: '中.dmn', imports: [library] },
    )
    const both = wholeModel(
      `<import namespace="${ns}" name="库" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/><import namespace="https://millrace.example/middle" name="中" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
        ${decisionXml('结果', feelText('库.问候 + "；" + 中.转'), {
          requires: `<informationRequirement>${elsewhere('requiredDecision', '问候')}</informationRequirement><informationRequirement><requiredDecision href="https://millrace.example/middle#转"/></informationRequirement>`,
        })}`,
      { imports: [library, middle] },
    )
    assert.deepEqual(check(both), [])
    const { value } = decide(both, '结果', { '库.所在': '古镇', '中.库.所在': '东区' })
    assert.equal(value, null)
    assert.equal(
      decide(both, '结果', { '库.所在': '古镇', '中.库.所在': '古镇' }).value,
      '来自古镇；来自古镇',
    )
  })

  it('locate what is wrong in the file it stands in', () => {
    const { messages } = decide(model, '结果', { '库.所在': '东区' })
    assert.equal(messages[0]?.where.file, '库.dmn')
    const broken = readModel(
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="b" name="坏" namespace="https://millrace.example/broken">
        <itemDefinition name="类"><typeRef>string</typeRef><allowedValues><text>"甲", &gt; 5</text></allowedValues></itemDefinition></definitions>`,
      { file: '坏.dmn' },
    )
    const user = wholeModel(
      `<import namespace="https://millrace.example/broken" name="坏" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>${inputXml('值', '坏.类')}`,
      { imports: [broken] },
    )
    assert.deepEqual(
      check(user).map(({ code, where }) => [code, where.file, where.element]),
      [['type', '坏.dmn', '类']],
    )
  })
})
