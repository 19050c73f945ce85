import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { apiPage } from '../tools/api-page.ts'
import { compilerOptions, DOORS, readDoors } from '../tools/doors.ts'
import { blocksOf, documented, moduleOf } from '../tools/examples.ts'

const HERE = import.meta.dirname
const MODEL = join(HERE, 'fixtures/examples.dmn')
const RATES =
  '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="r" name="利率" namespace="https://millrace.example/rates"/>'

describe('the reference of the package', () => {
  const doors = readDoors()
  const examples = [...documented(doors), blocksOf('README.md')]

  it('is what the doc comments say: npm run api-docs writes it', () => {
    assert.equal(readFileSync(join(HERE, '../API.md'), 'utf8'), apiPage(doors))
  })

  it('tells of each function what it does, and shows it', () => {
    for (const { name, kind, about, tags } of doors) {
      if (kind === 'type') continue
      assert.notEqual(about, '', `${name} has no doc comment`)
      assert.ok(kind === 'class' || tags.some(tag => tag.name === 'example'), `${name} has no example`)
    }
  })

  it('has examples that compile, as tests of types do', () => {
    const given = { xml: "''", ratesXml: "''", model: "readExample('', { file: '' })" }
    const files = new Map(
      examples.map(each => [
        join(HERE, `example ${each.name.replace('.md', '')}.ts`),
        moduleOf(each, given, door => door),
      ]),
    )
    files.set(join(HERE, 'typed-decisions.ts'), readFileSync(join(HERE, 'typed-decisions.ts'), 'utf8'))
    assert.deepEqual(faultsIn(files), [])
    // A fault would be found.
    assert.equal(faultsIn(new Map([[join(HERE, 'example.ts'), 'export const a: string = 1']])).length, 1)
  })

  it('has examples that run', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-examples-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const xml = `readFileSync(${JSON.stringify(MODEL)}, 'utf8')`
    const given = { xml, ratesXml: JSON.stringify(RATES), model: `readExample(${xml}, { file: '贴息.dmn' })` }
    const address = (name: string) => pathToFileURL(DOORS.find(door => door.name === name)?.file ?? name).href
    for (const [i, example] of examples.entries()) {
      const file = join(folder, `${i}.ts`)
      writeFileSync(file, `import { readFileSync } from 'node:fs'\n${moduleOf(example, given, address)}`)
      await assert.doesNotReject(import(pathToFileURL(file).href), `example of ${example.name}`)
    }
  })
})

/** What the compiler has against these files, most of which exist only here. */
function faultsIn(files: ReadonlyMap<string, string>): string[] {
  const options = { ...compilerOptions(), noUnusedLocals: false, noUnusedParameters: false }
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists, getSourceFile } = host
  host.readFile = name => files.get(name) ?? readFile.call(host, name)
  host.fileExists = name => files.has(name) || fileExists.call(host, name)
  host.getSourceFile = (name, language, ...more) => {
    const text = files.get(name)
    return text === undefined
      ? getSourceFile.call(host, name, language, ...more)
      : ts.createSourceFile(name, text, language)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files.keys()].flatMap(name =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  )
}
