import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import { type Db, rowVersion } from '../../platform/db/index.ts'
import { notFound } from '../../platform/http/index.ts'
import { type Fen, formatYuan } from '../../platform/money.ts'
import type { Scope } from '../../platform/permissions.ts'
import { type FactValue, foldVersions, type VersionRow } from '../../registry/index.ts'
import { withinScope } from '../scope-filter.ts'
import { FILING_FACTS, type FilingFact, type FilingFacts, filingNoun } from './filing.ts'

interface FilingRow extends FilingFacts {
  readonly id: string
  readonly etag: string
  readonly filing_number: string
  readonly credit_code: string
  readonly enterprise_name: string
  readonly town_name: string | null
}

interface LoanRow {
  readonly loan_receipt: string
  readonly bank_name: string
  readonly granted_on: PlainDate
  readonly principal_fen: Fen
}

const SHOWN_MAX = 100
const COLUMNS = { organisation: 'f.organisation_id', bank: 'f.filing_number', town: 'o.town_code' }

/**
 * A project on file with where each fact came from, what it was before, and the loans that were reported for it.
 *
 * @throws DomainError `not-found` outside the scope too
 */
export async function getFiling(db: Db, id: string, scope: Scope) {
  const found = await sql<FilingRow>`
    select f.id, ${rowVersion('f')} as etag, f.filing_number, o.credit_code, o.name as enterprise_name,
      t.name as town_name, f.project_name, f.approval_number, f.site_in_city, f.site_town_code, f.contract_signed_on,
      f.verified_investment_fen, f.civil_works_fen, f.filed_on, f.state
    from filing f
    join organisation o on o.id = f.organisation_id
    left join town t on t.code = f.site_town_code
    where f.id = ${id} and ${withinScope(scope, COLUMNS)}`.execute(db)
  const filing = found.rows[0]
  if (!filing) throw notFound(filingNoun, id)
  const versions = await sql<VersionRow<FilingFact>>`
    select v.version, v.recorded_at, v.changed, to_jsonb(v) as facts,
      case when s.id is not null then
        jsonb_build_object('name', s.name, 'kind', s.kind, 'as_of', s.as_of, 'recorded_at', s.recorded_at,
          'reason', s.reason)
      end as source
    from filing_version v left join source s on s.id = v.source_id
    where v.filing_id = ${id} order by v.version`.execute(db)
  const { history, sources } = foldVersions(FILING_FACTS, versions.rows.map(withExactAmounts))
  const loans = await sql<LoanRow>`
    select l.loan_receipt, b.short_name as bank_name, l.granted_on, l.principal_fen
    from loan l join bank b on b.code = l.bank_code
    where l.filing_id = ${id} and l.reversed_by is null
    order by l.granted_on, l.loan_receipt limit ${SHOWN_MAX}`.execute(db)
  const { etag, filing_number, credit_code, enterprise_name, town_name } = filing
  return {
    id,
    etag,
    filing_number,
    credit_code,
    enterprise_name,
    town_name,
    project_name: filing.project_name,
    approval_number: filing.approval_number,
    site_in_city: filing.site_in_city,
    site_town_code: filing.site_town_code,
    contract_signed_on: filing.contract_signed_on,
    verified_investment: yuan(filing.verified_investment_fen),
    civil_works: yuan(filing.civil_works_fen),
    filed_on: filing.filed_on,
    state: filing.state,
    sources: FILING_FACTS.map(fact => ({ fact: SHOWN_AS[fact], source: shown(sources.get(fact) ?? null) })),
    history: history.reverse().map(version => ({
      version: version.version,
      recorded_at: version.recorded_at.toISOString(),
      source: shown(version.source),
      changes: version.changes.map(({ fact, from, to }) => ({ fact: SHOWN_AS[fact], from, to })),
    })),
    loans: loans.rows.map(({ principal_fen, ...loan }) => ({
      ...loan,
      principal: formatYuan(principal_fen),
    })),
  }
}

/** As the interface names the facts: amounts there are yuan. */
export const SHOWN_AS = {
  project_name: 'project_name',
  approval_number: 'approval_number',
  site_in_city: 'site_in_city',
  site_town_code: 'site_town_code',
  contract_signed_on: 'contract_signed_on',
  verified_investment_fen: 'verified_investment',
  civil_works_fen: 'civil_works',
  filed_on: 'filed_on',
  state: 'state',
} as const satisfies Record<FilingFact, string>

const yuan = (fen: Fen | null) => (fen === null ? null : formatYuan(fen))

/** Amounts come out of JSON as numbers; fen of any filing are whole and far below 2^53. */
function withExactAmounts(row: VersionRow<FilingFact>): VersionRow<FilingFact> {
  const exact = (value: FactValue | undefined): FactValue =>
    value === null || value === undefined ? null : formatYuan(BigInt(String(value)))
  const { verified_investment_fen, civil_works_fen } = row.facts
  return {
    ...row,
    facts: {
      ...row.facts,
      verified_investment_fen: exact(verified_investment_fen),
      civil_works_fen: exact(civil_works_fen),
    },
  }
}

function shown<S extends { readonly recorded_at: Date; readonly reason?: string | null }>(source: S | null) {
  return source && { ...source, reason: source.reason ?? null, recorded_at: source.recorded_at.toISOString() }
}
