import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { DomainError } from '../errors.ts'

const LOOK_EVERY_MS = 500
const FULL_LOOK_EVERY_MS = 2_000
const TRIES_MAX = 8
const DELAY_MS_MAX = 30_000
/** What has stood for so long has returned; what ends sooner has not, and its next start is one more try. */
const STANDS_MS = 60_000

export interface Kept {
  /** Whether it runs now. */
  runs(): boolean
  /** Starts it where it was. */
  start(): Promise<void>
  /** Told each time it has returned. */
  onReturn(): Promise<void>
  readonly log: Logger
}

export interface Keeper {
  /** Looks no more; a start under way is waited for. */
  stop(): Promise<void>
}

type Wait = (delay_ms: number, signal: AbortSignal) => Promise<void>

/** Ends early when told to, and keeps no process from ending. */
const waitQuietly: Wait = (delay_ms, signal) =>
  pause(delay_ms, undefined, { signal, ref: false }).catch(() => {})

/**
 * Starts a database again whenever it has ended without being told to: at once, then after 1, 2, 4 … 30 seconds, and
 * gives up after eight tries in a row. A full disk uses up no tries: it is waited for.
 */
export function keepRunning(kept: Kept, wait: Wait = waitQuietly): Keeper {
  const stopping = new AbortController()
  const watching = watch(kept, delay_ms => wait(delay_ms, stopping.signal), stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await watching
    },
  }
}

async function watch(kept: Kept, wait: (delay_ms: number) => Promise<void>, signal: AbortSignal) {
  const { log } = kept
  let tries = 0
  let waits = false
  let returned_ms = performance.now()
  for (;;) {
    await wait(LOOK_EVERY_MS)
    if (signal.aborted) return
    if (kept.runs()) {
      if (performance.now() - returned_ms > STANDS_MS) tries = 0
      continue
    }
    if (tries === 0 && !waits) log.error('the database has ended without being told to: it is started again')
    if (tries === TRIES_MAX) {
      log.fatal(
        { tries },
        'the database does not stay up: nothing works until the platform is started again; postgres.log says more',
      )
      return
    }
    await wait(delayBeforeTry(tries))
    if (signal.aborted) return
    try {
      await kept.start()
      await kept.onReturn()
      returned_ms = performance.now()
      tries++
      waits = false
      log.warn({ tries }, 'the database runs again')
    } catch (err) {
      const full = err instanceof DomainError && err.code === 'database.disk-full'
      if (full) {
        // Said once, however long it lasts: a log is on the same disk.
        if (!waits) log.error('the disk is full: the database is started as soon as there is room')
        waits = true
        await wait(FULL_LOOK_EVERY_MS)
      } else log.error({ err, tries: ++tries }, 'the database did not start')
    }
  }
}

/** @param tries that have failed: 0, 1, 2 … */
export function delayBeforeTry(tries: number): number {
  return tries === 0 ? 0 : Math.min(2 ** (tries - 1) * 1_000, DELAY_MS_MAX)
}
