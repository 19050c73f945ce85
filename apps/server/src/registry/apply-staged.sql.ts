import { FACTS, type Fact } from './facts.ts'

/**
 * The statements of an import, over rows that were copied into a table of the transaction. They follow one another
 * in `apply-staged.ts`. None uses parameters where a plan would suffer from them: $1 is the source alone.
 *
 * Strategy. The rows arrive by COPY, already typed; what remains is set against set: one hash join tells new, changed
 * and known apart, new rows go in by one statement a table. Measured for 680,000 rows: COPY into a temporary table
 * costs a third of INSERT, a temporary table writes no log, and building JSON for the versions cost more than
 * writing them, hence typed columns. Rejected: `insert … on conflict`, which takes an exclusive path through the
 * index for each row and cannot count what stayed the same.
 */

const columns = (prefix: string) => FACTS.map(fact => `${prefix}${fact}`).join(', ')

/** Gone with the transaction; the identifiers are those that new organisations will bear. */
export const CREATE_STAGED = `
  create temporary table organisation_staged (
    line integer not null,
    credit_code text collate "C" not null,
    code_check text not null,
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
    dishonest boolean,
    id uuid not null default millrace.new_id()
  ) on commit drop`

export const COPY_STAGED = `
  copy organisation_staged (line, credit_code, code_check, ${columns('')}) from stdin`

/** One import at a time: a second waits for the first. Readers are not held up. */
export const TAKE_TURN = `select pg_advisory_xact_lock(hashtext(current_schema() || '.organisation-import'))`

/** From here to the end nobody else adds or changes organisations, so that what is compared stays so. */
export const LOCK_ORGANISATIONS = `lock table organisation in share row exclusive mode`

export const ANALYZE_STAGED = `analyze organisation_staged (credit_code)`

/** A code that stands in the file more than once: the last line is taken. The others are named, and go. */
export const REMOVE_REPEATED = `
  with last_line as (
    select credit_code, max(line) as line from organisation_staged group by credit_code having count(*) > 1
  )
  delete from organisation_staged s using last_line l
  where l.credit_code = s.credit_code and s.line < l.line
  returning s.line, s.credit_code, l.line as last_line`

/**
 * What a fact becomes when the file's row is taken: a cell that says nothing takes nothing away. Amount and
 * currency move together; a town belongs to its address, so a new address without a town leaves it open.
 */
const NEW_VALUE: Partial<Record<Fact, string>> = {
  capital_currency: 'case when s.capital is null then o.capital_currency else s.capital_currency end',
  town_code: `case
      when s.address is null then o.town_code
      when s.town_code is null and s.address is not distinct from o.address then o.town_code
      else s.town_code
    end`,
}
const newValue = (fact: Fact) => NEW_VALUE[fact] ?? `coalesce(s.${fact}, o.${fact})`
const isChanged = (fact: Fact) => `${newValue(fact)} is distinct from o.${fact}`
const SOMETHING_CHANGED = FACTS.map(isChanged).join('\n      or ')

/** What the import would do; all that a dry run asks. */
export const COUNT_CHANGES = `
  select count(*) filter (where o.id is null) as created,
    count(*) filter (where o.id is not null and (${SOMETHING_CHANGED})) as updated,
    count(*) as staged
  from organisation_staged s left join organisation o on o.credit_code = s.credit_code`

/** Versions, organisations and the names to index, for codes that are new. Versions first: the others make them known. */
const IS_NEW = `not exists (select from organisation o where o.credit_code = s.credit_code)`

export const INSERT_FIRST_VERSIONS = `
  insert into organisation_version (organisation_id, version, source_id, ${columns('')})
  select id, 1, $1::uuid, ${columns('')} from organisation_staged s where ${IS_NEW}`

export const INSERT_NAMES_DUE = `
  insert into organisation_search_due (organisation_id) select id from organisation_staged s where ${IS_NEW}`

export const INSERT_ORGANISATIONS = `
  insert into organisation (id, credit_code, code_check, source_id, ${columns('')})
  select id, credit_code, code_check, $1::uuid, ${columns('')} from organisation_staged s where ${IS_NEW}`

export const CREATE_CHANGES = `
  create temporary table organisation_change on commit drop as
  select o.id,
    array_remove(array[${FACTS.map(fact => `case when ${isChanged(fact)} then '${fact}' end`).join(', ')}], null)
      as changed,
    ${FACTS.map(fact => `${newValue(fact)} as ${fact}`).join(',\n    ')}
  from organisation_staged s join organisation o on o.credit_code = s.credit_code
  where ${SOMETHING_CHANGED}`

export const INSERT_CHANGED_VERSIONS = `
  insert into organisation_version (organisation_id, version, source_id, changed, ${columns('')})
  select c.id, (select max(v.version) + 1 from organisation_version v where v.organisation_id = c.id), $1::uuid,
    c.changed, ${FACTS.map(fact => `case when '${fact}' = any (c.changed) then c.${fact} end`).join(', ')}
  from organisation_change c`

export const INSERT_RENAMED_DUE = `
  insert into organisation_search_due (organisation_id)
  select id from organisation_change where 'name' = any (changed)`

export const UPDATE_ORGANISATIONS = `
  update organisation o
  set ${FACTS.map(fact => `${fact} = c.${fact}`).join(', ')}, source_id = $1::uuid, updated_at = now()
  from organisation_change c where c.id = o.id`
