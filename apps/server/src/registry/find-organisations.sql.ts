import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../platform/permissions.ts'
import { pairsOf } from './name-pairs.ts'

/** What a list of organisations is narrowed by; all that is given must hold. */
export interface OrganisationFilter {
  readonly townCode?: string
  /** `none`: organisations whose address does not say the town */
  readonly town?: 'none'
  readonly status?: string
  /** The beginning of an industry code: `38` finds all of the division. */
  readonly industry?: string
  readonly sizeClass?: string
  readonly codePrefix?: string
}

/** A search looks no further than this: who gets ten thousand hits needs another word, not another page. */
export const HITS_MAX = 10_000

/** Organisations that a person may see, by their reach. */
export function withinScope(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql`true`
    case 'town':
      return sql`o.town_code = ${scope.townCode}`
    case 'organisation':
      return sql`o.credit_code = ${scope.creditCode}`
    case 'bank':
      return sql`false`
  }
}

export function matching(filter: OrganisationFilter): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (filter.townCode !== undefined) conditions.push(sql`o.town_code = ${filter.townCode}`)
  if (filter.town === 'none') conditions.push(sql`o.town_code is null`)
  if (filter.status !== undefined) conditions.push(sql`o.status = ${filter.status}`)
  if (filter.sizeClass !== undefined) conditions.push(sql`o.size_class = ${filter.sizeClass}`)
  if (filter.industry !== undefined) conditions.push(startsWith(sql`o.industry_code`, filter.industry))
  if (filter.codePrefix !== undefined) conditions.push(startsWith(sql`o.credit_code`, filter.codePrefix))
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** As a range, which an index by bytes serves whatever the plan; digits and capitals sort before the tilde. */
function startsWith(column: RawBuilder<unknown>, prefix: string): RawBuilder<unknown> {
  return sql`(${column} >= ${prefix} and ${column} < ${`${prefix}~`})`
}

/**
 * Organisations whose name holds every part, with how well it does: 0 the name itself, 1 its beginning, 2 within.
 *
 * Strategy. The index gives the names that hold all pairs of characters of all parts; `like` then makes sure that
 * they stand together. Names that are not indexed yet, for the minute after an import, are read through; where there
 * are none that costs nothing. Rejected: pg_trgm, which needs three characters (most Chinese words have two) and a
 * locale; word vectors, which lose parts of words.
 *
 * @param parts folded, none empty
 */
export function nameHits(parts: readonly string[], whole: string): RawBuilder<unknown> {
  const pairs = [...new Set(parts.flatMap(pairsOf))]
  const holds = (name: RawBuilder<unknown>) =>
    sql.join(
      parts.map(part => sql`${name} like ${`%${likeText(part)}%`}`),
      sql` and `,
    )
  const indexed = pairs.length === 0 ? sql`true` : sql`s.pairs @> ${`{${pairs.join(',')}}`}::int[]`
  const hits = sql`
    select s.organisation_id, s.name from organisation_search s
    where ${indexed} and ${holds(sql`s.name`)} and not exists (
      select from organisation_search_due d where s.organisation_id between d.first_id and d.last_id)
    union all
    select o.id, upper(o.name) from organisation_search_due d join organisation o on o.id between d.first_id and d.last_id
    where ${holds(sql`upper(o.name)`)}`
  return sql`
    select organisation_id,
      case when name = ${whole} then 0 when name like ${`${likeText(whole)}%`} then 1 else 2 end as rank,
      length(name) as name_length
    from (${hits}) hit`
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, character => `\\${character}`)
}
