import type { Db } from './db/index.ts'
import { type WorkingDayCalendar, workingDayCalendar } from './working-days.ts'

/** The city's working days, as they are loaded from its calendar file. */
export async function getWorkingDayCalendar(db: Db): Promise<WorkingDayCalendar> {
  return workingDayCalendar(
    await db.selectFrom('calendar_day').select(['day', 'working', 'name', 'source']).execute(),
  )
}
