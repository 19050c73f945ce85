import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  appUrl,
  connect,
  type Database,
  migrate,
  startEmbeddedServer,
  withDatabase,
} from '../../apps/server/src/platform/db/index.ts'
import { asOwner } from '../../test/as-owner.ts'
import { TEST_CITY } from '../../test/test-city.ts'

export interface BenchDatabase extends Database {
  readonly ownerUrl: string
}

/**
 * Runs a benchmark on a temporary database with the settings of a lasting one (fsync on), migrated for the neutral
 * city, and takes everything away afterwards.
 */
export async function withBenchDatabase(work: (database: BenchDatabase) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-bench-'))
  chmodSync(directory, 0o755)
  const server = await startEmbeddedServer({ directory: join(directory, 'postgres'), password: 'bench' })
  try {
    const ownerUrl = withDatabase(server.ownerUrl, 'bench')
    await asOwner(server.ownerUrl, client => client.query('create database bench'))
    await migrate(ownerUrl, TEST_CITY)
    const database = connect(appUrl(ownerUrl), TEST_CITY.code)
    try {
      await work({ ...database, ownerUrl })
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Seconds that work takes. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const started = performance.now()
  const result = await work()
  return { seconds: (performance.now() - started) / 1000, result }
}
