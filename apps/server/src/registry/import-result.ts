import type { SystemActor } from '../platform/audit.ts'
import type { City } from '../platform/city.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Database } from '../platform/db/index.ts'
import type { Actor } from '../platform/permissions.ts'
import type { Problem, ProblemCode } from './problem.ts'
import type { Changes } from './write-organisations.ts'

export interface ImportProgress {
  readonly step: 'reading' | 'writing'
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly rows: number
}

/** How a file is imported, whatever it is of. */
export interface ImportOptions {
  /** Path of a CSV or .xlsx file. */
  readonly file: string
  /** What the file is called where it came from, if not as its path says. */
  readonly fileName?: string
  readonly city: City
  readonly database: Database
  readonly actor: Actor | SystemActor
  /** Reads, checks and compares, and changes nothing. */
  readonly dryRun?: boolean
  /** The day on which the file's facts were so; today where it is not said. */
  readonly asOf?: PlainDate
  readonly onProgress?: (progress: ImportProgress) => void
}

export interface ImportResult extends Changes {
  readonly importId: string
  readonly dryRun: boolean
  /** Rows below the heading: created + updated + unchanged + rejected. */
  readonly rows: number
  readonly rejected: number
  /** Warnings, of which a row can have several. */
  readonly warnings: number
  readonly seconds: number
  /** Headings whose columns were not read. */
  readonly unknownColumns: readonly string[]
  readonly problemCounts: ReadonlyMap<ProblemCode, number>
  /** The first 100,000 errors and the first 1,000 warnings of each kind, by line. */
  readonly problems: readonly Problem[]
}
