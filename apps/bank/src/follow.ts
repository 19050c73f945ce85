import { setTimeout as pause } from 'node:timers/promises'
import type { PlainDate } from './calendar.ts'
import { PlatformUnavailableError } from './platform.ts'

export interface Following {
  /** Asks the platform for its business date. */
  readonly today: () => Promise<PlainDate>
  /** Called with the business date at every turn: plays what is due, pays what is ordered. */
  readonly turn: (day: PlainDate) => Promise<void>
  readonly stopped: AbortSignal
  readonly interval_ms?: number
  readonly interval_ms_max?: number
  /** Gives up when the platform has not answered for so many turns. */
  readonly failures_max?: number
}

/**
 * Follows the business date of the platform until it is told to stop.
 *
 * @throws what the last of too many turns in a row failed with
 */
export async function follow({
  today,
  turn,
  stopped,
  interval_ms = 1_000,
  interval_ms_max = 30_000,
  failures_max = 12,
}: Following): Promise<void> {
  let failures = 0
  while (!stopped.aborted) {
    try {
      await turn(await today())
      failures = 0
    } catch (error) {
      if (stopped.aborted) return
      failures += 1
      // Only an absent platform is waited for; anything else that goes wrong is said, and tried again as patiently.
      if (!(error instanceof PlatformUnavailableError)) {
        console.error(error instanceof Error ? `${error.name}: ${error.message}` : error)
      }
      if (failures >= failures_max) throw error
    }
    const delay_ms = Math.min(interval_ms_max, interval_ms * 2 ** Math.min(failures, 10))
    await pause(delay_ms, undefined, { signal: stopped }).catch(() => {})
  }
}
