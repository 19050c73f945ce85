import { sql } from 'kysely'
import type { Task } from './jobs.ts'

/** Long enough for every retry that still means the first attempt. */
const KEPT_DAYS = 7

/** Forgets the answers to changes that nobody repeats any more, every night. */
export const FORGET_ANSWERS: Task = {
  name: 'platform.forget-answers',
  cron: '17 3 * * *',
  run: async (_, { database }) => {
    await sql`delete from answered_change where recorded_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(
      database.db,
    )
  },
}
