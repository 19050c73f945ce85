import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { DomainError } from '../platform/errors.ts'

/** The root of the checkout: everything the program reads lies below it. */
export const REPOSITORY = join(import.meta.dirname, '../../../..')

/** Where an installation keeps what is its own. */
export interface DataDirectory {
  readonly path: string
  /** The embedded server's cluster. */
  readonly postgres: string
  /** Who is running on this data now. */
  readonly instanceFile: string
  /** What the example bank is told of the demonstration. */
  readonly worldFile: string
  readonly bankStateFile: string
}

const Secrets = z.strictObject({
  database_password: z.string().min(32),
  auth_secret: z.string().min(32),
})
/** Made once: the embedded database's password, and the secret under sessions and second factors. */
export type Secrets = z.infer<typeof Secrets>

/**
 * @param given `--data-dir`, relative to where the command was typed; without it `MILLRACE_DATA_DIR`, or `.millrace`
 *   in the checkout
 * @throws DomainError `data-directory.not-writable`, `disk.full`
 */
export function openDataDirectory(given?: string): DataDirectory {
  const path = resolve(given ?? (process.env.MILLRACE_DATA_DIR || join(REPOSITORY, '.millrace')))
  try {
    // Open to others for passing through: started as root, Postgres runs as another user.
    mkdirSync(path, { recursive: true, mode: 0o755 })
    const probe = join(path, `.probe-${process.pid}`)
    writeFileSync(probe, 'can this be written?\n')
    rmSync(probe)
  } catch (error) {
    throw notWritable(path, error)
  }
  return {
    path,
    postgres: join(path, 'postgres'),
    instanceFile: join(path, 'instance.json'),
    worldFile: join(path, 'world.json'),
    bankStateFile: join(path, 'bank-state.json'),
  }
}

/**
 * The installation's secrets, made at first use. The file comes into being whole, and only once, however many
 * processes ask for it at the same moment. `MILLRACE_AUTH_SECRET` takes the place of the kept secret, so that
 * several machines on one `DATABASE_URL` accept each other's sessions.
 */
export function readSecrets(directory: DataDirectory): Secrets {
  const file = join(directory.path, 'secret')
  const whole = `${file}.${process.pid}`
  try {
    const made: Secrets = { database_password: randomSecret(), auth_secret: randomSecret() }
    writeFileSync(whole, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
    linkSync(whole, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw notWritable(directory.path, error)
  } finally {
    rmSync(whole, { force: true })
  }
  const kept = Secrets.safeParse(parseJson(readFileSync(file, 'utf8')))
  if (!kept.success) throw secretUnreadable(file)
  const shared = process.env.MILLRACE_AUTH_SECRET
  return shared ? Secrets.parse({ ...kept.data, auth_secret: shared }) : kept.data
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The code of a system error, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function diskFull(path: string): DomainError {
  return new DomainError({
    code: 'disk.full',
    value: path,
    zh: `磁盘已满，无法写入 ${path}：腾出空间后重新启动，已保存的数据不会丢失。`,
    en: `The disk is full and ${path} cannot be written: free some space and start again; what was saved is safe.`,
  })
}

function notWritable(path: string, error: unknown): DomainError {
  if (codeOf(error) === 'ENOSPC') return diskFull(path)
  const reason = error instanceof Error ? error.message : String(error)
  return new DomainError({
    code: 'data-directory.not-writable',
    value: path,
    zh: `数据目录 ${path} 无法写入（${reason}）：请用 --data-dir 或 MILLRACE_DATA_DIR 指定另一个目录。`,
    en: `The data directory ${path} cannot be written (${reason}): name another with --data-dir or MILLRACE_DATA_DIR.`,
  })
}

function secretUnreadable(file: string): DomainError {
  return new DomainError({
    code: 'data-directory.secret-damaged',
    value: file,
    zh: `${file} 已损坏：请从备份恢复；没有它，数据库和动态口令都无法打开。`,
    en: `${file} is damaged: restore it from a backup; without it neither the database nor second factors open.`,
  })
}
