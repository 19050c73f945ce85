import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import ts from 'typescript'
import { buildPackage } from '../tools/build-package.ts'

const MODULES = join(import.meta.dirname, '../../../node_modules')
const MODEL = join(import.meta.dirname, 'fixtures/examples.dmn')

const USE = `
import { readFileSync } from 'node:fs'
import { evaluate, readModel } from '@millrace/dmn'
import { toJavaScript } from '@millrace/dmn/javascript'
import { toSql } from '@millrace/dmn/sql'
const model = readModel(readFileSync(${JSON.stringify(MODEL)}, 'utf8'), { file: '贴息.dmn' })
const inputs = { 实付利息: '12345.60', 逾期: false, 贴息比例: '0.90' }
const asOf = '2026-06-21'
const subject = { table: 't', alias: 's', columns: {} }
console.log(JSON.stringify([
  evaluate(model, '贴息金额', inputs, { asOf }).value,
  toJavaScript(model, { decisions: ['贴息金额'], asOf }).run(inputs)[0],
  toSql(model, { decisions: ['贴息金额'], subject, parameters: inputs, asOf }).items.length,
]))
`

/** A project with nothing of Millrace in it but the package, and the two libraries that it names. */
describe('the package as it is published', () => {
  const project = mkdtempSync(join(tmpdir(), 'millrace-package-'))
  const folder = join(project, 'node_modules/@millrace/dmn')
  before(() => {
    buildPackage(folder)
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    for (const name of Object.keys(dependencies))
      symlinkSync(join(MODULES, name), join(project, 'node_modules', name))
  })
  after(() => rmSync(project, { recursive: true, force: true }))

  it('runs on Node from node_modules', () => {
    const file = join(project, 'use.mjs')
    writeFileSync(file, USE)
    const { stdout, stderr } = spawnSync(process.execPath, [file])
    assert.equal(String(stdout), '["11111.04","11111.04",1]\n', String(stderr))
  })

  it('brings its types along', () => {
    mkdirSync(join(project, 'types'), { recursive: true })
    const file = join(project, 'types/use.mts')
    const faultsOf = (text: string) => {
      writeFileSync(file, text)
      const options = {
        module: ts.ModuleKind.NodeNext,
        strict: true,
        noEmit: true,
        types: [],
        lib: ['lib.es2023.d.ts'],
      }
      const program = ts.createProgram([file], options)
      return ts
        .getPreEmitDiagnostics(program)
        .map(each => ts.flattenDiagnosticMessageText(each.messageText, '\n'))
    }
    const head =
      "import { prepare, type Model } from '@millrace/dmn'\nimport type { SqlQuery } from '@millrace/dmn/sql'\n"
    const use =
      'export const value = (model: Model) => prepare(model, "甲").value({}, { asOf: "2026-06-21" }).value\n'
    assert.deepEqual(faultsOf(`${head}${use}export type A = SqlQuery['items'][number]['role']\n`), [])
    assert.match(faultsOf(`${head}export const one: SqlQuery = 1\n`).join(), /number/)
  })

  it('writes the types of a model on the command line', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'cli/types.js'), MODEL])
    assert.match(String(stdout), /readonly decision: '贴息金额'/, String(stderr))
  })
})
