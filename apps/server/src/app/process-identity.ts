import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** One run of one process: its number, and when that began, because numbers are used again. */
export interface ProcessIdentity {
  readonly pid: number
  /** As the operating system tells it; null where it does not. */
  readonly process_start: string | null
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, process_start: startOf(pid) }
}

/** Whether this very process still runs, and not another that was given its number (in a container: always 1). */
export function stillRuns({ pid, process_start }: ProcessIdentity): boolean {
  if (pid === process.pid) return process_start === null || process_start === startOf(pid)
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return process_start === null || process_start === startOf(pid)
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // A zombie has ended; it only waits for its parent to notice.
      return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null)
    }
    if (process.platform === 'win32') return null
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)])
      .toString()
      .trim()
  } catch {
    return null
  }
}
