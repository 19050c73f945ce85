import { sql } from 'kysely'
import type { RecordKind, Tx } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { lockBatch } from './batch.ts'

/** Nobody has decided it. */
const UNDECIDED = '0'

/**
 * An objection as officers decide it. Its row never changes, and neither do its events: whoever decides holds the
 * batch, and the version is that of the newest event.
 */
export const OBJECTION_RECORD: RecordKind = {
  subjectKind: 'objection',
  async lockVersion(tx, id) {
    const objection = await findObjection(tx, id)
    if (!objection) return undefined
    await lockBatch(tx, objection.batch_id)
    const { rows } = await sql<{ version: string }>`
      select xmin::text as version from objection_event where objection_id = ${id} order by seq desc limit 1`.execute(
      tx,
    )
    return rows[0]?.version ?? UNDECIDED
  },
}

export async function getObjection(tx: Tx, id: string) {
  const objection = await findObjection(tx, id)
  if (!objection) throw notFound({ zh: '异议', en: 'objection' }, id)
  return objection
}

async function findObjection(tx: Tx, id: string) {
  return tx.selectFrom('objection').selectAll().where('id', '=', id).executeTakeFirst()
}
