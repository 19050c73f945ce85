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
  create temporary table run_demand (n integer primary key, demand_fen bigint not null, cap_fen bigint not null)
  on commit drop`

export const addDemands = (
  query: SubjectQuery,
  capFen: bigint,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  insert into run_demand (n, demand_fen, cap_fen)
  select d.n, case when d.answer in ('eligible', 'suspended') then d.demand_fen else 0 end, ${capFen}
  from (
    select s.n, ${sql.raw(query.answer)} as answer,
      coalesce(trunc(${sql.raw(query.values.before_cap ?? '0')} * 100), 0)::bigint as demand_fen
    from ${sql.raw(query.from)}
    where ${where}) d`

/** One window over enterprise and year; ties of a day are broken by receipt and bank, so that the order is total. */
export const useUpCap: RawBuilder<unknown> = sql`
  create temporary table run_case on commit drop as
  select s.*, least(d.cap_fen, coalesce(sum(d.demand_fen) over (
    partition by s.organisation_id, s.calendar_year order by s.period_to, s.loan_receipt, s.bank_code
    rows between unbounded preceding and 1 preceding), 0))::bigint as subsidised_before_fen
  from run_subject s left join run_demand d on d.n = s.n`

export const createResults: RawBuilder<unknown> = sql`
  create temporary table run_result (
    n integer, run_id uuid, loan_period_id uuid, answer text,
    conditions_passed bigint, conditions_unknown bigint, compliance_passed bigint, compliance_unknown bigint,
    worked_out_fen bigint, inputs json
  ) on commit drop`

/** Evaluates the whole policy of an epoch for its subjects, each expression written down once. */
export const addResults = (
  query: SubjectQuery,
  run: string,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  insert into run_result
  select s.n, ${run}::uuid, s.loan_period_id, ${sql.raw(query.answer)},
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

/** The determination's id is made here, so that the claim can name it without reading it back. */
export const recordDeterminations: RawBuilder<unknown> = sql`
  create temporary table run_claim on commit drop as
  with recorded as (
    insert into determination (id, run_id, subject_kind, subject_id, answer, conditions_passed, conditions_unknown,
      compliance_passed, compliance_unknown, amount_fen, inputs, input_sha256)
    select new_id(), r.run_id, 'loan_period', r.loan_period_id, r.answer, r.conditions_passed, r.conditions_unknown,
      r.compliance_passed, r.compliance_unknown, ${RESULT_AMOUNT}, r.inputs,
      sha256(convert_to(r.inputs::text, 'UTF8'))
    from run_result r order by r.n
    returning id, subject_id, answer, amount_fen
  )
  select r.id as determination_id, r.answer, r.amount_fen, f.loan_period_id, f.organisation_id, f.bank_code,
    f.loan_id, f.quarter, f.town_code, coalesce(f.interest_paid_fen, 0) as interest_fen
  from recorded r join run_fact f on f.loan_period_id = r.subject_id`

/** The town is no input of the rules: where the register corrected it, the claim alone follows. */
export const moveClaims: RawBuilder<unknown> = sql`
  update claim c
  set town_code = f.town_code, updated_at = now()
  from run_organisation h join run_fact f on f.organisation_id = h.organisation_id and f.period_to = h.day
  where c.id = f.loan_period_id and c.town_code is distinct from f.town_code`

/** Most claims of a run are new: those that are not are changed first, and the rest added. */
export const updateClaims: RawBuilder<unknown> = sql`
  update claim c
  set determination_id = r.determination_id, answer = r.answer, interest_fen = r.interest_fen,
    amount_fen = r.amount_fen, updated_at = now()
  from run_claim r where c.id = r.loan_period_id`

export const insertClaims: RawBuilder<unknown> = sql`
  insert into claim (id, organisation_id, bank_code, loan_id, quarter, town_code, determination_id, answer,
    interest_fen, amount_fen)
  select r.loan_period_id, r.organisation_id, r.bank_code, r.loan_id, r.quarter, r.town_code, r.determination_id,
    r.answer, r.interest_fen, r.amount_fen
  from run_claim r
  on conflict (id) do nothing`

/** Reported interest that does not agree waits for the bank or an officer. */
export const openDiscrepancies = (toleranceFen: bigint, day: PlainDate): RawBuilder<unknown> => sql`
  insert into discrepancy (id, loan_period_id, reported_fen, computed_fen, tolerance_fen, opened_on)
  select new_id(), s.loan_period_id, s.interest_due_fen, coalesce(s.interest_computed_fen, 0), ${toleranceFen}, ${day}
  from run_subject s
  where s.interest_agrees is null and s.interest_due_fen is not null
  on conflict (loan_period_id) where closed_on is null
  do update set reported_fen = excluded.reported_fen, computed_fen = excluded.computed_fen`

export const closeDiscrepancies = (day: PlainDate): RawBuilder<unknown> => sql`
  update discrepancy d
  set closed_on = ${day}, closed_by = coalesce(d.closed_by, 'determine-claims'),
    closing_reason = coalesce(d.closing_reason, 'corrected')
  from run_subject s
  where d.loan_period_id = s.loan_period_id and d.closed_on is null
    and (s.interest_agrees or s.interest_due_fen is null)`
