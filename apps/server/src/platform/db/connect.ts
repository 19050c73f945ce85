import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { citySchema } from './migrate.ts'
import type { DB } from './schema.generated.ts'

/** The city's tables, and the shared ones behind them on the search path. */
export type Db = Kysely<DB>
export type Tx = Transaction<DB>

export interface Database {
  readonly db: Db
  /** For COPY, cursors, and libraries that want a pool; sessions have the same search path. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, text => BigInt(text))
types.setTypeParser(pg.types.builtins.DATE, text => text)
types.setTypeParser(pg.types.builtins.NUMERIC, text => text)

/**
 * What of temporary tables a session keeps in memory before it writes them to files: a large determination works in
 * them. Taken as it is needed, and only by sessions that have such tables; it cannot be changed once they have.
 */
const TEMPORARY_TABLES = '64MB'

/**
 * Opens a pool on a city's schema. `bigint` columns arrive as `bigint`, dates as `YYYY-MM-DD`, numerics as text;
 * timestamps as `Date`.
 *
 * @param url connects as the application's role
 */
export function connect(url: string, cityCode: string, options: { connections_max?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections_max ?? 10,
    options: `-c search_path=${citySchema(cityCode)},millrace -c timezone=UTC -c temp_buffers=${TEMPORARY_TABLES}`,
    types,
  })
  // A connection that breaks, idle or at work, is replaced, and whoever waits for its answer is told; without a
  // listener of its own it would end the process.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    // Kysely ends the pool only where it has used it; left open, it holds the process for another ten seconds.
    if (!pool.ended) await pool.end()
  }
  return { db, pool, close }
}
