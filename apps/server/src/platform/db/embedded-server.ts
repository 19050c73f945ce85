import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import { DomainError } from '../errors.ts'
import { createCluster } from './create-cluster.ts'
import { hasNoRoom } from './disk-room.ts'
import { type Keeper, keepRunning } from './keep-running.ts'
import { type Binaries, embeddedBinaries, type Identity, serverIdentity } from './postgres-binaries.ts'
import { runPostgres } from './run-postgres.ts'

const run = promisify(execFile)

/** A Postgres server that runs from its npm package on the loopback address, for as long as it is wanted. */
export interface EmbeddedServer {
  readonly port: number
  /** Connects as the owner of everything, to the maintenance database. */
  readonly ownerUrl: string
  stop(): Promise<void>
}

export interface EmbeddedServerOptions {
  /** Where the cluster lives; created when it does not exist. */
  readonly directory: string
  /** The owner's password; the cluster keeps the one with which it was created. */
  readonly password: string
  /** A throw-away cluster for tests: faster, and gone after a power cut. */
  readonly durable?: boolean
  /** Another PostgreSQL than the one that came with the program. */
  readonly binaries?: Binaries
  /** Starts it again when it ends without being told to, and says so here. */
  readonly keep?: {
    readonly log: Logger
    /** What must be done whenever it has returned. */
    onReturn(ownerUrl: string): Promise<void>
  }
}

const OWNER = 'millrace_owner'

/**
 * Starts Postgres on a directory, creating the cluster when there is none. A server that a killed predecessor
 * left running on the same directory is stopped first; Postgres then recovers from its own log.
 *
 * @throws DomainError `database.start-failed` with the server's last words, `database.disk-full`
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const binaries = options.binaries ?? (await embeddedBinaries())
  const identity = serverIdentity(binaries.postgres)
  const { directory: cluster, password, durable = true, keep } = options
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    await createCluster(binaries, identity, { directory: cluster, owner: OWNER, password, durable }).catch(
      error => {
        throw startFailed(cluster, error)
      },
    )
  }
  if (existsSync(join(cluster, 'postmaster.pid'))) {
    await stopServer(binaries.pg_ctl, cluster, identity).catch(() => {
      // Only the file is left of it: the server that is started now finds that out for itself.
    })
  }

  const port = await freePort()
  const settings = settingsOf(port, durable)
  const start = () =>
    runPostgres({ binary: binaries.postgres, cluster, settings, identity }).catch(error => {
      throw startFailed(cluster, error)
    })
  const ownerUrl = `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
  let running = await start()
  const keeper: Keeper | undefined =
    keep &&
    keepRunning({
      log: keep.log,
      runs: () => running.runs(),
      start: async () => {
        running = await start()
      },
      onReturn: () => keep.onReturn(ownerUrl),
    })
  return {
    port,
    ownerUrl,
    stop: async () => {
      await keeper?.stop()
      if (running.runs()) await stopServer(binaries.pg_ctl, cluster, identity)
    },
  }
}

function settingsOf(port: number, durable: boolean): Record<string, string | number> {
  return {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 120,
    shared_buffers: '256MB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    jit: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
}

/**
 * Stops the server on a cluster. One that cannot close its files in time, because the disk is full or it is still
 * recovering, is ended at once: nothing that was committed is lost, the next start recovers it from the log.
 */
async function stopServer(pgCtl: string, cluster: string, identity: Identity): Promise<void> {
  const stop = (mode: string, seconds: string) =>
    run(pgCtl, ['stop', '-D', cluster, '-m', mode, '-w', '-t', seconds], identity)
  try {
    await stop('fast', '20')
  } catch {
    await stop('immediate', '10')
  }
}

function startFailed(cluster: string, error: unknown): DomainError {
  const words = error instanceof Error ? error.message : String(error)
  const full = /No space left on device|Check free disk space/i.test(words) || hasNoRoom(dirname(cluster))
  return new DomainError({
    code: full ? 'database.disk-full' : 'database.start-failed',
    value: words,
    zh: full
      ? '磁盘已满，数据库无法启动：腾出空间后重新启动，已保存的数据不会丢失。'
      : `数据库没有启动：\n${words}`,
    en: full
      ? 'The disk is full and the database cannot start: free some space and start again; what was saved is safe.'
      : `The database did not start:\n${words}`,
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
