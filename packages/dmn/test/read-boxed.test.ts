import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Logic, type Model, ModelError, readModel } from '../src/index.ts'

function modelOf(elements: string, attributes = ''): Model {
  return readModel(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n" ${attributes}>
${elements}
</definitions>`,
    { file: 'a.dmn' },
  )
}

/** The logic of one decision, short: kinds, names and texts. */
function logicOf(expression: string): string {
  const [decision] = modelOf(`<decision id="d" name="甲">${expression}</decision>`).decisions
  return shown(decision?.logic)
}

function shown(logic: Logic | undefined): string {
  switch (logic?.kind) {
    case undefined:
      return 'nothing'
    case 'expression':
      return logic.text + (logic.typeRef === undefined ? '' : `: ${logic.typeRef}`)
    case 'table':
      return `table ${logic.hitPolicy} ${logic.rules.length}`
    case 'invocation':
      return `${shown(logic.callee)}(${logic.bindings.map(each => `${each.parameter.name}: ${shown(each.logic)}`).join(', ')})`
    case 'context':
      return `{${logic.entries.map(each => `${each.variable?.name ?? '='}: ${shown(each.logic)}`).join(', ')}}`
    case 'function':
      return `${logic.language}(${logic.parameters.map(each => each.name + (each.typeRef ?? '')).join(', ')}) ${shown(logic.body)}`
    case 'relation':
      return `relation ${logic.columns.map(each => each.name).join(' ')}: ${logic.rows.map(row => row.map(shown).join(' ')).join('; ')}`
    case 'list':
      return `[${logic.items.map(shown).join(', ')}]`
    case 'conditional':
      return `if ${shown(logic.condition)} then ${shown(logic.whenTrue)} else ${shown(logic.otherwise)}`
    case 'filter':
      return `${shown(logic.in)}[${shown(logic.match)}]`
    case 'for':
      return `for ${logic.variable} in ${shown(logic.in)} return ${shown(logic.result)}`
    case 'some':
    case 'every':
      return `${logic.kind} ${logic.variable} in ${shown(logic.in)} satisfies ${shown(logic.condition)}`
    case 'unsupported':
      return `unsupported ${logic.element}`
    default:
      return logic satisfies never
  }
}

const text = (feel: string) => `<literalExpression><text>${feel}</text></literalExpression>`

describe('boxed expressions', () => {
  it('are read whatever their kind', () => {
    const table: readonly (readonly [xml: string, logic: string])[] = [
      [text('1 &lt; 2'), '1 < 2'],
      ['<literalExpression><text><![CDATA[ "a" < "b" ]]></text></literalExpression>', '"a" < "b"'],
      ['<literalExpression typeRef="feel:number"><text>1</text></literalExpression>', '1: number'],
      [
        `<invocation>${text('还款')}<binding><parameter name="本金"/>${text('1')}</binding><binding><parameter name="期数"/></binding></invocation>`,
        '还款(本金: 1, 期数: unsupported )',
      ],
      [
        `<context><contextEntry><variable name="a  b"/>${text('1')}</contextEntry><contextEntry>${text('a b')}</contextEntry></context>`,
        '{a b: 1, =: a b}',
      ],
      [
        `<functionDefinition kind="Java"><formalParameter name="x" typeRef="number"/><context/></functionDefinition>`,
        'Java(xnumber) {}',
      ],
      [
        `<relation><column name="甲"/><column name="乙"/><row>${text('1')}${text('2')}</row><row>${text('3')}<list/></row></relation>`,
        'relation 甲 乙: 1 2; 3 []',
      ],
      [`<list>${text('1')}<list>${text('2')}</list></list>`, '[1, [2]]'],
      [
        `<conditional><if>${text('a')}</if><then>${text('1')}</then><else/></conditional>`,
        'if a then 1 else unsupported ',
      ],
      [`<filter><in>${text('a')}</in><match>${text('item')}</match></filter>`, 'a[item]'],
      [
        `<for iteratorVariable="笔"><in>${text('a')}</in><return>${text('笔')}</return></for>`,
        'for 笔 in a return 笔',
      ],
      [
        `<some iteratorVariable="x"><in>${text('a')}</in><satisfies>${text('x')}</satisfies></some>`,
        'some x in a satisfies x',
      ],
      [
        `<every iteratorVariable="x"><in><list/></in><satisfies>${text('x')}</satisfies></every>`,
        'every x in [] satisfies x',
      ],
      [
        '<decisionTable hitPolicy="COLLECT" aggregation="SUM"><output/><rule><outputEntry><text>1</text></outputEntry></rule></decisionTable>',
        'table C+ 1',
      ],
      ['', 'unsupported '],
    ]
    for (const [xml, logic] of table) assert.equal(logicOf(xml), logic)
  })

  it('stand inside one another, as deep as the file may be', () => {
    const deep = 'list'
    const nested = `${`<${deep}>`.repeat(90)}${`</${deep}>`.repeat(90)}`
    assert.equal(logicOf(nested), `${'['.repeat(90)}${']'.repeat(90)}`)
    assert.throws(() => logicOf(`<list>${nested.repeat(1)}${'<list>'.repeat(100)}`), ModelError)
  })

  it('in another language than FEEL are named', () => {
    assert.equal(
      logicOf(
        '<literalExpression expressionLanguage="http://www.w3.org/1999/XSL"><text>1</text></literalExpression>',
      ),
      'unsupported http://www.w3.org/1999/XSL',
    )
    assert.equal(
      logicOf('<literalExpression><importedValues/></literalExpression>'),
      'unsupported importedValues',
    )
    const feel = 'expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/"'
    assert.equal(shown(modelOf(`<decision name="a">${text('1')}</decision>`, feel).decisions[0]?.logic), '1')
    const other = 'expressionLanguage="https://www.python.org"'
    assert.equal(
      shown(modelOf(`<decision name="a">${text('1')}</decision>`, other).decisions[0]?.logic),
      'unsupported https://www.python.org',
    )
  })

  it('that lack a part are refused, saying which', () => {
    const table: readonly (readonly [string, RegExp])[] = [
      [`<for><in>${text('a')}</in></for>`, /<for> has no iteratorVariable/],
      ['<invocation><binding/></invocation>', /binding names no parameter/],
      [
        `<relation><column name="a"/><row>${text('1')}${text('2')}</row></relation>`,
        /2 cells where there are 1/,
      ],
      ['<relation><column/></relation>', /<column> has no name/],
      ['<context><contextEntry><variable/></contextEntry></context>', /<variable> has no name/],
      ['<functionDefinition kind="Rust"/>', /no kind of function "Rust"/],
    ]
    for (const [xml, message] of table) assert.throws(() => logicOf(xml), message)
  })
})

describe('the elements of a model', () => {
  it('hold knowledge models with what they require', () => {
    const { knowledgeModels } = modelOf(`
      <businessKnowledgeModel id="k1" name="月 利率"><variable name="月 利率" typeRef="number"/>
        <encapsulatedLogic><formalParameter name="年利率" typeRef="number"/>${text('年利率 / 12')}</encapsulatedLogic>
        <knowledgeRequirement><requiredKnowledge href="#k2"/></knowledgeRequirement>
      </businessKnowledgeModel>
      <businessKnowledgeModel id="k2" name="空"/>`)
    assert.deepEqual(
      knowledgeModels.map(each => [each.name, each.typeRef, each.requires.knowledge, shown(each.logic)]),
      [
        ['月 利率', 'number', ['空'], 'FEEL(年利率number) 年利率 / 12'],
        ['空', undefined, [], 'FEEL() unsupported '],
      ],
    )
  })

  it('hold decision services with what goes in and out', () => {
    const { services } = modelOf(`
      <inputData id="i" name="输入"/>
      <decision id="a" name="甲"/><decision id="b" name="乙"/><decision id="c" name="丙"/>
      <decisionService id="s" name="服务"><variable name="服务" typeRef="number"/>
        <outputDecision href="#a"/><encapsulatedDecision href="#b"/><inputDecision href="#c"/><inputData href="#i"/>
      </decisionService>`)
    const [service] = services
    assert.deepEqual(
      [
        service?.typeRef,
        service?.outputDecisions,
        service?.encapsulatedDecisions,
        service?.inputDecisions,
        service?.inputs,
      ],
      ['number', [{ name: '甲' }], [{ name: '乙' }], [{ name: '丙' }], [{ name: '输入' }]],
    )
  })

  it('hold types whole: parts, collections, allowed values, constraints, functions', () => {
    const { types } = modelOf(`
      <itemDefinition name="企业"><itemComponent name="名称"><typeRef>string</typeRef></itemComponent>
        <itemComponent name="贷款" isCollection="true"><typeRef>feel:number</typeRef>
          <allowedValues><text>&gt; 0</text></allowedValues>
          <typeConstraint><text>count(?) &lt; 9</text></typeConstraint></itemComponent></itemDefinition>
      <itemDefinition name="计息"><functionItem outputTypeRef="number"><parameters name="本金" typeRef="number"/></functionItem></itemDefinition>`)
    const [enterprise, accrual] = types
    assert.deepEqual(
      enterprise?.components.map(({ id: _, line, ...rest }) => rest),
      [
        { name: '名称', isCollection: false, components: [], typeRef: 'string' },
        {
          name: '贷款',
          isCollection: true,
          components: [],
          typeRef: 'number',
          allowedValues: '> 0',
          typeConstraint: 'count(?) < 9',
        },
      ],
    )
    assert.deepEqual(accrual?.functionItem, {
      parameters: [{ name: '本金', line: 7, typeRef: 'number' }],
      outputTypeRef: 'number',
    })
  })

  it('are read from DMN 1.2 as well', () => {
    const xml = `<dmn:definitions xmlns:dmn="http://www.omg.org/spec/DMN/20180521/MODEL/" name="m" namespace="n">
      <dmn:decision name="a"><dmn:list><dmn:literalExpression><dmn:text>1</dmn:text></dmn:literalExpression></dmn:list></dmn:decision>
    </dmn:definitions>`
    const model = readModel(xml, { file: 'a.dmn' })
    assert.deepEqual([model.dmnVersion, shown(model.decisions[0]?.logic)], ['1.2', '[1]'])
  })
})
