import { factOnDayText, stated } from './fact-on-day.sql.ts'
import { FACTS, type Fact } from './facts.ts'

/**
 * The statements that bring rows into the registry. `write-organisations.ts` runs them in order.
 *
 * Strategy. The reader knows which codes the registry has, so that new organisations are copied straight into their
 * table while the file is still being read; only rows of known organisations go to a staging table and are compared,
 * set against set, by one hash join. Versions of new organisations are then taken from the organisations themselves.
 * Measured for 680,000 new rows, this writes the wide text twice instead of three times, and the first time while
 * the other core reads. Rejected: `insert … on conflict` (an exclusive path through the index for each row, and no
 * count of what stayed the same); JSON for the versions (building it cost more than writing it); sorting by code
 * before the insert (the sort costs more than the index gains).
 */

const columns = (prefix: string) => FACTS.map(fact => `${prefix}${fact}`).join(', ')

/** One writer at a time: a second waits for the first. Readers are not held up. */
export const TAKE_TURN = `select pg_advisory_xact_lock(hashtext(current_schema() || '.organisation-writer'))`

/** Nobody else adds or changes organisations until the end, so that what is compared stays so. */
export const LOCK_ORGANISATIONS = `lock table organisation in share row exclusive mode`

/** Identifiers come with the rows: a default that differs by row would make COPY insert them one by one. */
export const COPY_NEW = `
  copy organisation (id, credit_code, code_check, source_id, ${columns('')}) from stdin`

/** Rows of organisations that the registry has. Gone with the transaction. */
export const CREATE_STAGED = `
  create temporary table organisation_staged (
    id uuid,
    credit_code text collate "C" not null,
    code_check text not null,
    source_id uuid not null,
    name text not null,
    kind text,
    established_on date,
    capital numeric(24, 6),
    capital_currency text,
    business_scope text,
    address text,
    division_code text,
    town_code text,
    status text,
    industry_code text,
    size_class text,
    dishonest boolean
  ) on commit drop`

export const COPY_STAGED = `
  copy organisation_staged (id, credit_code, code_check, source_id, ${columns('')}) from stdin`

export const ANALYZE_STAGED = `analyze organisation_staged (credit_code)`

/** $1 and $2 are the ends of the identifiers that this writer gives out: a range of the key. */
export const INSERT_FIRST_VERSIONS = `
  insert into organisation_version (organisation_id, version, source_id, ${columns('')})
  select o.id, 1, o.source_id, ${columns('o.')} from organisation o where o.id between $1::uuid and $2::uuid`

export const INSERT_NAMES_DUE = `
  insert into organisation_search_due (first_id, last_id) values ($1::uuid, $2::uuid)`

/**
 * What a fact becomes when the file's row is taken: a cell that says nothing takes nothing away. Amount and
 * currency move together; a town belongs to its address, so a new address without a town leaves it open.
 */
const NEW_VALUE: Partial<Record<Fact, string>> = {
  capital_currency: 'case when s.capital is null then o.capital_currency else s.capital_currency end',
  town_code: `case
      when s.town_code is null and (s.address is null or s.address is not distinct from o.address) then o.town_code
      else s.town_code
    end`,
}
const newValue = (fact: Fact) => NEW_VALUE[fact] ?? `coalesce(s.${fact}, o.${fact})`
const isChanged = (fact: Fact) => `${newValue(fact)} is distinct from o.${fact}`
const SOMETHING_CHANGED = FACTS.map(isChanged).join('\n    or ')

/** Whether anything was stated of a later day than $1: only then can what is taken be older than what is in force. */
export const FIND_LATER_SOURCE = `select from source where as_of > $1::date limit 1`

/**
 * For what is taken late: the organisations of which something was stated of a later day than $1, with their facts as
 * they were stated by that day. It is these that the rows are compared with and correct; what is in force since stays.
 */
export const CREATE_THEN = `
  create temporary table organisation_then on commit drop as
  select asked.id, ${FACTS.map(
    fact =>
      `(array_agg(v.${fact} order by s.as_of desc, v.version desc)
        filter (where s.as_of <= asked.day and ${stated(fact)}))[1] as ${fact}`,
  ).join(',\n    ')}
  from (select o.id, $1::date as day from organisation o join organisation_staged using (credit_code)) asked
  join organisation_version v on v.organisation_id = asked.id
  join source s on s.id = v.source_id
  group by asked.id
  having bool_or(s.as_of > asked.day)`

/** What rows are compared with: the facts in force, or those of the day that they speak of. */
export const IN_FORCE = 'organisation'
export const BY_THEN = `(
    select o.id, o.credit_code, ${FACTS.map(fact => `case when t.id is null then o.${fact} else t.${fact} end as ${fact}`).join(', ')}
    from organisation o left join organisation_then t on t.id = o.id)`

/** All that a dry run asks. */
export const countChanged = (known: string): string => `
  select count(*) as changed from organisation_staged s join ${known} o on o.credit_code = s.credit_code
  where ${SOMETHING_CHANGED}`

export const createChanges = (known: string): string => `
  create temporary table organisation_change on commit drop as
  select o.id,
    array_remove(array[${FACTS.map(fact => `case when ${isChanged(fact)} then '${fact}' end`).join(', ')}], null)
      as changed,
    ${FACTS.map(fact => `${newValue(fact)} as ${fact}`).join(',\n    ')}
  from organisation_staged s join ${known} o on o.credit_code = s.credit_code
  where ${SOMETHING_CHANGED}`

export const INSERT_CHANGED_VERSIONS = `
  insert into organisation_version (organisation_id, version, source_id, changed, ${columns('')})
  select c.id, (select max(v.version) + 1 from organisation_version v where v.organisation_id = c.id), $1::uuid,
    c.changed, ${FACTS.map(fact => `case when '${fact}' = any (c.changed) then c.${fact} end`).join(', ')}
  from organisation_change c`

export const INSERT_RENAMED_DUE = `
  insert into organisation_search_due (first_id, last_id)
  select id, id from organisation_change where 'name' = any (changed)`

export const UPDATE_ORGANISATIONS = `
  update organisation o
  set ${FACTS.map(fact => `${fact} = c.${fact}`).join(', ')}, source_id = $1::uuid, updated_at = now()
  from organisation_change c where c.id = o.id`

/** In force is what was stated of the latest day. $2 is the as-of date of the source $1, which is recorded later. */
export const UPDATE_CORRECTED = `
  update organisation o
  set ${FACTS.map(fact => `${fact} = n.${fact}`).join(', ')}
  from (
    select asked.id, ${FACTS.map(fact => `${factOnDayText(fact)} as ${fact}`).join(',\n      ')}
    from (select t.id, date '9999-12-31' as day from organisation_then t join organisation_change using (id)) asked
    join organisation_version v on v.organisation_id = asked.id
    join (select id, as_of from source union all select $1::uuid, $2::date) s on s.id = v.source_id
    group by asked.id
  ) n
  where n.id = o.id`
