import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Db } from '../../apps/server/src/platform/db/index.ts'

const TICKS_A_SECOND = 100
/** Fields of /proc/<pid>/stat after the name, which may contain anything. */
const PARENT = 1
const USER_TICKS = 11
const SYSTEM_TICKS = 12

/**
 * Seconds of processor that this process and the database's took, all cores together: on a machine that others use as
 * well it says more than the clock. Linux only.
 *
 * @returns a function that gives what was taken since; undefined elsewhere
 */
export async function processorTime(db: Db): Promise<(() => number) | undefined> {
  if (process.platform !== 'linux') return undefined
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  const server = Number(statOf(String(rows[0]?.pid))[PARENT])
  const before = takenBy(server)
  return () => takenBy(server) - before
}

function takenBy(server: number): number {
  const { user, system } = process.cpuUsage()
  let ticks = 0
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = statOf(entry)
    if (Number(stat[PARENT]) === server) ticks += Number(stat[USER_TICKS]) + Number(stat[SYSTEM_TICKS])
  }
  return (user + system) / 1e6 + ticks / TICKS_A_SECOND
}

/** Nothing of a process that ended meanwhile. */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
