import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Database, Db } from '../platform/db/index.ts'

/**
 * Work that needs COPY and typed queries in one transaction: both speak over the same connection, which goes back
 * to the pool at the end.
 */
export async function onOneConnection<T>(
  database: Database,
  work: (db: Db, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect()
  // A connection that breaks fails the query under way; without a listener it would end the process as well.
  const onError = () => {}
  client.on('error', onError)
  const borrowed: Pick<pg.PoolClient, 'query' | 'release'> = {
    query: client.query.bind(client),
    release: () => {},
  }
  const db: Db = new Kysely({
    dialect: new PostgresDialect({
      pool: {
        connect: async () => borrowed as pg.PoolClient,
        end: async () => {},
        options: {},
      } as unknown as pg.Pool,
    }),
  })
  let failure: Error | undefined
  try {
    return await work(db, client)
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    client.off('error', onError)
    // After a failure the connection's state is not known: the pool makes a new one.
    client.release(failure)
  }
}
