import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, mock } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { readCity } from '../platform/city.ts'
import { checkDigit, findOrganisations } from '../registry/index.ts'
import { importCommands } from './import.ts'

const code = (body: string) => body + checkDigit(body)
const FIRST = code('91990100MA00000A9')
const SECOND = code('91990100MA00000B7')
const WRONG = `${SECOND.slice(0, 17)}${SECOND.endsWith('W') ? 'X' : 'W'}`
const SOUND = `名称,信用代码\n甲机械厂,${FIRST}\n乙机械厂,${SECOND}\n`
const BROKEN = `${SOUND}丙机械厂,${WRONG}\n`

describe('millrace import organisations', () => {
  let database: TestDatabase
  const folder = mkdtempSync(join(tmpdir(), 'millrace-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  before(async () => {
    process.env.LC_ALL = 'zh_CN.UTF-8'
    database = await testDatabase()
  })

  async function run(content: string, ...options: string[]) {
    const file = join(folder, 'file.csv')
    writeFileSync(file, content)
    const out = mock.method(console, 'log', () => {})
    const err = mock.method(console, 'error', () => {})
    const before = process.exitCode
    try {
      const [command] = importCommands(async () => ({
        database,
        city: readCity('testville'),
        close: async () => {},
      }))
      await command?.parseAsync([file, ...options], { from: 'user' })
      return {
        exitCode: process.exitCode,
        out: out.mock.calls.map(({ arguments: [line] }) => String(line)),
        err: err.mock.calls.map(({ arguments: [line] }) => String(line)),
      }
    } finally {
      process.exitCode = before
      mock.restoreAll()
    }
  }

  it('ends a dry run with one object and writes nothing', async () => {
    const { exitCode, out } = await run(SOUND, '--dry-run', '--json')
    assert.equal(exitCode, 0)
    assert.equal(out.length, 1)
    const { seconds, ...counts } = JSON.parse(out[0] ?? '')
    assert.deepEqual(counts, { rows: 2, created: 2, updated: 0, unchanged: 0, rejected: 0, warnings: 0 })
    assert.equal(typeof seconds, 'number')
    const page = await findOrganisations(database.db, { scope: { kind: 'all' }, limit: 10 })
    assert.equal(page.total, 0)
  })

  it('exits with 3 when rows were rejected, and writes what was wrong to a file', async () => {
    const errors = join(folder, 'errors.csv')
    const { exitCode, out, err } = await run(BROKEN, '--errors', errors)
    assert.equal(exitCode, 3)
    assert.match(out.join('\n'), /已导入：共 3 行，新增 2，更新 0，不变 0，未采用 1/)
    assert.match(
      err.join('\n'),
      new RegExp(`第 4 行“信用代码”列 “${WRONG}”: 代码的校验位不对（应为 ${SECOND.slice(17)}）`),
    )
    assert.match(
      readFileSync(errors, 'utf8'),
      new RegExp(`\r\n4,信用代码,${WRONG},错误,credit-code\\.check-digit,`),
    )
    const page = await findOrganisations(database.db, { scope: { kind: 'all' }, text: '机械', limit: 10 })
    assert.equal(page.total, 2)
  })

  it('exits with 1 when the file cannot be read, and says why', async () => {
    const { exitCode, out, err } = await run('姓名,电话\n', '--json')
    assert.equal(exitCode, 1)
    assert.deepEqual(out, [])
    assert.match(err.join('\n'), /^import\.heading-unknown: 第一行应是列名/)
  })

  it('dates the facts as it is told, and refuses what is no date', async () => {
    await assert.rejects(run(SOUND, '--as-of', '2022-13-01'), { code: 'date.malformed' })
    await run(`${SOUND.replace('甲机械厂', '甲精密机械厂')}`, '--as-of', '2022-06-14')
    const { rows } = await database.pool.query('select as_of from source order by recorded_at desc limit 1')
    assert.deepEqual(rows, [{ as_of: '2022-06-14' }])
  })
})
