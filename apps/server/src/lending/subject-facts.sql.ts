import { type RawBuilder, sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import { factOnDay } from '../registry/index.ts'

/**
 * Facts of the loan periods that must be determined, gathered set-based into temporary tables that end with the
 * transaction. Temporary tables, because the interest calculation in the middle needs the result of the first
 * rules and the last rules need the interest; and because a run then writes to lasting tables only what changed.
 */

/**
 * Whether a loan is overdue now bears on all its periods, not only on those after the day on which it fell behind:
 * claims that say otherwise than the loan's arrears are to be determined again. A partial index holds the few
 * events that matter; a loan whose reports of arrears were all taken back has none.
 */
export const noteArrears = (): RawBuilder<unknown> => sql`
  with arrears as (
    select distinct on (e.loan_id) e.loan_id, e.kind = 'overdue' as overdue
    from loan_event e
    where e.kind in ('overdue', 'cured') and e.reverses_id is null
      and not exists (select from loan_event r where r.reverses_id = e.id)
    order by e.loan_id, e.occurred_on desc, e.kind
  )
  insert into period_to_determine
  select p.id, p.organisation_id, p.calendar_year
  from arrears a
  join loan_period p on p.loan_id = a.loan_id
  join claim c on c.id = p.id
  where c.answer = case when a.overdue then 'eligible' else 'suspended' end
  union all
  select p.id, p.organisation_id, p.calendar_year
  from claim c join loan_period p on p.id = c.id
  where c.answer = 'suspended' and c.loan_id not in (select loan_id from arrears)`

/** A share of the enterprises, by the last byte of their ids, which is random. */
export interface Part {
  readonly part: number
  readonly parts: number
}

/** A run is a few large statements: room to sort and hash in memory, and no time spent on compiling them. */
export const settings = sql`select set_config('work_mem', '256MB', true), set_config('jit', 'off', true)`

const LARGE_RUN = 2_000

/**
 * In a large run every join is one of many rows to many. The tables may have grown many times over since they were
 * last analysed, and a plan made for the few rows they had then would never end.
 */
export const settingsFor = (count: number): RawBuilder<unknown> =>
  sql`select set_config('enable_nestloop', ${count > LARGE_RUN ? 'off' : 'on'}, true)`

/**
 * Which periods: those in which something changed, and with them every other period of the same enterprise and
 * calendar year, because the yearly cap is used up in order of settlement. The notes are taken away first and the
 * facts read after: what changes in between is noted again and waits for the next run.
 */
export const takeNotes = ({ part, parts }: Part): RawBuilder<unknown> => sql`
  create temporary table run_year on commit drop as
  with taken as (
    delete from period_to_determine
    where get_byte(uuid_send(organisation_id), 15) % ${parts} = ${part}
    returning organisation_id, calendar_year
  )
  select distinct organisation_id, calendar_year from taken`

export const selectPeriods = (): RawBuilder<unknown> => sql`
  create temporary table run_period on commit drop as
  select row_number() over (order by p.loan_id, p.period_to)::integer as n, p.*
  from loan_period p join run_year using (organisation_id, calendar_year)`

/** How many periods, and when the first and the last of them were settled. */
export const measurePeriods = sql<{ count: number; first: PlainDate | null; last: PlainDate | null }>`
  select count(*)::integer as count, min(period_to) as first, max(period_to) as last from run_period`

/** What takes an event back: few are, and only when the planner is told does it look for them from this side. */
const REVERSAL = sql`select from loan_event r where r.reverses_id = e.id and r.reverses_id is not null`

/**
 * One row a loan: every loan of the periods, and every other loan of the same projects, because earlier loans use
 * up the verified investment first.
 *
 * The events are aggregated once, in one pass over the index on (loan_id, occurred_on, seq), into a short text that
 * the interest calculation reads: arrays of composites cost the client several times as much to take apart. Both
 * aggregates want the same order, so that one sort serves them; the calculation puts the days in order itself.
 */
export const gatherLoans = (): RawBuilder<unknown> => sql`
  create temporary table run_loan on commit drop as
  with concerned as (
    select id from loan where id in (select loan_id from run_period)
    union
    select sibling.id from loan sibling
    where sibling.filing_id in (
      select l.filing_id from loan l join run_period p on p.loan_id = l.id where l.filing_id is not null)
      and sibling.reversed_by is null
  ), history as (
    select e.loan_id,
      min(e.occurred_on) filter (where e.kind = 'drawdown') as first_drawn_on,
      string_agg(
        left(e.kind, 1) || e.occurred_on || '=' || coalesce(e.annual_rate::text, e.amount_fen::text), ';'
        order by e.occurred_on desc, e.kind, e.seq)
        filter (where e.kind in ('drawdown', 'repayment', 'early_repayment', 'rate_change')
          and (e.kind <> 'rate_change' or e.annual_rate is not null)) as balance_events,
      (array_agg(e.kind order by e.occurred_on desc, e.kind, e.seq) filter (where e.kind in ('overdue', 'cured')))[1]
        as arrears
    from loan_event e
    where e.loan_id in (select id from concerned)
      and e.kind in ('drawdown', 'repayment', 'early_repayment', 'rate_change', 'overdue', 'cured')
      and e.reverses_id is null and not exists (${REVERSAL})
    group by e.loan_id
  )
  select l.id as loan_id, l.organisation_id, own.id as filing_id,
    l.filing_number is not null and (l.filing_id is null or own.id is not null) as filing_possible, l.product, l.principal_fen, l.loan_receipt, l.bank_code,
    l.annual_rate, l.day_count, h.first_drawn_on, h.balance_events,
    coalesce(h.arrears = 'overdue', false) as overdue,
    coalesce(b.cooperating_from <= l.granted_on
      and (b.cooperating_to is null or l.granted_on <= b.cooperating_to), false) as bank_cooperating,
    coalesce(sum(l.principal_fen) over (
      partition by own.id order by h.first_drawn_on nulls last, l.loan_receipt, l.bank_code
      rows between unbounded preceding and 1 preceding), 0)::bigint as earlier_principal_fen
  from concerned
  join loan l using (id)
  join bank b on b.code = l.bank_code
  left join filing own on own.id = l.filing_id and own.organisation_id = l.organisation_id
  left join history h on h.loan_id = l.id`

/**
 * What the register said of the enterprises on their settlement days, where it has ever said anything else: an event
 * after that day changes nothing for it, a correction of what was true then does. All others are read as they stand.
 */
export const gatherOrganisations = (): RawBuilder<unknown> => sql`
  create temporary table run_organisation on commit drop as
  select asked.organisation_id, asked.day, ${factOnDay('town_code')} as town_code, ${factOnDay('status')} as status,
    ${factOnDay('dishonest')} as dishonest
  from (select distinct organisation_id, period_to as day from run_period) asked
  join organisation_version v on v.organisation_id = asked.organisation_id
  join source s on s.id = v.source_id
  where asked.organisation_id in (select organisation_id from organisation_version where version > 1)
  group by asked.organisation_id, asked.day`

const PROJECT_RANK = sql`
  case when state = 'in_force' then
    row_number() over (partition by organisation_id, first_day, state order by filed_on, filing_number)
  else 0 end::integer as project_rank`

/**
 * Projects of one enterprise that are in force at once, counted in the order in which they were filed; one that is
 * completed or revoked is not counted and has the number 0. An enterprise of which a filing was ever changed has its
 * filings once for each settlement day, as they then were; any other has them once for all days.
 */
export const gatherFilings = (): RawBuilder<unknown> => sql`
  create temporary table run_filing on commit drop as
  with changed as (
    select distinct f.organisation_id from filing f join filing_version v on v.filing_id = f.id and v.version > 1
    where f.organisation_id in (select organisation_id from run_period)
  ), as_they_stand as (
    select f.id, f.organisation_id, f.filing_number, '-infinity'::date as first_day, 'infinity'::date as last_day,
      f.approval_number, f.site_in_city, f.contract_signed_on, f.verified_investment_fen, f.civil_works_fen,
      f.filed_on, f.state
    from filing f
    where f.organisation_id in (select organisation_id from run_period)
      and f.organisation_id not in (select organisation_id from changed)
  ), as_they_were as (
    select f.id, f.organisation_id, f.filing_number, asked.day as first_day, asked.day as last_day,
      ${sql.join(
        [
          'approval_number',
          'site_in_city',
          'contract_signed_on',
          'verified_investment_fen',
          'civil_works_fen',
          'filed_on',
          'state',
        ].map(fact => sql`${factOnDay(fact)} as ${sql.ref(fact)}`),
      )}
    from (select distinct organisation_id, period_to as day from run_period) asked
    join changed using (organisation_id)
    join filing f on f.organisation_id = asked.organisation_id
    join filing_version v on v.filing_id = f.id
    join source s on s.id = v.source_id
    group by f.id, asked.day
  )
  select *, ${PROJECT_RANK} from (select * from as_they_stand union all select * from as_they_were) f`

/** What the bank reported of each period: what stands after reversals. */
export const gatherSettlements = (): RawBuilder<unknown> => sql`
  create temporary table run_settlement on commit drop as
  select p.n, min(e.period_from) as period_from,
    sum(e.interest_due_fen)::bigint as interest_due_fen,
    sum(e.interest_paid_fen)::bigint as interest_paid_fen
  from run_period p
  join loan_event e on e.loan_id = p.loan_id and e.occurred_on = p.period_to and e.kind = 'interest_settled'
  where e.reverses_id is null and not exists (${REVERSAL})
  group by p.n`

/**
 * The facts that the first rules read: one row a period, one typed column a fact. A loan that names no filing, or
 * another enterprise's, has none; a filing number that nobody knows may yet be filed, so that fact is missing.
 */
export const gatherFacts = (): RawBuilder<unknown> => sql`
  create temporary table run_fact on commit drop as
  select p.n, p.id as loan_period_id, p.loan_id, p.organisation_id, p.bank_code, p.calendar_year, p.quarter,
    coalesce(s.period_from, p.period_from) as period_from, p.period_to, p.interest_accepted_fen,
    case when h.day is null then o.town_code else h.town_code end as town_code,
    case when h.day is null then o.status else h.status end as organisation_status,
    case when h.day is null then o.dishonest else h.dishonest end as dishonest, l.bank_cooperating, l.product,
    case when l.filing_possible then f.state <> 'revoked' else false end as filing_in_force, f.approval_number, f.site_in_city, f.contract_signed_on, f.filed_on,
    l.first_drawn_on, f.project_rank, f.verified_investment_fen, f.civil_works_fen,
    least(l.earlier_principal_fen, f.verified_investment_fen) as committed_fen,
    l.principal_fen, s.interest_due_fen, s.interest_paid_fen, l.overdue,
    l.loan_receipt, l.annual_rate, l.day_count, l.balance_events
  from run_period p
  join run_loan l on l.loan_id = p.loan_id
  join organisation o on o.id = p.organisation_id
  left join run_organisation h on h.organisation_id = p.organisation_id and h.day = p.period_to
  left join run_filing f on f.id = l.filing_id and p.period_to between f.first_day and f.last_day
  left join run_settlement s on s.n = p.n`

export const createInterest = (): RawBuilder<unknown> => sql`
  create temporary table run_interest (n integer, computed_fen bigint, eligible_fen bigint) on commit drop`

/**
 * Interest agrees when it is within the tolerance or an officer accepted exactly this amount; where it does not agree
 * the fact is missing, not false: nobody knows yet what is true.
 */
export const compareInterest = (toleranceFen: bigint): RawBuilder<unknown> => sql`
  create temporary table run_agreement on commit drop as
  select f.n, f.loan_period_id, f.interest_due_fen, i.computed_fen, i.eligible_fen,
    case when abs(f.interest_due_fen - i.computed_fen) <= ${toleranceFen}
      or f.interest_due_fen = f.interest_accepted_fen then true end as agrees
  from run_fact f left join run_interest i on i.n = f.n`

/** The facts with the interest beside them. A view, because the facts are wide: nothing of them is written twice. */
export const addInterest: RawBuilder<unknown> = sql`
  create temporary view run_subject as
  select f.*, a.computed_fen as interest_computed_fen, a.eligible_fen as interest_eligible_fen,
    a.agrees as interest_agrees
  from run_fact f join run_agreement a on a.n = f.n`

/** Only the columns that tables are joined by: a sample of the others would be taken for nothing. */
export const analyse = (table: string, ...columns: readonly string[]): RawBuilder<unknown> =>
  sql`analyze ${sql.table(table)} (${sql.join(columns.map(column => sql.ref(column)))})`
