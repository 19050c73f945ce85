import { asOwner } from './as-owner.ts'
import type { TestDatabase } from './database.ts'

/** Gives Testville a public notice of so many working days, by a later record of its dated parameter. */
export async function setNotice(database: TestDatabase, workingDays: number): Promise<void> {
  await asOwner(database.ownerUrl, async client => {
    await client.query(
      `insert into parameter (id, policy, name, type, unit, value, effective_from, source, verified)
       select new_id(), policy, name, type, unit, $1, '2023-01-01', 'a test', false from parameter
       where name = '公示工作日'`,
      [String(workingDays)],
    )
  })
}

export async function setDay(database: TestDatabase, day: string): Promise<void> {
  await database.db.updateTable('platform_clock').set({ business_date: day }).execute()
}
