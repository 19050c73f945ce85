import { sql } from 'kysely'
import type { Db, Tx } from './connect.ts'

/** A record that people change, as far as keeping them from overwriting each other goes. */
export interface RecordKind {
  /** How the audit trail names its changes. */
  readonly subjectKind: string
  /**
   * Which version stands now, locked until the transaction ends; undefined where there is no such record.
   */
  lockVersion(tx: Tx, id: string): Promise<string | undefined>
}

/**
 * The version of a row, as its entity tag: the transaction that wrote it. Postgres keeps it for every row
 * (`xmin`), so that no change, whoever made it, can be forgotten to be counted. A lock does not change it.
 */
export const rowVersion = (table: string) => sql<string>`${sql.ref(`${table}.xmin`)}::text`

/** A record that is one row of a table, found by its id. */
export function recordInRow(table: string, subjectKind: string): RecordKind {
  return {
    subjectKind,
    async lockVersion(tx, id) {
      const { rows } = await sql<{ version: string }>`
        select ${rowVersion(table)} as version from ${sql.table(table)} where id = ${id} for update`.execute(
        tx,
      )
      return rows[0]?.version
    },
  }
}

export interface LastChange {
  /** Null where no person did it: a receipt, a bank's message, a job. */
  readonly by: string | null
  readonly at: Date | null
}

/**
 * Who wrote a version and when, from the audit trail, which is written in the transaction of the change.
 *
 * @param version as `rowVersion` gives it
 */
export async function findLastChange(
  db: Db,
  subjectKind: string,
  id: string,
  version: string,
): Promise<LastChange> {
  const { rows } = await sql<{ by: string | null; at: Date }>`
    select coalesce(u.name, case when a.actor_role = 'system' then null else a.actor end) as by, a.recorded_at as at
    from audit_event a left join "user" u on u.id = a.actor
    where a.subject_kind = ${subjectKind} and a.subject_id = ${id}
      and (a.transaction_id::text::numeric % 4294967296)::text = ${version}
    order by a.seq desc limit 1`.execute(db)
  return rows[0] ?? { by: null, at: null }
}
