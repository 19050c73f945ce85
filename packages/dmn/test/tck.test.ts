import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { check, evaluate, type Model, type Plain, prepare, readModel } from '../src/index.ts'
import { parseXml, type XmlElement } from '../src/read/xml.ts'

const TCK = join(process.env.MILLRACE_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'dmn-tck')

/** Decisions of the TCK that type without an error today; each must then give the expected value. */
describe('the DMN TCK', { skip: existsSync(TCK) ? false : `no DMN TCK at ${TCK}` }, () => {
  it('is answered right wherever its model is understood', () => {
    const wrong: string[] = []
    let passed = 0
    let unsupported = 0
    for (const file of globSync(join(TCK, '**/*-test-*.xml'))) {
      const suite = parseXml(readFileSync(file, 'utf8'), file)
      const name = suite.children.find(child => child.name === 'modelName')?.text.trim() ?? ''
      const model = understood(join(dirname(file), name))
      for (const test of suite.children.filter(
        child => child.name === 'testCase' && child.attributes.get('type') !== 'decisionService',
      )) {
        const inputs = inputsOf(test)
        for (const result of test.children.filter(child => child.name === 'resultNode')) {
          const decision = result.attributes.get('name') ?? ''
          if (model === undefined || inputs === undefined || !isUnderstood(model, decision)) {
            unsupported++
            continue
          }
          const { value } = evaluate(model, decision, inputs, { asOf: '2026-06-21' })
          const expected = plainOf(result.children.find(child => child.name === 'expected'))
          if (sameValue(value, expected)) passed++
          else
            wrong.push(
              `${basename(file)} ${test.attributes.get('id')} ${decision}: ${JSON.stringify(value)} for ${JSON.stringify(expected)}`,
            )
        }
      }
    }
    assert.deepEqual(wrong, [], `${passed} right, ${wrong.length} wrong, ${unsupported} of a later version`)
    assert.ok(passed > 0, 'nothing of the TCK was understood')
  })
})

function understood(file: string): Model | undefined {
  try {
    return readModel(readFileSync(file, 'utf8'), { file })
  } catch {
    return undefined
  }
}

function isUnderstood(model: Model, decision: string): boolean {
  const broken = new Set(
    check(model)
      .filter(problem => problem.severity === 'error')
      .map(problem => problem.where.element),
  )
  if (!model.decisions.some(each => each.name === decision) || broken.has(decision)) return false
  const chain = (name: string): string[] => {
    const requires = model.decisions.find(each => each.name === name)?.requires
    return [name, ...(requires?.inputs ?? []), ...(requires?.decisions ?? []).flatMap(chain)]
  }
  return chain(decision).every(name => !broken.has(name)) && typeof prepare(model, decision).type === 'string'
}

function inputsOf(test: XmlElement): Record<string, string | boolean | null> | undefined {
  const inputs: Record<string, string | boolean | null> = {}
  for (const node of test.children.filter(child => child.name === 'inputNode')) {
    const value = plainOf(node)
    if (typeof value === 'object' && value !== null) return undefined
    inputs[node.attributes.get('name') ?? ''] = value
  }
  return inputs
}

function plainOf(node: XmlElement | undefined): string | boolean | null | readonly XmlElement[] {
  const value = node?.children.find(child => child.name === 'value')
  if (value === undefined) return node?.children ?? null
  const text = value.text
  if (/^(true|false)$/.test(text)) return text === 'true'
  return text
}

function sameValue(value: Plain, expected: ReturnType<typeof plainOf>): boolean {
  // An empty value is the empty text or xsi:nil.
  if (value === expected || (expected === '' && value === null)) return true
  if (typeof value !== 'string' || typeof expected !== 'string') return false
  const [a, b] = [Number(value), Number(expected)]
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) < 1e-8
}
