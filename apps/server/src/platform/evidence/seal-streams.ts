import type pg from 'pg'
import type { Database } from '../db/index.ts'
import { newId } from '../ids.ts'
import type { Task } from '../jobs.ts'
import { hashSeal } from './seal-hash.ts'
import { STREAM_NAMES, type Stream } from './streams.ts'

/**
 * Seals what has been written since the last seals, every stream in a transaction of its own. Only rows of
 * transactions that ended before every one that still runs are taken, so that nothing can come to stand behind a
 * seal later. Of several processes that try at once, one does it.
 *
 * @returns how many rows were sealed
 */
export async function sealStreams({ pool }: Database): Promise<bigint> {
  let sealed = 0n
  for (const stream of STREAM_NAMES) {
    const client = await pool.connect()
    try {
      await client.query('begin')
      sealed += await sealStream(client, stream)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  return sealed
}

async function sealStream(client: pg.ClientBase, stream: Stream): Promise<bigint> {
  const { rows } = await client.query<{ free: boolean; horizon: string }>(
    `select pg_try_advisory_xact_lock(hashtext(current_schema() || '.seal'), hashtext($1)) as free,
            (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + transactions_before())::text as horizon`,
    [stream],
  )
  const [state] = rows
  if (!state?.free) return 0n
  const last = await client.query<{ number: bigint; to_transaction: string; hash: Buffer }>(
    'select number, to_transaction::text, hash from seal where stream = $1 order by number desc limit 1',
    [stream],
  )
  const [previous] = last.rows
  const range = {
    stream,
    number: (previous?.number ?? 0n) + 1n,
    from_transaction: previous?.to_transaction ?? '0',
    to_transaction: state.horizon,
    previous_hash: previous?.hash ?? null,
  }
  if (BigInt(range.to_transaction) <= BigInt(range.from_transaction)) return 0n
  const { hash, row_count } = await hashSeal(client, range)
  // Without rows there is nothing to seal; the next seal reaches back to the end of the last one.
  if (row_count === 0n) return 0n
  await client.query(
    `insert into seal (id, stream, number, from_transaction, to_transaction, row_count, previous_hash, hash)
     values ($1, $2, $3, $4::xid8, $5::xid8, $6, $7, $8)`,
    [
      newId(),
      stream,
      range.number,
      range.from_transaction,
      range.to_transaction,
      row_count,
      range.previous_hash,
      hash,
    ],
  )
  return row_count
}

/** Seals every few minutes. */
export const SEALING: Task = {
  name: 'evidence.seal',
  cron: '*/5 * * * *',
  run: async (_, { database }) => {
    await sealStreams(database)
  },
}
