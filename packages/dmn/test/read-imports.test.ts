import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Model, readModel, readModels } from '../src/index.ts'

const DMN = 'https://www.omg.org/spec/DMN/20230324/MODEL/'

/** A file `甲.dmn` of the namespace `甲`. */
function file(name: string, elements: string) {
  const xml = `<definitions xmlns="${DMN}" name="${name}" namespace="${name}">${elements}</definitions>`
  return { file: `${name}.dmn`, xml }
}

const imports = (namespace: string, name = '') =>
  `<import namespace="${namespace}" name="${name}" importType="${DMN}"/>`

const decision = (name: string, ...requires: readonly string[]) =>
  `<decision id="${name}" name="${name}">${requires
    .map(href => `<informationRequirement><requiredDecision href="${href}"/></informationRequirement>`)
    .join('')}</decision>`

function names({ decisions }: Model): string[] {
  return decisions.map(each => (each.file === undefined ? each.name : `${each.name}@${each.file}`))
}

describe('files that import one another', () => {
  it('are linked by namespace, in whatever order they come', () => {
    const a = file('甲', imports('乙', '外 部') + decision('结果', '乙#基数'))
    const b = file('乙', decision('基数'))
    for (const files of [
      [a, b],
      [b, a],
    ]) {
      const model = readModels(files).find(each => each.name === '甲')
      const [imported] = model?.imports ?? []
      assert.deepEqual(
        [imported?.name, imported?.namespace, imported?.model?.file],
        ['外 部', '乙', '乙.dmn'],
      )
      assert.deepEqual(model?.decisions[0]?.requires.imported, [
        { kind: 'decision', name: '基数', import: '外 部' },
      ])
    }
  })

  it('can be read one by one, given what they import', () => {
    const b = readModel(file('乙', decision('基数')).xml, { file: '乙.dmn' })
    const { xml } = file('甲', imports('乙', '外部') + decision('结果', '乙#基数'))
    assert.equal(readModel(xml, { file: '甲.dmn', imports: [b] }).imports[0]?.model, b)
    const alone = readModel(xml, { file: '甲.dmn' })
    assert.equal(alone.imports[0]?.model, undefined)
    assert.deepEqual(alone.decisions[0]?.requires.imported, [
      { kind: 'decision', name: '#基数', import: '外部' },
    ])
  })

  it('bring their elements under their own names where the import has none', () => {
    const [a] = readModels([
      file('甲', imports('乙') + decision('结果', '#基数', '乙#系数')),
      file('乙', imports('丙') + decision('基数', '#系数')),
      file(
        '丙',
        `${decision('系数')}<inputData name="金额"/><itemDefinition name="t"><typeRef>number</typeRef></itemDefinition>`,
      ),
    ])
    assert.ok(a)
    assert.deepEqual(names(a), ['结果', '基数@乙.dmn', '系数@丙.dmn'])
    assert.deepEqual(a.decisions[0]?.requires.decisions, ['基数', '系数'])
    assert.deepEqual([a.inputs[0]?.name, a.types[0]?.name, a.imports], ['金额', 't', []])
  })

  it('let own names go before imported ones, and earlier imports before later', () => {
    const [a] = readModels([
      file('甲', imports('乙') + imports('丙') + decision('一') + decision('二', '#三')),
      file('乙', decision('一') + decision('三', '#一')),
      file('丙', `${decision('三')}<inputData name="二"/>${decision('四')}`),
    ])
    assert.ok(a)
    assert.deepEqual(names(a), ['一', '二', '三@乙.dmn', '四@丙.dmn'])
    assert.deepEqual(a.inputs, [])
  })

  it('may import themselves or go round in a circle', () => {
    const [self] = readModels([file('甲', imports('甲') + decision('一', '#二') + decision('二'))])
    assert.deepEqual(self?.imports, [])
    const [a, b] = readModels([
      file('甲', imports('乙') + decision('一', '#二')),
      file('乙', imports('甲') + decision('二')),
    ])
    assert.deepEqual(a && names(a), ['一', '二@乙.dmn'])
    assert.deepEqual(a?.imports, [])
    assert.deepEqual(b && names(b), ['二'])
  })

  it('are told apart by their namespaces', () => {
    assert.throws(
      () => readModels([file('甲', ''), { ...file('甲', ''), file: '另一个.dmn' }]),
      /has the namespace of "甲\.dmn"/,
    )
  })

  it('name what they cannot import: schemas, PMML, elements that are not there', () => {
    const xml = file(
      '甲',
      '<import namespace="x" name="表" importType="http://www.w3.org/2001/XMLSchema"/>',
    ).xml
    assert.deepEqual(
      readModel(xml, { file: '甲.dmn' }).unsupported.map(each => [each.element, each.name]),
      [['import', '表']],
    )
    assert.throws(
      () => readModels([file('甲', imports('乙', 'b') + decision('一', '乙#无')), file('乙', '')]),
      /not in this file nor in the imported one/,
    )
  })
})
