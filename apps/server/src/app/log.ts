import { pino } from 'pino'

/**
 * JSON lines on standard error. Nothing that names a person, an enterprise or an account may be logged.
 *
 * @param level where LOG_LEVEL does not say: on a terminal only what needs a person
 */
export function createLog(level = process.env.LOG_LEVEL ?? (process.stderr.isTTY ? 'warn' : 'info')) {
  const destination = pino.destination({ dest: 2, sync: false })
  const log = pino({ level, base: { pid: process.pid }, serializers: { err: printableError } }, destination)
  const flush = () => {
    try {
      destination.flushSync()
    } catch {
      // Not open yet, or standard error is gone: there is nobody to tell.
    }
  }
  return { log, flush }
}

/**
 * What may be said of an error: kind, code, and where it happened. Messages of databases and parsers quote the
 * values that they choked on, so quoted text is left out.
 */
function printableError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const known = error as Error & { code?: unknown; constraint?: unknown; table?: unknown; routine?: unknown }
  return {
    type: error.name,
    message: error.message.replaceAll(/"[^"]*"|'[^']*'|“[^”]*”/g, '"…"').slice(0, 300),
    ...(known.code === undefined ? {} : { code: String(known.code) }),
    ...(known.constraint === undefined ? {} : { constraint: String(known.constraint) }),
    ...(known.table === undefined ? {} : { table: String(known.table) }),
    stack: (error.stack ?? '')
      .split('\n')
      .filter(line => line.startsWith('    at '))
      .slice(0, 12),
  }
}
