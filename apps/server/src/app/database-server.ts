import pg from 'pg'
import type { Logger } from 'pino'
import { startEmbeddedServer, withDatabase } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { freeInterruptedJobs } from '../platform/jobs.ts'
import { type DataDirectory, readSecrets } from './data-directory.ts'
import type { InstanceRecord } from './instance-file.ts'

const DATABASE = 'millrace'
const PATIENCE_MS = 10_000

/** The database that an installation stands on: its own embedded one, or the one that DATABASE_URL names. */
export interface DatabaseServer {
  /** Connects as the owner of the tables. */
  readonly ownerUrl: string
  /** The embedded server's port; null where the server is not ours. */
  readonly port: number | null
  stop(): Promise<void>
}

/**
 * Starts the embedded server, or checks that `DATABASE_URL` can be used.
 *
 * @param embedded even where `DATABASE_URL` is set: for data that are thrown away
 * @throws DomainError `database.…` that says what to do
 */
export async function openDatabaseServer(
  directory: DataDirectory,
  { embedded, log }: { readonly embedded: boolean; readonly log: Logger },
): Promise<DatabaseServer> {
  const external = embedded ? undefined : process.env.DATABASE_URL
  if (external) {
    await requireUsable(external)
    return { ownerUrl: external, port: null, stop: async () => {} }
  }
  const { database_password } = readSecrets(directory)
  const onReturn = (ownerUrl: string) => freeInterruptedJobs(withDatabase(ownerUrl, DATABASE))
  const server = await startEmbeddedServer({
    directory: directory.postgres,
    password: database_password,
    keep: { log, onReturn },
  })
  try {
    await createDatabase(server.ownerUrl)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { ownerUrl: withDatabase(server.ownerUrl, DATABASE), port: server.port, stop: server.stop }
}

/** The database of an instance that runs in another process. */
export function databaseOf(directory: DataDirectory, running: InstanceRecord): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  if (running.database_port === null) throw stillStarting(running)
  const { database_password } = readSecrets(directory)
  return `postgres://millrace_owner:${encodeURIComponent(database_password)}@127.0.0.1:${running.database_port}/${DATABASE}`
}

async function createDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

async function requireUsable(url: string): Promise<void> {
  requirePassword(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS })
  try {
    await client.connect()
  } catch (error) {
    throw unreachable(url, error)
  }
  try {
    const { rows } = await client.query<{ may_create_roles: boolean; may_create_schemas: boolean }>(
      `select r.rolsuper or r.rolcreaterole as may_create_roles,
              has_database_privilege(current_database(), 'create') as may_create_schemas
       from pg_roles r where r.rolname = current_user`,
    )
    const rights = rows[0]
    if (!rights?.may_create_roles || !rights.may_create_schemas) throw missingRights(url)
  } finally {
    await client.end()
  }
}

function requirePassword(url: string): void {
  let password = ''
  try {
    const parsed = new URL(url)
    if (/^postgres(ql)?:$/.test(parsed.protocol)) password = parsed.password
  } catch {
    // Said below: the form is wrong.
  }
  if (password) return
  throw new DomainError({
    code: 'database.url-malformed',
    zh: 'DATABASE_URL 应写成 postgres://用户:口令@主机:端口/数据库，且必须含口令：应用角色的口令由它派生。',
    en: 'DATABASE_URL must read postgres://user:password@host:port/database, with a password: the application role derives its own from it.',
  })
}

function unreachable(url: string, error: unknown): DomainError {
  const { host, pathname, username } = new URL(url)
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  const reason = reasonOf(error)
  const [zh, en] =
    code === '28P01' || code === '28000'
      ? [`拒绝了用户“${username}”：请检查口令。`, `refused the user "${username}": check the password.`]
      : code === '3D000'
        ? [
            `没有数据库“${pathname.slice(1)}”：请先创建它。`,
            `has no database "${pathname.slice(1)}": create it.`,
          ]
        : [
            `连接不上（${reason}）：请检查地址、端口，以及服务器是否在运行。`,
            `cannot be reached (${reason}): check the address, the port, and whether the server runs.`,
          ]
  return new DomainError({
    code: 'database.unreachable',
    value: host,
    zh: `DATABASE_URL 指向的服务器 ${host} ${zh}`,
    en: `The server ${host} that DATABASE_URL names ${en}`,
  })
}

function reasonOf(error: unknown): string {
  // A name with several addresses fails with one error for each of them.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

function missingRights(url: string): DomainError {
  const { host, username, pathname } = new URL(url)
  return new DomainError({
    code: 'database.missing-rights',
    value: username,
    zh: `数据库用户“${username}”（${host}）须能创建角色和模式：请执行 alter role ${username} createrole; grant create on database ${pathname.slice(1)} to ${username};`,
    en: `The database user "${username}" at ${host} must be able to create roles and schemas: run alter role ${username} createrole; grant create on database ${pathname.slice(1)} to ${username};`,
  })
}

function stillStarting(running: InstanceRecord): DomainError {
  return new DomainError({
    code: 'instance.starting',
    value: running.pid,
    zh: `平台（进程 ${running.pid}）正在启动或停止：请稍后再试。`,
    en: `Millrace (process ${running.pid}) is starting or stopping: try again in a moment.`,
  })
}
