import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { City } from '../platform/city.ts'
import { type Database, inTransaction, type Tx } from '../platform/db/index.ts'
import { readCalendarFile } from '../platform/working-days.ts'
import { loadPolicies } from '../policy/index.ts'
import { loadTowns, readTowns } from '../registry/index.ts'

/**
 * Brings what stands in the city's folder into the database: calendar, towns, policies and their parameters, at
 * each start. Loading it again changes nothing; a changed file takes effect at the next start. Of several processes
 * that start at once on one database, one after the other does it.
 */
export async function loadCity(database: Database, city: City): Promise<void> {
  await inTransaction(database.db, async tx => {
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '.load-city'))`.execute(tx)
    await loadCalendar(tx, city)
    await loadTowns(tx, readTowns(city))
    if (existsSync(join(city.folder, 'policies'))) await loadPolicies(tx, city)
  })
}

async function loadCalendar(tx: Tx, city: City): Promise<void> {
  const days = readCalendarFile(readCityFile(city, 'calendar.json') ?? { years: [] })
  await tx.deleteFrom('calendar_day').execute()
  if (days.length > 0) await tx.insertInto('calendar_day').values(days).execute()
}

function readCityFile(city: City, name: string): unknown {
  const file = join(city.folder, name)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
