import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import type { Task } from '../platform/jobs.ts'
import { INDEX_NAMES_JOB } from './import-organisations.ts'
import { foldName, pairsOf } from './name-pairs.ts'

const NAMES_A_PORTION = 20_000
const RANGES_A_PORTION = 1_000

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
    const { names, ranges } = await indexPortion(db)
    indexed += names
    if (ranges === 0 || options.signal?.aborted) return indexed
    options.onProgress?.(indexed)
  }
}

async function indexPortion(db: Db): Promise<{ names: number; ranges: number }> {
  return inTransaction(db, async tx => {
    const { rows: ranges } = await sql<{ place: string; first_id: string; last_id: string }>`
      select ctid::text as place, first_id, last_id from organisation_search_due
      limit ${RANGES_A_PORTION} for update skip locked`.execute(tx)
    // Renamed organisations are ranges of one and are taken together; a whole import is taken piece by piece.
    const [first] = ranges
    if (!first) return { names: 0, ranges: 0 }
    const singles = ranges.filter(range => range.first_id === range.last_id)
    const taken = first.first_id === first.last_id ? singles : [first]
    const found = await namesIn(tx, taken)
    const names = found.slice(0, NAMES_A_PORTION)
    const next = found[NAMES_A_PORTION]
    await indexAll(tx, names)
    if (next && taken.length === 1) {
      await sql`
        update organisation_search_due set first_id = ${next.id} where ctid = ${first.place}::tid`.execute(tx)
    } else {
      const places = taken.map(({ place }) => place)
      await sql`delete from organisation_search_due where ctid = any (${places}::tid[])`.execute(tx)
    }
    return { names: names.length, ranges: taken.length }
  })
}

interface Named {
  readonly id: string
  readonly name: string
}

async function namesIn(tx: Tx, ranges: readonly { first_id: string; last_id: string }[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select distinct o.id, o.name
    from unnest(${ranges.map(range => range.first_id)}::uuid[], ${ranges.map(range => range.last_id)}::uuid[])
      as r (first_id, last_id)
    join organisation o on o.id between r.first_id and r.last_id
    order by o.id limit ${NAMES_A_PORTION + 1}`.execute(tx)
  return rows
}

async function indexAll(tx: Tx, names: readonly Named[]): Promise<void> {
  if (names.length === 0) return
  const folded = names.map(({ name }) => foldName(name))
  await sql`
    insert into organisation_search (organisation_id, name, pairs)
    select id, name, pairs::int[] from unnest(
      ${names.map(({ id }) => id)}::uuid[], ${folded}::text[],
      ${folded.map(name => `{${pairsOf(name).join(',')}}`)}::text[]) as named (id, name, pairs)
    on conflict (organisation_id) do update set name = excluded.name, pairs = excluded.pairs`.execute(tx)
}

export const indexNamesTask: Task = {
  name: INDEX_NAMES_JOB,
  run: async (_payload, { database, signal }) => {
    await indexNames(database.db, { signal })
  },
}
