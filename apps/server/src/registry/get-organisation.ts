import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { Organisation } from '../platform/db/schema.generated.ts'
import type { Scope } from '../platform/permissions.ts'
import { FACTS, type Fact } from './facts.ts'
import { withinScope } from './find-organisations.sql.ts'
import {
  type FactSource,
  type FactValue,
  type FoldedVersion,
  foldVersions,
  type VersionRow,
} from './fold-versions.ts'

export interface FactInForce {
  readonly fact: Fact
  readonly value: FactValue
  /** Null where no source is on record. */
  readonly source: FactSource | null
}

export interface OrganisationPageData {
  readonly id: string
  readonly credit_code: string
  readonly code_check: string
  readonly town_name: string | null
  /** Why a wrong check digit is accepted. */
  readonly override: { readonly reason: string; readonly evidence: string; readonly recorded_at: Date } | null
  readonly facts: readonly FactInForce[]
  /** The latest first. */
  readonly history: readonly FoldedVersion<Fact>[]
}

/** An organisation with the source of each fact and what the facts were before; undefined outside the scope. */
export async function findOrganisation(
  db: Db,
  creditCode: string,
  scope: Scope,
): Promise<OrganisationPageData | undefined> {
  const found = await sql<Selectable<Organisation> & { town_name: string | null }>`
    select o.*, t.name as town_name from organisation o left join town t on t.code = o.town_code
    where o.credit_code = ${creditCode} and ${withinScope(scope)}`.execute(db)
  const organisation = found.rows[0]
  if (!organisation) return undefined
  const versions = await sql<VersionRow<Fact>>`
    select v.version, v.recorded_at, v.changed,
      to_jsonb(v) || jsonb_build_object('capital', trim_scale(v.capital)::text) as facts,
      case when s.id is not null then
        jsonb_build_object('name', s.name, 'kind', s.kind, 'as_of', s.as_of, 'recorded_at', s.recorded_at)
      end as source
    from organisation_version v left join source s on s.id = v.source_id
    where v.organisation_id = ${organisation.id} order by v.version`.execute(db)
  const override = await db
    .selectFrom('credit_code_override')
    .select(['reason', 'evidence', 'recorded_at'])
    .where('credit_code', '=', creditCode)
    .executeTakeFirst()
  const { history, sources } = foldVersions(FACTS, versions.rows)
  return {
    id: organisation.id,
    credit_code: organisation.credit_code,
    code_check: organisation.code_check,
    town_name: organisation.town_name,
    override: override ?? null,
    facts: FACTS.map(fact => ({
      fact,
      value: inForce(organisation, fact),
      source: sources.get(fact) ?? null,
    })),
    history: history.reverse(),
  }
}

function inForce(organisation: Selectable<Organisation>, fact: Fact): FactValue {
  const value = organisation[fact]
  // numeric(24, 6) arrives with all six places; an amount is shown as it was registered.
  return fact === 'capital' && typeof value === 'string' ? value.replace(/\.?0+$/, '') || '0' : value
}
