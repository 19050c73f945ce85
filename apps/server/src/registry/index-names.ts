import { sql } from 'kysely'
import { type Db, inTransaction } from '../platform/db/index.ts'
import type { Task } from '../platform/jobs.ts'
import { INDEX_NAMES_JOB } from './import-organisations.ts'
import { foldName, pairsOf } from './name-pairs.ts'

const NAMES_A_PORTION = 20_000

/**
 * Makes names that were added or changed searchable, in portions that each commit. Until then they are found by
 * reading through them. Several processes may do it at once: each takes names that no other has taken.
 *
 * @returns how many names were indexed
 */
export async function indexNames(
  db: Db,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (indexed: number) => void } = {},
): Promise<number> {
  let indexed = 0
  for (;;) {
    const names = await indexPortion(db)
    if (names === 0 || options.signal?.aborted) return indexed
    indexed += names
    options.onProgress?.(indexed)
  }
}

async function indexPortion(db: Db): Promise<number> {
  return inTransaction(db, async tx => {
    // An import renames by adding to the list again, so a name is read only once it is off the list.
    const { rows } = await sql<{ id: string; name: string }>`
      with taken as (
        delete from organisation_search_due where ctid = any (array(
          select ctid from organisation_search_due limit ${NAMES_A_PORTION} for update skip locked))
        returning organisation_id
      )
      select distinct o.id, o.name from taken join organisation o on o.id = taken.organisation_id`.execute(tx)
    if (rows.length === 0) return 0
    const folded = rows.map(({ name }) => foldName(name))
    await sql`
      insert into organisation_search (organisation_id, name, pairs)
      select id, name, pairs::int[] from unnest(
        ${rows.map(({ id }) => id)}::uuid[], ${folded}::text[],
        ${folded.map(name => `{${pairsOf(name).join(',')}}`)}::text[]) as named (id, name, pairs)
      on conflict (organisation_id) do update set name = excluded.name, pairs = excluded.pairs`.execute(tx)
    return rows.length
  })
}

export const indexNamesTask: Task = {
  name: INDEX_NAMES_JOB,
  run: async (_payload, { database, signal }) => {
    await indexNames(database.db, { signal })
  },
}
