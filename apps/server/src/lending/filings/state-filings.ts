import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import { type Tx, textRows } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import type { FilingFacts } from './filing.ts'

/** What is said of a filing, and by which source. */
export interface FilingStatement {
  readonly id: string
  readonly facts: FilingFacts
  readonly sourceId: string
}

export interface NewFiling extends FilingStatement {
  readonly filingNumber: string
  readonly organisationId: string
}

const COLUMNS = sql`project_name, approval_number, site_in_city, site_town_code, contract_signed_on,
  verified_investment_fen, civil_works_fen, filed_on, state`
const VALUES = sql`r.project_name, r.approval_number, r.site_in_city::boolean, r.site_town_code,
  r.contract_signed_on::date, r.verified_investment_fen::bigint, r.civil_works_fen::bigint, r.filed_on::date, r.state`

const cellsOf = ({ facts }: FilingStatement) => [
  ...[facts.project_name, facts.approval_number ?? undefined, facts.site_in_city?.toString()],
  ...[facts.site_town_code ?? undefined, facts.contract_signed_on ?? undefined],
  ...[facts.verified_investment_fen?.toString(), facts.civil_works_fen?.toString()],
  ...[facts.filed_on, facts.state],
]

/** One statement for any number; the table's triggers write the history and note the periods of the enterprises. */
export async function addFilings(tx: Tx, filings: readonly NewFiling[]): Promise<void> {
  if (filings.length === 0) return
  const rows = filings.map(filing => [
    ...[filing.id, filing.filingNumber, filing.organisationId, filing.sourceId],
    ...cellsOf(filing),
  ])
  await sql`
    insert into filing (id, filing_number, organisation_id, source_id, ${COLUMNS})
    select r.id::uuid, r.filing_number, r.organisation_id::uuid, r.source_id::uuid, ${VALUES}
    from ${textRows(13, rows)} as r (id, filing_number, organisation_id, source_id, ${COLUMNS})`.execute(tx)
}

/** The same for filings that are known. Each at most once: what is said twice of one is said in two statements. */
export async function restateFilings(tx: Tx, statements: readonly FilingStatement[]): Promise<void> {
  if (statements.length === 0) return
  const rows = statements.map(statement => [statement.id, statement.sourceId, ...cellsOf(statement)])
  await sql`
    update filing f set (source_id, ${COLUMNS}) = (select r.source_id::uuid, ${VALUES})
    from ${textRows(11, rows)} as r (id, source_id, ${COLUMNS})
    where f.id = r.id::uuid`.execute(tx)
}

interface SourceDetails {
  readonly name: string
  readonly recordedBy: string
  readonly file?: { readonly name: string; readonly sha256: Buffer }
  readonly reason?: string
}

/**
 * Records where statements come from: one row for each day that they speak of, because that day says from when they
 * hold.
 *
 * @returns the source of each day
 */
export async function recordSources(
  tx: Tx,
  days: readonly PlainDate[],
  { name, recordedBy, file, reason }: SourceDetails,
): Promise<ReadonlyMap<PlainDate, string>> {
  const sources = new Map([...new Set(days)].map(day => [day, newId()]))
  if (sources.size === 0) return sources
  await tx
    .insertInto('source')
    .values(
      [...sources].map(([as_of, id]) => ({
        id,
        name,
        as_of,
        kind: file ? 'file' : 'person',
        recorded_by: recordedBy,
        file_name: file?.name ?? null,
        file_sha256: file?.sha256 ?? null,
        reason: reason ?? null,
      })),
    )
    .execute()
  return sources
}
