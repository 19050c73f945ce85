import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import pg from 'pg'
import { recordAudit } from '../../apps/server/src/platform/audit.ts'
import {
  appUrl,
  binariesIn,
  connect,
  type Database,
  type EmbeddedServer,
  inTransaction,
  migrate,
  startEmbeddedServer,
  withDatabase,
} from '../../apps/server/src/platform/db/index.ts'
import { sealStreams, verifySeals } from '../../apps/server/src/platform/evidence/index.ts'
import { dataDirectory } from '../start/server-process.ts'
import { TEST_CITY } from '../test-city.ts'

const major = Number(process.env.MILLRACE_TEST_POSTGRES_MAJOR)
const server = process.env.MILLRACE_TEST_SERVER ?? ''

/** The client programs do not come from npm: those of this machine are used where they know this server. */
function versionOfClient(program: string): number {
  try {
    return Number(/\) (\d+)/.exec(execFileSync(program, ['--version']).toString())?.[1] ?? 0)
  } catch {
    return 0
  }
}
const newest = Math.min(versionOfClient('pg_dump'), versionOfClient('psql'))
const skip = newest >= major ? false : `pg_dump and psql of PostgreSQL ${major} are not on this machine`

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

async function record(database: Database, subjectId: string): Promise<void> {
  await inTransaction(database.db, tx =>
    recordAudit(tx, {
      actor: { name: 'test', role: 'system' },
      businessDate: '2022-06-21',
      action: 'thing.done',
      subjectKind: 'thing',
      subjectId,
    }),
  )
}

suite(`a dump of PostgreSQL ${major} restored into another server`, { skip }, () => {
  const name = `dumped_${randomBytes(4).toString('hex')}`
  let other: EmbeddedServer | undefined
  after(async () => {
    await asOwner(server, `drop database if exists ${name} with (force)`)
    await other?.stop()
  })

  test('is sealed further, and every seal from before still holds', async () => {
    await asOwner(server, `create database ${name}`)
    const from = withDatabase(server, name)
    await migrate(from, TEST_CITY)
    // A server that has long been in use.
    await asOwner(
      from,
      'do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$',
    )
    const before = connect(appUrl(from), TEST_CITY.code)
    await record(before, 'before')
    assert.ok((await sealStreams(before)) > 0n)
    await before.close()
    const dump = execFileSync('pg_dump', ['--dbname', from], { maxBuffer: 1 << 28 })

    const folder = process.env.MILLRACE_TEST_POSTGRES
    other = await startEmbeddedServer({
      directory: join(dataDirectory(), 'postgres'),
      password: 'other',
      durable: false,
      ...(folder ? { binaries: binariesIn(folder) } : {}),
    })
    const to = withDatabase(other.ownerUrl, name)
    await asOwner(other.ownerUrl, 'create role millrace_app')
    await asOwner(other.ownerUrl, `create database ${name}`)
    execFileSync('psql', ['--dbname', to, '--quiet', '--set=ON_ERROR_STOP=1'], {
      input: dump,
      stdio: ['pipe', 'ignore', 'inherit'],
    })

    await migrate(to, TEST_CITY)
    const restored = connect(appUrl(to), TEST_CITY.code)
    await record(restored, 'after')
    // The record of the move, and what was written after it.
    assert.equal(await sealStreams(restored), 2n)
    const verified = await verifySeals(restored)
    assert.deepEqual(
      verified.flatMap(({ breaks }) => breaks),
      [],
    )
    assert.equal(verified.find(({ stream }) => stream === 'audit_event')?.seals, 2)
    await restored.close()
  })
})
