import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import pg from 'pg'
import { appUrl, connect, type Database, withDatabase } from '../apps/server/src/platform/db/index.ts'
import { TEST_CITY } from './test-city.ts'

export { TEST_CITY }

export const TEMPLATE = 'millrace_template'

export interface TestDatabase extends Database {
  /** Connects as the owner: for what a test must arrange behind the application's back. */
  readonly ownerUrl: string
  readonly appUrl: string
}

const opened: { name: string; server: string; database: Database }[] = []

// Registered when the file is loaded, so that it holds for the whole file wherever a database is asked for.
after(async () => {
  for (const { name, server, database } of opened) {
    await database.close()
    await asOwner(server, `drop database ${name} with (force)`)
  }
})

/** A database of one's own, cloned from the migrated template, gone after the test file. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.MILLRACE_TEST_SERVER
  if (!server) throw new Error('Tests that need a database run under test/global-setup.ts: use npm test')
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asOwner(server, `create database ${name} template ${TEMPLATE}`)
  const ownerUrl = withDatabase(server, name)
  const database = connect(appUrl(ownerUrl), TEST_CITY.code, { connections_max: 5 })
  opened.push({ name, server, database })
  return { ...database, ownerUrl, appUrl: appUrl(ownerUrl) }
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
