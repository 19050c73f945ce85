import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { playHeadlessStory } from '../../apps/server/src/app/headless-story.ts'
import { createLog } from '../../apps/server/src/app/log.ts'
import { withDatabase } from '../../apps/server/src/platform/db/index.ts'
import { checkDigit } from '../../apps/server/src/registry/index.ts'
import { millraceWith } from '../start/command.ts'
import { dataDirectory, startServer } from '../start/server-process.ts'

const server = process.env.MILLRACE_TEST_SERVER ?? ''
const major = Number(process.env.MILLRACE_TEST_POSTGRES_MAJOR)

/** Runs a command on a database that DATABASE_URL names, in testville. */
const millrace = (url: string, ...words: string[]) =>
  millraceWith(dataDirectory(), { DATABASE_URL: url }, ...words)

const created: string[] = []

async function freshDatabase(properties = ''): Promise<string> {
  const name = `versions_${randomBytes(4).toString('hex')}`
  await asOwner(`create database ${name} ${properties}`)
  created.push(name)
  return withDatabase(server, name)
}

async function asOwner(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}

suite(`PostgreSQL ${major} that DATABASE_URL names`, () => {
  let url: string
  before(async () => {
    const { rows } = await asOwner(`select current_setting('server_version_num')::int / 10000 as major`)
    assert.deepEqual(rows, [{ major }], 'the server is the one that is meant')
    url = await freshDatabase()
  })
  after(async () => {
    for (const name of created) await asOwner(`drop database if exists ${name} with (force)`)
  })

  test('is brought to the present shape, and a second time nothing changes', async () => {
    for (const round of [1, 2]) {
      const { code, stdout, stderr } = await millrace(url, 'migrate', '--json')
      assert.equal(code, 0, `round ${round}: ${stderr}`)
      assert.deepEqual(JSON.parse(stdout), { city: 'testville', migrated: true })
    }
  })

  test('takes a registry file', async () => {
    const code = (body: string) => body + checkDigit(body)
    const file = join(dataDirectory(), 'organisations.csv')
    writeFileSync(
      file,
      `名称,信用代码\n甲机械厂,${code('91990100MA00000A9')}\n乙机械厂,${code('91990100MA00000B7')}\n`,
    )
    const outcome = await millrace(url, 'import', 'organisations', file, '--json')
    assert.equal(outcome.code, 0, outcome.stderr)
    assert.equal(JSON.parse(outcome.stdout).created, 2)
    const again = await millrace(url, 'import', 'organisations', file, '--json')
    assert.equal(JSON.parse(again.stdout).unchanged, 2)
  })

  test('can be verified', async () => {
    const { code, stdout, stderr } = await millrace(url, 'verify', '--json')
    assert.equal(code, 0, stderr)
    assert.equal(JSON.parse(stdout).holds, true)
  })

  test('serves', async () => {
    const running = await startServer({ dataDir: dataDirectory(), env: { DATABASE_URL: url } })
    assert.equal((await fetch(`${running.address}/ready`)).status, 200)
    assert.equal(await running.end('SIGTERM'), 0)
  })

  test('carries the story of two quarters, to the fen, and it can be verified', async () => {
    process.env.DATABASE_URL = await freshDatabase()
    const story = await playHeadlessStory({
      quarters: 2,
      size: { seed: 5, organisations: 150, loans: 90 },
      embedded: false,
      log: createLog('silent').log,
      onProgress: () => {},
      signal: new AbortController().signal,
    })
    delete process.env.DATABASE_URL
    assert.ok(story.paid_fen > 0n)
    assert.equal(story.difference_fen, 0n)
    assert.equal(story.unexpected_refusals, 0)
    assert.equal(story.verification.holds, true)
    assert.ok(story.verification.claims.claims > 0)
  })

  test('must hold its text in UTF-8, and says so otherwise', async () => {
    const latin = await freshDatabase("template template0 encoding 'LATIN1' locale 'C' locale_provider libc")
    const { code, stderr } = await millrace(latin, 'migrate')
    assert.equal(code, 6, stderr)
    assert.match(stderr, /UTF8.*LATIN1|LATIN1.*UTF8/s)
  })
})
