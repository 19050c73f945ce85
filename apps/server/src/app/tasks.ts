import { determineClaims } from '../lending/index.ts'
import { SEALING } from '../platform/evidence/index.ts'
import type { Task } from '../platform/jobs.ts'
import { indexNamesTask } from '../registry/index.ts'

/** Lets the rules decide, every night after the banks have sent their files, on what has changed since. */
const DETERMINATION: Task = {
  name: 'lending.determine-claims',
  cron: '0 18 * * *',
  run: async (_, { database, log }) => {
    const { subjects, changed } = await determineClaims(database.db)
    log.info({ subjects, changed }, 'claims determined')
  },
}

/** Work that is done apart from requests: each module's tasks. */
export const TASKS: readonly Task[] = [SEALING, indexNamesTask, DETERMINATION]
