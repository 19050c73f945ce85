import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { check, type Model, ModelError, readModel } from '../src/index.ts'
import { modelXml } from './model-xml.ts'

const DATA = process.env.MILLRACE_DATA ?? join(import.meta.dirname, '../../../../shared/data')
const TCK = join(DATA, 'dmn-tck')

function refusal(xml: string): ModelError {
  try {
    readModel(xml, { file: '坏.dmn' })
  } catch (error) {
    assert.ok(error instanceof ModelError)
    return error
  }
  return assert.fail('the file was taken in')
}

const SMALL = modelXml({
  inputs: { 金额: 'number' },
  decisions: { 结果: { requires: ['金额'], expression: '金额' } },
})

describe('reading a DMN file', () => {
  it('takes DMN 1.3, 1.4 and 1.5 alike', () => {
    for (const version of ['1.3', '1.4', '1.5'] as const) {
      const model = readModel(modelXml({ version, decisions: { 甲: { expression: '1' } } }), {
        file: 'a.dmn',
      })
      assert.equal(model.dmnVersion, version)
      assert.deepEqual(check(model), [])
    }
  })

  it('keeps names, labels, descriptions, annotations and the clause a rule comes from', () => {
    const model: Model = readModel(
      modelXml({
        inputs: { '实付  利息': { type: 'number', label: '本期实付利息' } },
        sources: { 实施细则第五条: { type: '规范性文件', uri: 'https://example.org/5' } },
        decisions: {
          资格: {
            label: '贴息资格',
            description: '逐项判断',
            requires: ['实付  利息', '实施细则第五条'],
            table: {
              columns: ['实付 利息'],
              outputs: [{ label: '结论' }],
              annotations: ['依据'],
              rules: [['> 0', '"符合"', '第五条']],
            },
          },
        },
      }),
      { file: 'a.dmn' },
    )
    assert.deepEqual(
      model.inputs.map(({ name, label, typeRef }) => [name, label, typeRef]),
      [['实付 利息', '本期实付利息', 'number']],
    )
    assert.deepEqual(
      model.sources.map(({ name, type, locationURI }) => [name, type, locationURI]),
      [['实施细则第五条', '规范性文件', 'https://example.org/5']],
    )
    const [decision] = model.decisions
    assert.deepEqual([decision?.label, decision?.description], ['贴息资格', '逐项判断'])
    assert.deepEqual(decision?.requires.sources, ['实施细则第五条'])
    assert.deepEqual(
      decision?.logic.kind === 'table' && [decision.logic.annotations, decision.logic.rules[0]?.annotations],
      [['依据'], ['第五条']],
    )
  })

  it('refuses a DOCTYPE, and with it every entity', () => {
    const doctype = SMALL.replace('?>', '?>\n<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    assert.match(refusal(doctype).message, /DOCTYPE/)
    assert.match(refusal(SMALL.replace('<text>金额', '<text>&x;')).message, /not well-formed/)
  })

  it('refuses what is too large or too deep, naming the limit', () => {
    const deep = SMALL.replace('</definitions>', `${'<a>'.repeat(150)}${'</a>'.repeat(150)}</definitions>`)
    assert.equal(refusal(deep).problem.code, 'limit')
    assert.match(refusal(' '.repeat(5_000_001)).message, /at most 5000000/)
    const wide = SMALL.replace('</definitions>', `${'<a/>'.repeat(200_001)}</definitions>`)
    assert.match(refusal(wide).message, /200001 elements/)
  })

  it('says file, element, line and what to do', () => {
    const { problem, message } = refusal(SMALL.replace('href="#id1"', 'href="#gone"'))
    assert.equal(problem.where.file, '坏.dmn')
    assert.equal(problem.where.line, 6)
    assert.match(message, /Redraw or remove/)
    assert.match(message, /重新连线/)
  })

  it('refuses what is not a DMN model of these versions', () => {
    assert.match(refusal('<html/>').message, /definitions/)
    assert.match(refusal(SMALL.replace('20191111', '20151101')).message, /DMN 1.3/)
    assert.match(refusal('not xml').message, /not well-formed|no element/)
    assert.match(refusal(SMALL.replace('name="金额"', 'name=""')).message, /no name/)
    assert.match(refusal(SMALL.replace('id="id2"', 'id="id1"')).message, /used twice/)
  })

  it('refuses rules that do not fit their table', () => {
    const xml = modelXml({ decisions: { 表: { table: { columns: ['1'], outputs: [{}], rules: [['-']] } } } })
    assert.match(refusal(xml).message, /Rule 1 has 1 conditions and 0 outputs/)
    assert.match(
      refusal(
        modelXml({
          decisions: { 表: { table: { hitPolicy: 'ALL', columns: [], outputs: [{}], rules: [] } } },
        }),
      ).message,
      /hit policy "ALL"/,
    )
  })

  it('takes in the files of the DMN TCK', { skip: existsSync(TCK) ? false : `no DMN TCK at ${TCK}` }, () => {
    const files = globSync(join(TCK, '**/*.dmn'))
    const refused = files.filter(file => {
      try {
        readModel(readFileSync(file, 'utf8'), { file })
        return false
      } catch {
        return true
      }
    })
    assert.ok(files.length > 90)
    assert.deepEqual(refused, [])
  })
})
