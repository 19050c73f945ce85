import { DomainError } from '../platform/errors.ts'

/** What a command's exit code says. */
export const EXIT = {
  done: 0,
  /** A fault of ours: the message is for whoever repairs it. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Refused, for the reason printed. */
  refused: 3,
  /** Another process is using the data directory. */
  running: 4,
  /** The port is taken. */
  port: 5,
  /** The database cannot be reached, started or used, or the disk is full. */
  database: 6,
  /** `verify` found something that does not hold. */
  unverified: 7,
} as const

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof DomainError)) return EXIT.failed
  if (error.code.startsWith('instance.')) return EXIT.running
  if (error.code === 'server.port-taken') return EXIT.port
  if (/^(database|disk|data-directory)\./.test(error.code)) return EXIT.database
  return EXIT.refused
}
