import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { type Model, readModel, readModels } from '../src/index.ts'
import { toPlain } from '../src/value/value.ts'
import { readSuite, type TestCase } from './cases.ts'
import { describe, isExpected } from './compare.ts'
import { answer } from './engine.ts'

export interface CaseResult {
  /** `compliance-level-3/0068-feel-equality` */
  readonly directory: string
  /** `0068-feel-equality-test-01` */
  readonly file: string
  readonly id: string
  readonly passed: boolean
  /** What was wrong; empty where nothing was. */
  readonly reason: string
  /** Results that are null by an error and come without the message that says so. */
  readonly silent: number
}

/** Runs all test cases below a folder of the kit, in the order of their files. */
export function runKit(folder: string): CaseResult[] {
  return globSync('**/*.xml', { cwd: folder })
    .sort()
    .flatMap(path => runFile(folder, join(folder, path)))
}

function runFile(folder: string, path: string): CaseResult[] {
  const xml = readFileSync(path, 'utf8')
  if (!xml.includes('http://www.omg.org/spec/DMN/20160719/testcase')) return []
  const directory = relative(folder, dirname(path)) || basename(folder)
  const file = basename(path, '.xml')
  const suite = readSuite(xml, path)
  const model = modelOf(join(dirname(path), suite.model))
  return suite.cases.map(test => ({
    directory,
    file,
    id: test.id,
    ...('error' in model ? { passed: false, reason: model.error, silent: 0 } : runCase(model.model, test)),
  }))
}

/** The model, with those files beside it that it may import. */
function modelOf(path: string): { model: Model } | { error: string } {
  const main = basename(path)
  const files = globSync('*.dmn', { cwd: dirname(path) }).sort()
  if (!files.includes(main)) return { error: `there is no ${main} beside the test` }
  const texts = [main, ...files.filter(file => file !== main)].map(file => ({
    file,
    xml: readFileSync(join(dirname(path), file), 'utf8'),
  }))
  // Other files of the folder may be of one namespace or not readable; only those that are imported matter.
  const namespaces = new Set<string>()
  const distinct = texts.filter(({ xml }) => {
    const namespace = /<(?:\w+:)?definitions\b[^>]*?\snamespace="([^"]*)"/.exec(xml)?.[1] ?? ''
    if (namespaces.has(namespace)) return false
    namespaces.add(namespace)
    return true
  })
  try {
    const [model] = readModels(distinct)
    if (model !== undefined) return { model }
  } catch (error) {
    if (distinct.length === 1) return { error: sentence(error) }
  }
  try {
    return { model: readModel(texts[0]?.xml ?? '', { file: main }) }
  } catch (error) {
    return { error: sentence(error) }
  }
}

function runCase(model: Model, test: TestCase): Pick<CaseResult, 'passed' | 'reason' | 'silent'> {
  const wrong: string[] = []
  let silent = 0
  for (const result of test.results) {
    try {
      const { value, messages } = answer(model, test, result)
      if (result.error && value === null && messages.length === 0) silent++
      if (isExpected(value, result.expected)) continue
      const said = messages.map(message => message.en).join(' ')
      wrong.push(
        `${result.name}: ${JSON.stringify(toPlain(value))} instead of ${describe(result.expected)}${said && ` — ${said}`}`,
      )
    } catch (error) {
      wrong.push(`${result.name}: ${sentence(error)}`)
    }
  }
  return { passed: wrong.length === 0, reason: wrong.join('; '), silent }
}

function sentence(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
