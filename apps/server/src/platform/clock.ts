import { sql } from 'kysely'
import { type PlainDate, systemDate } from './dates.ts'
import type { Db } from './db/index.ts'
import { DomainError } from './errors.ts'

/** Today, as the programme counts: the wall clock of the city, or the day to which a demonstration has moved it. */
export async function businessDate(db: Db): Promise<PlainDate> {
  const clock = await db
    .selectFrom('platform_clock')
    .innerJoin('city', join => join.on('city.schema_name', '=', sql<string>`current_schema()`))
    .select(['business_date', 'time_zone'])
    .executeTakeFirstOrThrow()
  return clock.business_date ?? systemDate(clock.time_zone)
}

/**
 * Moves the business date of a demonstration. It never goes back: what was decided on a day stays decided on it.
 *
 * @throws DomainError `clock.backwards`
 */
export async function setBusinessDate(db: Db, date: PlainDate): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('platform_clock')
    .set({ business_date: date })
    .where(where => where.or([where('business_date', 'is', null), where('business_date', '<=', date)]))
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 1n) return
  throw new DomainError({
    code: 'clock.backwards',
    value: date,
    zh: `平台日期不能回拨到 ${date}。`,
    en: `The platform's date cannot go back to ${date}.`,
  })
}
