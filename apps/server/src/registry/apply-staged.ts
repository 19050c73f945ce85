import type pg from 'pg'
import {
  COUNT_CHANGES,
  CREATE_CHANGES,
  INSERT_CHANGED_VERSIONS,
  INSERT_FIRST_VERSIONS,
  INSERT_NAMES_DUE,
  INSERT_ORGANISATIONS,
  INSERT_RENAMED_DUE,
  UPDATE_ORGANISATIONS,
} from './apply-staged.sql.ts'

export interface Changes {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

/** Tells new, changed and known rows of the staging table apart. */
export async function countChanges(client: pg.PoolClient): Promise<Changes> {
  const { rows } = await client.query<{ created: bigint; updated: bigint; staged: bigint }>(COUNT_CHANGES)
  const counts = rows[0]
  if (!counts) throw new Error('A count gives one row')
  const created = Number(counts.created)
  const updated = Number(counts.updated)
  return { created, updated, unchanged: Number(counts.staged) - created - updated }
}

/** Writes what the staging table has that the registry has not, each change with its version. */
export async function applyChanges(client: pg.PoolClient, changes: Changes, sourceId: string): Promise<void> {
  if (changes.updated > 0) {
    await client.query(CREATE_CHANGES)
    await client.query(INSERT_CHANGED_VERSIONS, [sourceId])
    await client.query(INSERT_RENAMED_DUE)
    await client.query(UPDATE_ORGANISATIONS, [sourceId])
  }
  if (changes.created > 0) {
    await client.query(INSERT_FIRST_VERSIONS, [sourceId])
    await client.query(INSERT_NAMES_DUE)
    await client.query(INSERT_ORGANISATIONS, [sourceId])
  }
}
