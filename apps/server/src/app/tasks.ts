import { determineClaims, noteOrganisationChangesTask, publishFiguresTask } from '../lending/index.ts'
import { SEALING } from '../platform/evidence/index.ts'
import { FORGET_ANSWERS } from '../platform/forget-answers.ts'
import type { Task } from '../platform/jobs.ts'
import { indexNamesTask } from '../registry/index.ts'

/**
 * Lets the rules decide on what has changed, every minute: claims arise soon after a bank has reported. Not by a job
 * of each message: jobs of one name wait for each other, and so would the messages.
 */
const DETERMINATION: Task = {
  name: 'lending.determine-claims',
  cron: '* * * * *',
  run: async (_, { database, log }) => {
    const { subjects, changed } = await determineClaims(database.db)
    if (subjects > 0) log.info({ subjects, changed }, 'claims determined')
  },
}

/** Work that is done apart from requests: each module's tasks. */
export const TASKS: readonly Task[] = [
  SEALING,
  FORGET_ANSWERS,
  indexNamesTask,
  noteOrganisationChangesTask,
  DETERMINATION,
  publishFiguresTask,
]
