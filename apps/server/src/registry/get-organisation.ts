import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { Organisation } from '../platform/db/schema.generated.ts'
import type { Scope } from '../platform/permissions.ts'
import { FACTS, type Fact } from './facts.ts'
import { withinScope } from './find-organisations.sql.ts'

/** Where facts came from. */
export interface FactSource {
  readonly name: string
  readonly kind: string
  /** The day on which the source says it was so. */
  readonly as_of: string
  readonly recorded_at: Date
}

export type FactValue = string | boolean | null

export interface FactInForce {
  readonly fact: Fact
  readonly value: FactValue
  /** Null where no source is on record. */
  readonly source: FactSource | null
}

export interface VersionOfOrganisation {
  readonly version: number
  readonly recorded_at: Date
  readonly source: FactSource | null
  readonly changes: readonly { readonly fact: Fact; readonly from: FactValue; readonly to: FactValue }[]
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
  readonly history: readonly VersionOfOrganisation[]
}

type Values = Partial<Record<Fact, FactValue>>

interface VersionRow {
  readonly version: number
  readonly recorded_at: Date
  readonly changed: string[] | null
  readonly facts: Values
  readonly source: (Omit<FactSource, 'recorded_at'> & { readonly recorded_at: string }) | null
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
  const versions = await sql<VersionRow>`
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
  const { history, sources } = fold(versions.rows)
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

interface Statement {
  readonly asOf: string
  readonly value: FactValue
  readonly source: FactSource | null
}

/** Adds the versions up: what each changed of the day that it speaks of, and which one each fact in force comes from. */
function fold(rows: readonly VersionRow[]): {
  history: VersionOfOrganisation[]
  sources: Map<Fact, FactSource | null>
} {
  const stated = new Map<Fact, Statement[]>()
  const history = rows.map(({ version, recorded_at, changed, facts, source: stored }) => {
    const source = stored === null ? null : { ...stored, recorded_at: new Date(stored.recorded_at) }
    const asOf = source?.as_of ?? ''
    const set =
      changed === null
        ? FACTS.filter(fact => facts[fact] != null)
        : FACTS.filter(fact => changed.includes(fact))
    const changes = set.map(fact => {
      const before = stated.get(fact) ?? []
      const from = before.findLast(statement => statement.asOf <= asOf)?.value ?? null
      const to = facts[fact] ?? null
      const all = [...before, { asOf, value: to, source }]
      stated.set(
        fact,
        all.sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0)),
      )
      return { fact, from, to }
    })
    return { version, recorded_at, source, changes }
  })
  return { history, sources: new Map([...stated].map(([fact, all]) => [fact, all.at(-1)?.source ?? null])) }
}

function inForce(organisation: Selectable<Organisation>, fact: Fact): FactValue {
  const value = organisation[fact]
  // numeric(24, 6) arrives with all six places; an amount is shown as it was registered.
  return fact === 'capital' && typeof value === 'string' ? value.replace(/\.?0+$/, '') || '0' : value
}
