import pg from 'pg'
import type { Db, Tx } from './connect.ts'

const ATTEMPTS_MAX = 6
const RETRIED = new Set(['40001', '40P01'])

/**
 * Runs work in one transaction and runs it again when the database could not order it against others
 * (serialization failure, deadlock): that is never the caller's refusal. The work must therefore have no effect
 * outside the transaction.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Tx)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const again = error instanceof pg.DatabaseError && RETRIED.has(error.code ?? '')
      if (!again || attempt === ATTEMPTS_MAX) throw error
      await new Promise(resolve => setTimeout(resolve, 2 ** attempt * 5))
    }
  }
}
