import type pg from 'pg'
import type { PlainDate } from '../platform/dates.ts'
import { type Database, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { announceChanges } from './import-organisations.ts'
import { onOneConnection } from './one-connection.ts'
import type { OrganisationRow } from './read-row.ts'
import { divisionOf } from './rules/credit-code.ts'
import { type Changes, openOrganisations } from './write-organisations.ts'

/** What is stated of an organisation; what is left out stays as it is, or open. */
export type NewOrganisation = Pick<OrganisationRow, 'credit_code' | 'name'> &
  Partial<Omit<OrganisationRow, 'line' | 'credit_code' | 'name'>>

export interface NewSource {
  readonly name: string
  readonly kind: 'register' | 'bank' | 'person' | 'generated'
  readonly asOf: PlainDate
  readonly recordedBy: string
}

const ROWS_A_PORTION = 5_000

/**
 * Takes organisations that a program states (a register's interface, the generator of demonstration data) into the
 * registry, by the same way as a file: set-based, with versions and their source, names made searchable.
 *
 * @param organisations with sound codes; of several with the same code the first counts
 * @throws DomainError `town.unknown`
 */
export async function registerOrganisations(
  database: Database,
  source: NewSource,
  organisations: Iterable<NewOrganisation>,
): Promise<Changes> {
  return onOneConnection(database, (db, client) =>
    inTransaction(db, tx => register(tx, client, source, [...organisations])),
  )
}

async function register(
  tx: Tx,
  client: pg.PoolClient,
  source: NewSource,
  organisations: readonly NewOrganisation[],
): Promise<Changes> {
  await requireKnownTowns(tx, organisations)
  const sourceId = newId()
  const knownCodes = () =>
    codesInRegistry(
      client,
      organisations.map(({ credit_code }) => credit_code),
    )
  const writer = await openOrganisations(client, { sourceId, asOf: source.asOf, dryRun: false, knownCodes })
  for (const [index, organisation] of organisations.entries()) {
    const division_code = divisionOf(organisation.credit_code) ?? null
    writer.add({ ...NOTHING_SAID, division_code, ...organisation, line: index + 1 })
    if (index % ROWS_A_PORTION === 0) await writer.flush()
  }
  const changes = await writer.finish()
  if (changes.created + changes.updated === 0) return changes
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
  await announceChanges(tx, sourceId, changes)
  return changes
}

async function codesInRegistry(client: pg.PoolClient, codes: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ credit_code: string }>(
    'select credit_code from organisation where credit_code = any ($1::text[] collate "C")',
    [codes],
  )
  return rows.map(row => row.credit_code)
}

/** The town has no foreign key, for the sake of whole files; here it is looked up as a set. */
async function requireKnownTowns(tx: Tx, organisations: readonly NewOrganisation[]): Promise<void> {
  const stated = new Set(organisations.flatMap(({ town_code }) => town_code ?? []))
  if (stated.size === 0) return
  const known = await tx
    .selectFrom('town')
    .select('code')
    .where('code', 'in', [...stated])
    .execute()
  for (const { code } of known) stated.delete(code)
  const [unknown] = stated
  if (unknown === undefined) return
  throw new DomainError({
    code: 'town.unknown',
    value: unknown,
    where: 'town_code',
    zh: `没有代码为 ${unknown} 的镇街：请使用本市镇街表中的代码。`,
    en: `There is no town with the code ${unknown}: use one of the city's list of towns.`,
  })
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
