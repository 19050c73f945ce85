import type pg from 'pg'
import type { PlainDate } from '../platform/dates.ts'
import { type Database, inTransaction, type Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { addJob } from '../platform/jobs.ts'
import { ANALYZE_STAGED, CREATE_STAGED, LOCK_ORGANISATIONS, TAKE_TURN } from './apply-staged.sql.ts'
import { applyChanges, type Changes, countChanges } from './apply-staged.ts'
import { INDEX_NAMES_JOB } from './import-organisations.ts'
import { onOneConnection } from './one-connection.ts'
import type { OrganisationRow } from './read-row.ts'
import { divisionOf } from './rules/credit-code.ts'
import { stageRows } from './stage-rows.ts'

/** What is stated of an organisation; what is left out stays as it is, or open. */
export type NewOrganisation = Pick<OrganisationRow, 'credit_code' | 'name'> &
  Partial<Omit<OrganisationRow, 'line' | 'credit_code' | 'name'>>

export interface NewSource {
  readonly name: string
  readonly kind: 'register' | 'bank' | 'person' | 'generated'
  readonly asOf: PlainDate
  readonly recordedBy: string
}

/**
 * Takes organisations that a program states (a register's interface, the generator of demonstration data) into the
 * registry, by the same way as a file: set-based, with versions and their source, names made searchable.
 *
 * @param organisations with sound codes, each code once
 */
export async function registerOrganisations(
  database: Database,
  source: NewSource,
  organisations: Iterable<NewOrganisation>,
): Promise<Changes> {
  return onOneConnection(database, (db, client) =>
    inTransaction(db, tx => register(tx, client, source, organisations)),
  )
}

async function register(
  tx: Tx,
  client: pg.PoolClient,
  source: NewSource,
  organisations: Iterable<NewOrganisation>,
): Promise<Changes> {
  await client.query(TAKE_TURN)
  await client.query(CREATE_STAGED)
  const stage = stageRows(client)
  let line = 0
  for (const organisation of organisations) {
    stage.add({
      ...NOTHING_SAID,
      division_code: divisionOf(organisation.credit_code) ?? null,
      ...organisation,
      line: ++line,
    })
    if (line % 5_000 === 0) await stage.flush()
  }
  await stage.end()
  await client.query(ANALYZE_STAGED)
  await client.query(LOCK_ORGANISATIONS)
  const changes = await countChanges(client)
  if (changes.created + changes.updated === 0) return changes
  const sourceId = newId()
  await applyChanges(client, changes, sourceId)
  await tx
    .insertInto('source')
    .values({
      id: sourceId,
      name: source.name,
      kind: source.kind,
      as_of: source.asOf,
      recorded_by: source.recordedBy,
    })
    .execute()
  await addJob(tx, INDEX_NAMES_JOB, {}, { key: INDEX_NAMES_JOB })
  return changes
}

const NOTHING_SAID = {
  code_check: 'valid',
  kind: null,
  established_on: null,
  capital: null,
  capital_currency: null,
  business_scope: null,
  address: null,
  division_code: null,
  town_code: null,
  status: null,
  industry_code: null,
  size_class: null,
  dishonest: null,
} as const
