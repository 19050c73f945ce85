import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, closeSync, openSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Identity } from './postgres-binaries.ts'

const START_MS_MAX = 120_000
const LOOK_EVERY_MS = 25

export interface Postgres {
  readonly pid: number
  runs(): boolean
}

export interface PostgresOptions {
  readonly binary: string
  readonly cluster: string
  readonly settings: Readonly<Record<string, string | number>>
  readonly identity: Identity
}

/**
 * Runs a server as a child of this process, so that its end is noticed however it comes, and waits until it takes
 * connections. It has a session of its own: what a terminal sends to us does not reach it.
 *
 * @throws Error with the server's last words
 */
export async function runPostgres({
  binary,
  cluster,
  settings,
  identity,
}: PostgresOptions): Promise<Postgres> {
  const log = openLog(cluster, identity)
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(binary, ['-D', cluster, ...flags], {
    ...identity,
    // Its own folder: as root, the one we stand in may be closed to whom it runs as.
    cwd: cluster,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  await untilReady(child, cluster)
  return { pid: child.pid ?? 0, runs: () => running(child) }
}

function running({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

/** Waits as pg_ctl does: the first line of postmaster.pid says who, the eighth how far it is. */
async function untilReady(child: ChildProcess, cluster: string): Promise<void> {
  let failure: Error | undefined
  child.once('error', error => {
    failure = error
  })
  for (const started = performance.now(); ; await pause(LOOK_EVERY_MS)) {
    if (failure) throw failure
    if (!running(child)) throw new Error(lastLines(cluster))
    const lines = statusLines(cluster)
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return
    if (performance.now() - started < START_MS_MAX) continue
    child.kill('SIGQUIT')
    throw new Error(`It was not ready after ${START_MS_MAX / 1000} s.\n${lastLines(cluster)}`)
  }
}

function statusLines(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

const logOf = (cluster: string) => join(dirname(cluster), 'postgres.log')

function openLog(cluster: string, { uid, gid }: Identity): number {
  const log = openSync(logOf(cluster), 'a', 0o640)
  chmodSync(logOf(cluster), 0o640)
  if (uid !== undefined && gid !== undefined) chownSync(logOf(cluster), uid, gid)
  return log
}

/** Nothing where the folder has been taken away under the server. */
function lastLines(cluster: string): string {
  try {
    return readFileSync(logOf(cluster), 'utf8').trimEnd().split('\n').slice(-6).join('\n')
  } catch {
    return `It left no words in ${logOf(cluster)}.`
  }
}
