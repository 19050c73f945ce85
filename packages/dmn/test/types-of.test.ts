import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import ts from 'typescript'
import { readModel, typesOf } from '../src/index.ts'
import { models } from './generate-models.ts'
import { modelXml, type TableSpec } from './model-xml.ts'
import { decisionXml, feelText, wholeModel } from './whole-model.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const CLI = join(import.meta.dirname, '../cli/types.ts')

/** What the types say of 结果. */
function outputOf(text: string): string | undefined {
  return text.match(/readonly output: (.*)/)?.[1]
}

function tableOutput(table: Partial<TableSpec>): string | undefined {
  const rules = [['"甲"'], ['"乙"']]
  const spec = { columns: [], outputs: [{ type: 'string' }], rules, ...table }
  return outputOf(typesOf(readModel(modelXml({ decisions: { 结果: { table: spec } } }), { file: '表.dmn' })))
}

describe('the types of a model', () => {
  it('are those beside it, written again', () => {
    const file = join(FIXTURES, 'interest-subsidy.dmn')
    const model = readModel(readFileSync(file, 'utf8'), { file: 'interest-subsidy.dmn' })
    const text = typesOf(model, { name: 'Policy', from: '../../src/index.ts' })
    assert.equal(text, readFileSync(join(FIXTURES, 'interest-subsidy.generated.ts'), 'utf8'))
    const printed = spawnSync(process.execPath, [
      CLI,
      file,
      '--name',
      'Policy',
      '--from',
      '../../src/index.ts',
    ])
    assert.equal(String(printed.stdout), text)
  })

  it('list the texts that allowed values or output values list', () => {
    const types = [{ name: '状态', base: 'string', allowed: '"存续", "it\'s \\"over\\""' }]
    const decisions = { 结果: { type: '状态', requires: ['企业'], expression: '企业' } }
    const text = typesOf(
      readModel(modelXml({ types, inputs: { 企业: '状态' }, decisions }), { file: 'a.dmn' }),
    )
    const union = `'存续' | 'it\\'s "over"' | null`
    assert.ok(text.includes(`readonly 企业: ${union}\n`), text)
    assert.equal(outputOf(text), union)
    assert.equal(tableOutput({ outputs: [{ type: 'string', values: '"甲", "乙"' }] }), "'甲' | '乙' | null")
    assert.equal(tableOutput({}), 'string | null')
  })

  it('are lists for what collects and name each of several outputs', () => {
    const outputs = [{ type: 'string', values: '"甲", "乙"' }]
    assert.equal(tableOutput({ hitPolicy: 'C', outputs }), "readonly ('甲' | '乙' | null)[] | null")
    assert.equal(tableOutput({ hitPolicy: 'C#' }), 'string | null')
    const several = [
      { name: '等级', ...outputs[0] },
      { name: '金额 元', type: 'number' },
    ]
    assert.equal(
      tableOutput({ outputs: several, rules: [['"甲"', '1']] }),
      "{ readonly 等级: '甲' | '乙' | null; readonly '金额 元': string | null } | null",
    )
  })

  it('go through lists, structures and ranges, and leave open what nobody declared', () => {
    const xml = `<itemDefinition name="贷款"><itemComponent name="余额"><typeRef>number</typeRef></itemComponent></itemDefinition>
      <itemDefinition name="贷款列表" isCollection="true"><typeRef>贷款</typeRef></itemDefinition>
      <inputData id="i" name="贷款们"><variable name="贷款们" typeRef="贷款列表"/></inputData>
      <inputData id="j" name="随意"><variable name="随意"/></inputData>`
    const requires =
      '<informationRequirement><requiredInput href="#i"/></informationRequirement><informationRequirement><requiredInput href="#j"/></informationRequirement>'
    const text = typesOf(
      wholeModel(`${xml}${decisionXml('结果', feelText('[1..count(贷款们)]'), { requires })}`),
    )
    const loan = '{ readonly 余额: NumberInput; readonly [name: string]: PlainInput }'
    assert.ok(text.includes(`readonly 贷款们: readonly (${loan} | null)[] | null\n`), text)
    assert.match(text, /readonly 随意: PlainInput\n/)
    assert.match(text, /import type \{ NumberInput, PlainInput \} from '@millrace\/dmn'/)
    assert.equal(
      outputOf(text),
      "{ readonly start: string | null; readonly end: string | null; readonly 'start included': boolean; readonly 'end included': boolean } | null",
    )
  })

  it('are TypeScript whatever the model says, and names stay names', () => {
    const faultsOf = (text: string) =>
      ts.transpileModule(text, { reportDiagnostics: true }).diagnostics?.map(each => each.messageText)
    const generated = fc.sample(models(), { numRuns: 100, seed: 1 }).map(({ spec }) => spec)
    const hostile = `it's a \\ */ \`\${x}\` // "name"`
    const types = [{ name: '类型', base: 'string', allowed: '"\'; export const x = 1 //", "\\n"' }]
    const named = ['class', '__proto__', '1月', 'a-b', hostile].map(name => ({
      types,
      inputs: { [name]: '类型' },
      decisions: { [`${name}的结果`]: { requires: [name], expression: '1' } },
    }))
    for (const spec of [...generated, ...named]) {
      const text = typesOf(readModel(modelXml(spec), { file: 'a\nb.dmn' }))
      assert.deepEqual(faultsOf(text), [], text)
    }
    assert.notDeepEqual(faultsOf('export type = 1'), [])
  })

  it('are refused for a file that is no model, with the place', () => {
    const { status, stderr } = spawnSync(process.execPath, [
      CLI,
      join(import.meta.dirname, 'types-of.test.ts'),
    ])
    assert.equal(status, 1)
    assert.match(String(stderr), /types-of\.test\.ts/)
  })
})
