import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { before, beforeEach, describe, it } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { csv, emptyRegistry, fileOf, importText, registryState, rowText } from './test/fixtures.ts'

const ROWS = 12_000

describe('an import that is killed', () => {
  let database: TestDatabase
  const text = csv(...Array.from({ length: ROWS }, (_, number) => rowText(number)))
  const file = fileOf(text)

  before(async () => {
    database = await testDatabase()
  })

  beforeEach(() => emptyRegistry(database))

  for (const step of ['reading', 'writing']) {
    it(`while ${step} leaves nothing half done, and can be run again`, async () => {
      await importText(database, csv(rowText(1, { name: '早已在册' })))
      const state = await registryState(database)
      assert.equal(await killAt(step), 'killed')
      await backendsGone()
      assert.deepEqual(await registryState(database), state)
      const again = await importText(database, text)
      assert.deepEqual([again.created, again.updated], [ROWS - 1, 1])
    })
  }

  async function killAt(step: string): Promise<'killed' | 'ended'> {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'test/import-child.ts'), database.appUrl, file],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      },
    )
    const exited = once(child, 'exit')
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === step) child.kill('SIGKILL')
    }
    const [, signal] = await exited
    return signal === 'SIGKILL' ? 'killed' : 'ended'
  }

  /** The server notices that its client is gone once the statement under way has ended. */
  async function backendsGone(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const { rows } = await database.pool.query<{ count: bigint }>(
        `select count(*) from pg_stat_activity
         where datname = current_database() and usename = current_user and xact_start is not null
           and pid <> pg_backend_pid()`,
      )
      if (rows[0]?.count === 0n) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    assert.fail('A backend of the killed process is still at work')
  }
})
