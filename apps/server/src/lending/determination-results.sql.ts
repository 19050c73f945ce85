import { type RawBuilder, sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { SubjectQuery } from '../policy/index.ts'

/**
 * From facts to determinations and claims, set-based. The compiled rules are evaluated once per row and their
 * results kept in a temporary table: a statement that used an expression twice would make the planner work it out
 * twice.
 */

/** What each claim would take from the yearly cap if there were enough of it. */
export const createDemands: RawBuilder<unknown> = sql`
  create temporary table run_demand (
    n integer, organisation_id uuid, calendar_year integer, period_to date, loan_receipt text, bank_code text,
    demand_fen bigint not null, cap_fen bigint not null
  ) on commit drop`

export const addDemands = (
  query: SubjectQuery,
  capFen: bigint,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  insert into run_demand
  select d.n, d.organisation_id, d.calendar_year, d.period_to, d.loan_receipt, d.bank_code,
    case when d.answer in ('eligible', 'suspended') then d.demand_fen else 0 end, ${capFen}
  from (
    select s.n, s.organisation_id, s.calendar_year, s.period_to, s.loan_receipt, s.bank_code,
      ${sql.raw(query.answer)} as answer,
      coalesce(trunc(${sql.raw(query.values.before_cap ?? '0')} * 100), 0)::bigint as demand_fen
    from ${sql.raw(query.from)}
    where ${where}) d`

/** One window over enterprise and year; ties of a day are broken by receipt and bank, so that the order is total. */
export const useUpCap: RawBuilder<unknown> = sql`
  create temporary table run_before on commit drop as
  select d.n, least(d.cap_fen, coalesce(sum(d.demand_fen) over (
    partition by d.organisation_id, d.calendar_year order by d.period_to, d.loan_receipt, d.bank_code
    rows between unbounded preceding and 1 preceding), 0))::bigint as subsidised_before_fen
  from run_demand d`

/** The facts with what the cap still leaves beside them. */
export const addCap: RawBuilder<unknown> = sql`
  create temporary view run_case as
  select s.*, b.subsidised_before_fen from run_subject s left join run_before b on b.n = s.n`

export const createResults: RawBuilder<unknown> = sql`
  create temporary table run_result (
    n integer, run_id uuid, determination_id uuid, loan_period_id uuid, answer text,
    conditions_passed bigint, conditions_unknown bigint, compliance_passed bigint, compliance_unknown bigint,
    worked_out_fen bigint, inputs json
  ) on commit drop`

/**
 * Evaluates the whole policy of an epoch for its subjects, each expression written down once. The determination's id
 * is made here, so that the claim can name it without reading it back.
 */
export const addResults = (
  query: SubjectQuery,
  run: string,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  insert into run_result
  select s.n, ${run}::uuid, new_id(), s.loan_period_id, ${sql.raw(query.answer)},
    ${sql.raw(query.conditionsPassed)}, ${sql.raw(query.conditionsUnknown)},
    ${sql.raw(query.compliancePassed)}, ${sql.raw(query.complianceUnknown)},
    coalesce(trunc(${sql.raw(query.values.amount ?? '0')} * 100), 0)::bigint, ${sql.raw(query.inputs)}
  from ${sql.raw(query.from)}
  where ${where}`

/** Only what may be paid, now or when a suspension ends, has an amount. */
export const RESULT_AMOUNT = sql.raw(
  `case when r.answer in ('eligible', 'suspended') then greatest(r.worked_out_fen, 0) else 0 end`,
)

/** Forgets what is the same as the determination in force: same inputs, same answer, same amount. */
export const keepChanged = (run: string): RawBuilder<unknown> => sql`
  delete from run_result r
  using claim c, determination d
  where r.run_id = ${run} and c.id = r.loan_period_id and d.id = c.determination_id
    and d.inputs::text = r.inputs::text and d.answer = r.answer and d.amount_fen = ${RESULT_AMOUNT}`

/** In the order of loans and periods, so that what is looked up together lies together. */
export const recordDeterminations: RawBuilder<unknown> = sql`
  insert into determination (id, run_id, subject_kind, subject_id, answer, conditions_passed, conditions_unknown,
    compliance_passed, compliance_unknown, amount_fen, inputs, input_sha256)
  select r.determination_id, r.run_id, 'loan_period', r.loan_period_id, r.answer, r.conditions_passed,
    r.conditions_unknown, r.compliance_passed, r.compliance_unknown, ${RESULT_AMOUNT}, r.inputs,
    sha256(convert_to(r.inputs::text, 'UTF8'))
  from run_result r order by r.n`

/** The town is no input of the rules: where the register corrected it, the claim alone follows. */
export const moveClaims: RawBuilder<unknown> = sql`
  update claim c
  set town_code = f.town_code, updated_at = now()
  from run_organisation h join run_fact f on f.organisation_id = h.organisation_id and f.period_to = h.day
  where c.id = f.loan_period_id and c.town_code is distinct from f.town_code`

/** Most claims of a run are new: those that are not are changed first, and the rest added. */
export const updateClaims: RawBuilder<unknown> = sql`
  update claim c
  set determination_id = r.determination_id, answer = r.answer,
    interest_fen = coalesce(f.interest_paid_fen, 0), amount_fen = ${RESULT_AMOUNT}, updated_at = now()
  from run_result r join run_fact f on f.n = r.n
  where c.id = r.loan_period_id`

export const insertClaims: RawBuilder<unknown> = sql`
  insert into claim (id, organisation_id, bank_code, loan_id, quarter, town_code, determination_id, answer,
    interest_fen, amount_fen)
  select f.loan_period_id, f.organisation_id, f.bank_code, f.loan_id, f.quarter, f.town_code, r.determination_id,
    r.answer, coalesce(f.interest_paid_fen, 0), ${RESULT_AMOUNT}
  from run_result r join run_fact f on f.n = r.n
  on conflict (id) do nothing`

/** Reported interest that does not agree waits for the bank or an officer. */
export const openDiscrepancies = (toleranceFen: bigint, day: PlainDate): RawBuilder<unknown> => sql`
  insert into discrepancy (id, loan_period_id, reported_fen, computed_fen, tolerance_fen, opened_on)
  select new_id(), a.loan_period_id, a.interest_due_fen, coalesce(a.computed_fen, 0), ${toleranceFen}, ${day}
  from run_agreement a
  where a.agrees is null and a.interest_due_fen is not null
  on conflict (loan_period_id) where closed_on is null
  do update set reported_fen = excluded.reported_fen, computed_fen = excluded.computed_fen`

export const closeDiscrepancies = (day: PlainDate): RawBuilder<unknown> => sql`
  update discrepancy d
  set closed_on = ${day}, closed_by = coalesce(d.closed_by, 'determine-claims'),
    closing_reason = coalesce(d.closing_reason, 'corrected')
  from run_agreement a
  where d.loan_period_id = a.loan_period_id and d.closed_on is null
    and (a.agrees or a.interest_due_fen is null)`
