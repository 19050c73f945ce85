import { execFile } from 'node:child_process'
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, type Identity, majorVersion } from './postgres-binaries.ts'

const run = promisify(execFile)

export interface ClusterOptions {
  readonly directory: string
  readonly owner: string
  readonly password: string
  readonly durable: boolean
}

/** Creates a cluster, in UTF-8 and with Unicode's notion of what a letter is, whole or not at all. */
export async function createCluster(
  binaries: Binaries,
  identity: Identity,
  { directory, owner, password, durable }: ClusterOptions,
): Promise<void> {
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
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', ...localeFlags(majorVersion(binaries, identity))]
  if (!durable) flags.push('--no-sync')
  try {
    await run(
      binaries.initdb,
      [`--pgdata=${unfinished}`, `--username=${owner}`, `--pwfile=${passwordFile}`, ...flags],
      identity,
    )
    renameSync(unfinished, directory)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** PostgreSQL 17 brought a locale of its own, the same on every machine; before it, the operating system's. */
function localeFlags(major: number): string[] {
  return major >= 17
    ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    : ['--locale=C.UTF-8']
}
