import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import {
  binariesIn,
  type EmbeddedServer,
  migrate,
  startEmbeddedServer,
  withDatabase,
} from '../apps/server/src/platform/db/index.ts'
import { TEMPLATE, TEST_CITY } from './database.ts'

let server: EmbeddedServer | undefined
let directory: string | undefined

/**
 * One Postgres for the whole run, one database migrated once; each test file clones it. MILLRACE_TEST_POSTGRES names
 * the folder of another PostgreSQL's programs.
 */
export async function globalSetup(): Promise<void> {
  const folder = process.env.MILLRACE_TEST_POSTGRES
  directory = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  chmodSync(directory, 0o755)
  server = await startEmbeddedServer({
    directory: join(directory, 'postgres'),
    password: 'test',
    durable: false,
    ...(folder ? { binaries: binariesIn(folder) } : {}),
  })
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  await migrate(withDatabase(server.ownerUrl, TEMPLATE), TEST_CITY)
  process.env.MILLRACE_TEST_SERVER = server.ownerUrl
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
  if (directory) rmSync(directory, { recursive: true, force: true })
}
