import type { Logger } from 'pino'
import type { DemonstrationSize } from '../app/purpose.ts'
import type { Auth } from '../platform/auth/index.ts'
import type { City } from '../platform/city.ts'
import type { Database } from '../platform/db/index.ts'

/** What a demonstration stands on. */
export interface DemonstrationContext {
  readonly database: Database
  readonly auth: Auth
  readonly city: City
  readonly size: DemonstrationSize
  readonly log: Logger
  readonly worldFile: string
  readonly bankStateFile: string
  /** Settlement quarters that the example bank has a story for. */
  readonly quarters: number
  readonly faults?: string | undefined
  /** Told of the example bank's process, whenever there is a new one. */
  readonly onBankProcess: (pid: number) => void
}
