import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { KnownFiling } from './decide-filing-row.ts'
import { townUnknown } from './filing-problems.ts'

export interface FilingOnFile extends KnownFiling {
  readonly filing_number: string
}

/**
 * Filings by their numbers, locked in one order, so that nobody changes them meanwhile. Who files waits for whoever is
 * filing: a number that is not there yet has no row that could be locked, and two files may hold the same one.
 */
export async function lockFilings(
  tx: Tx,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, FilingOnFile>> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '.filings'))`.execute(tx)
  const rows = await lockWhere(tx, sql`f.filing_number = any (${numbers}::text[])`)
  return new Map(rows.map(row => [row.filing_number, row]))
}

export async function lockFiling(tx: Tx, id: string): Promise<FilingOnFile | undefined> {
  const [row] = await lockWhere(tx, sql`f.id = ${id}`)
  return row
}

async function lockWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<FilingOnFile[]> {
  const { rows } = await sql<FilingOnFile>`
    select f.id, f.filing_number, o.credit_code, f.project_name, f.approval_number, f.site_in_city, f.site_town_code,
      f.contract_signed_on, f.verified_investment_fen, f.civil_works_fen, f.filed_on, f.state,
      (select max(s.as_of) from filing_version v join source s on s.id = v.source_id where v.filing_id = f.id)
        as latest_as_of
    from filing f join organisation o on o.id = f.organisation_id
    where ${condition}
    order by f.id for update of f`.execute(tx)
  return rows
}

/** @throws DomainError `town.unknown` */
export async function requireTown(tx: Tx, code: string | null): Promise<void> {
  if (code === null) return
  const town = await tx.selectFrom('town').select('code').where('code', '=', code).executeTakeFirst()
  if (!town) throw townUnknown(code)
}

/** The ids of enterprises by credit code: those that the registry has. */
export async function findEnterprises(
  tx: Tx,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('organisation')
    .select(['id', 'credit_code'])
    .where(where => where('credit_code', '=', where.fn.any(where.val([...codes]))))
    .execute()
  return new Map(rows.map(({ id, credit_code }) => [credit_code, id]))
}

/** Towns by code and by every name that they have. */
export async function townCodes(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const towns = await tx.selectFrom('town').select(['code', 'name', 'aliases']).orderBy('valid_to').execute()
  return new Map(
    towns.flatMap(({ code, name, aliases }) => [code, name, ...aliases].map(word => [word, code] as const)),
  )
}
