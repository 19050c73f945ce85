-- The digital loan: filed projects, loans as banks report them, settled interest, subsidy claims and their batches.

create table filing (
  id uuid primary key,
  filing_number text not null unique,
  organisation_id uuid not null references organisation (id),
  project_name text not null,
  approval_number text,
  site_town_code text references town (code),
  site_in_city boolean,
  contract_signed_on date,
  verified_investment_fen bigint check (verified_investment_fen >= 0),
  civil_works_fen bigint check (civil_works_fen >= 0),
  filed_on date not null,
  state text not null check (state in ('in_force', 'completed', 'revoked')),
  source_id uuid not null references source (id),
  recorded_at timestamptz not null default now()
);
create index filing_organisation on filing (organisation_id);
comment on table filing is 'Projects on file (备案). That a filing lapses without a loan is decided by the rules, from filed_on.';
comment on column filing.approval_number is 'Approval or record number of the investment project (核准或备案)';

create table loan (
  id uuid primary key,
  bank_code text not null references bank (code),
  loan_receipt text not null,
  organisation_id uuid not null references organisation (id),
  filing_id uuid references filing (id),
  filing_number text,
  product text not null,
  principal_fen bigint not null check (principal_fen > 0),
  annual_rate numeric(9, 6) not null check (annual_rate >= 0 and annual_rate < 1),
  day_count text not null check (day_count in ('ACT/360', 'ACT/365', '30/360')),
  settlement text not null check (settlement in ('quarterly', 'monthly')),
  granted_on date not null,
  matures_on date not null,
  refinances_loan_receipt text,
  message_id uuid not null references bank_message (id) deferrable initially deferred,
  reversed_by uuid references bank_message (id) deferrable initially deferred
);
create unique index loan_in_force on loan (bank_code, loan_receipt) where reversed_by is null;
create index loan_organisation on loan (organisation_id);
create index loan_filing on loan (filing_id);
comment on table loan is 'Loans as granted; what happened since stands in loan_event. loan_receipt: 借据号.';
comment on column loan.filing_id is 'Of the same enterprise; null where the reported number is not on file for it';
comment on column loan.filing_number is 'As the bank reported it; null where the borrower named none';
comment on column loan.reversed_by is 'The bank took the contract back: the loan counts for nothing. Its events are reversed here and stand on the loan that is granted anew under the same receipt';

create table loan_event (
  id uuid primary key,
  seq bigint generated always as identity,
  loan_id uuid not null references loan (id),
  kind text not null check (kind in ('drawdown', 'repayment', 'early_repayment', 'rate_change', 'extension', 'overdue', 'cured', 'refinanced', 'interest_settled')),
  occurred_on date not null,
  amount_fen bigint check (amount_fen >= 0),
  annual_rate numeric(9, 6),
  matures_on date,
  filing_number text,
  refinances_loan_receipt text,
  period_from date,
  interest_due_fen bigint check (interest_due_fen >= 0),
  interest_paid_fen bigint check (interest_paid_fen >= 0),
  penalty_paid_fen bigint check (penalty_paid_fen >= 0),
  reverses_id uuid references loan_event (id) deferrable initially deferred,
  message_id uuid not null references bank_message (id) deferrable initially deferred,
  recorded_at timestamptz not null default now()
);
create index loan_event_loan on loan_event (loan_id, occurred_on, seq);
create index loan_event_arrears on loan_event (loan_id, occurred_on) where kind in ('overdue', 'cured');
create unique index loan_event_reversed_once on loan_event (reverses_id) where reverses_id is not null;
comment on table loan_event is 'Append-only. A reversal repeats the kind of the event it takes back and names it in reverses_id; both then count for nothing.';
comment on column loan_event.amount_fen is 'Principal drawn or repaid, or principal overdue';
comment on column loan_event.filing_number is 'extension: the new filing, where the bank names one';
comment on column loan_event.message_id is 'The message that reported it; of a reversal the one that brought it about';
comment on column loan_event.period_from is 'interest_settled: first day of the period; occurred_on is the settlement day, the first day of the next';
comment on column loan_event.penalty_paid_fen is 'Penalty and compound interest paid: reported apart, never subsidised';

create table loan_period (
  id uuid primary key,
  loan_id uuid not null references loan (id),
  organisation_id uuid not null references organisation (id),
  bank_code text not null references bank (code),
  period_from date not null,
  period_to date not null,
  calendar_year integer not null,
  quarter text not null,
  interest_accepted_fen bigint,
  unique (loan_id, period_to)
);
create index loan_period_organisation on loan_period (organisation_id, calendar_year, period_to);
comment on table loan_period is 'The subject of the interest-subsidy policy: a loan in one settlement period. Its facts are gathered from their tables when it is determined and kept with the determination.';
comment on column loan_period.period_to is 'The settlement day; the day itself belongs to the next period';
comment on column loan_period.calendar_year is 'Of the settlement day: the year whose cap the interest counts against';
comment on column loan_period.quarter is 'Of the settlement day, such as 2022Q2';
comment on column loan_period.interest_accepted_fen is 'The reported amount that an officer accepted although it differs from the computed';

create table period_to_determine (
  loan_period_id uuid not null,
  organisation_id uuid not null,
  calendar_year integer not null
);
comment on table period_to_determine is 'Periods of which something that a determination reads has changed since. Whoever changes it adds a row, whether or not there is one; a run takes away the rows it finds before it reads the facts, so that a change it did not see stays for the next. Without keys on purpose: nobody waits for anybody here.';

create table claim (
  id uuid primary key,
  organisation_id uuid not null,
  bank_code text not null,
  loan_id uuid not null,
  quarter text not null,
  town_code text,
  determination_id uuid not null references determination (id),
  answer text not null check (answer in ('eligible', 'ineligible', 'unknown', 'suspended')),
  interest_fen bigint not null,
  amount_fen bigint not null check (amount_fen >= 0),
  batched_fen bigint not null default 0,
  paid_fen bigint not null default 0,
  updated_at timestamptz not null default now()
);
create index claim_organisation on claim (organisation_id);
create index claim_quarter on claim (quarter, answer, id);
create index claim_owed on claim (organisation_id) where answer <> 'suspended' and amount_fen <> batched_fen;
comment on table claim is 'The subsidy of one loan period as the newest determination has it. amount_fen − batched_fen is what the next batch must still pay (or take back, if negative), unless the claim is suspended: then nothing moves.';
comment on column claim.id is 'That of the loan period it is for, from which it is made';
comment on column claim.loan_id is 'With organisation, bank and quarter copied from the period, whose own keys hold: a check of each for every claim would cost more than the claim';
comment on column claim.interest_fen is 'Contract interest that was paid, as reported';

create table claim_figure (
  quarter text not null,
  bank_code text not null,
  town_code text not null,
  answer text not null,
  claims bigint not null default 0,
  interest_fen bigint not null default 0,
  amount_fen bigint not null default 0,
  batched_fen bigint not null default 0,
  paid_fen bigint not null default 0,
  primary key (quarter, bank_code, town_code, answer)
);
comment on table claim_figure is 'Sums over claim, kept by its triggers in the transaction of each change: what overviews read. town_code is empty where the town is not known.';

-- Statement triggers over transition tables: one grouped upsert a statement, however many claims it touches. Row
-- triggers would lock the same few sums a hundred thousand times; sums made when asked read every claim.
create function claim_figure_add() returns trigger language plpgsql as $$
begin
  insert into claim_figure as f
  select quarter, bank_code, coalesce(town_code, ''), answer, count(*), sum(interest_fen), sum(amount_fen),
    sum(batched_fen), sum(paid_fen)
  from added group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (quarter, bank_code, town_code, answer) do update
  set claims = f.claims + excluded.claims, interest_fen = f.interest_fen + excluded.interest_fen,
    amount_fen = f.amount_fen + excluded.amount_fen, batched_fen = f.batched_fen + excluded.batched_fen,
    paid_fen = f.paid_fen + excluded.paid_fen;
  return null;
end $$;

create function claim_figure_change() returns trigger language plpgsql as $$
begin
  insert into claim_figure as f
  select quarter, bank_code, coalesce(town_code, ''), answer, sum(claims), sum(interest_fen), sum(amount_fen),
    sum(batched_fen), sum(paid_fen)
  from (
    select quarter, bank_code, town_code, answer, 1 as claims, interest_fen, amount_fen, batched_fen, paid_fen from added
    union all
    select quarter, bank_code, town_code, answer, -1, -interest_fen, -amount_fen, -batched_fen, -paid_fen from removed
  ) changes group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (quarter, bank_code, town_code, answer) do update
  set claims = f.claims + excluded.claims, interest_fen = f.interest_fen + excluded.interest_fen,
    amount_fen = f.amount_fen + excluded.amount_fen, batched_fen = f.batched_fen + excluded.batched_fen,
    paid_fen = f.paid_fen + excluded.paid_fen;
  return null;
end $$;

create trigger claim_figure_add after insert on claim
  referencing new table as added for each statement execute function claim_figure_add();
create trigger claim_figure_change after update on claim
  referencing old table as removed new table as added for each statement execute function claim_figure_change();

create table loan_figure (
  bank_code text not null,
  town_code text not null,
  loans bigint not null,
  principal_fen bigint not null,
  primary key (bank_code, town_code)
);
comment on table loan_figure is 'Sums over loan, kept by its trigger. town_code is empty where the town is not known.';

create function loan_figure_add() returns trigger language plpgsql as $$
begin
  insert into loan_figure as f
  select l.bank_code, coalesce(o.town_code, ''), count(*), sum(l.principal_fen)
  from added l join organisation o on o.id = l.organisation_id
  group by 1, 2 order by 1, 2
  on conflict (bank_code, town_code) do update
  set loans = f.loans + excluded.loans, principal_fen = f.principal_fen + excluded.principal_fen;
  return null;
end $$;
create trigger loan_figure_add after insert on loan
  referencing new table as added for each statement execute function loan_figure_add();

create table discrepancy (
  id uuid primary key,
  loan_period_id uuid not null references loan_period (id),
  reported_fen bigint not null,
  computed_fen bigint not null,
  tolerance_fen bigint not null,
  opened_on date not null,
  closed_on date,
  closed_by text,
  closing_reason text
);
create unique index discrepancy_open on discrepancy (loan_period_id) where closed_on is null;
comment on table discrepancy is 'Reported interest that differs from computed interest by more than the tolerance: the bank corrects it, or an officer accepts it with a reason.';

create table subsidy_batch (
  id uuid primary key,
  number text not null unique,
  quarter text not null,
  budget_year integer not null,
  state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'ordered', 'closed')),
  claim_count integer not null,
  total_fen bigint not null check (total_fen >= 0),
  prepared_by text not null,
  prepared_by_name text not null,
  prepared_on date not null,
  submitted_on date,
  decided_by text,
  decided_by_name text,
  decided_on date,
  payable_from date,
  constraint two_persons check (decided_by is null or decided_by <> prepared_by)
);
create unique index subsidy_batch_in_preparation on subsidy_batch ((true)) where state in ('draft', 'submitted', 'returned');
comment on table subsidy_batch is 'The quarter''s batch: prepared by one officer, decided by another, noticed to the public, ordered from the treasury. One is in preparation at a time.';
comment on column subsidy_batch.payable_from is 'The first day after the public notice; payment may be ordered from then on';

create table subsidy_batch_line (
  batch_id uuid not null references subsidy_batch (id),
  claim_id uuid not null references claim (id),
  determination_id uuid not null references determination (id),
  organisation_id uuid not null references organisation (id),
  amount_fen bigint not null check (amount_fen <> 0),
  state text not null default 'batched' check (state in ('batched', 'ordered', 'paid', 'rejected')),
  payment_order_id uuid references payment_order (id),
  primary key (batch_id, claim_id)
);
create index subsidy_batch_line_claim on subsidy_batch_line (claim_id);
create index subsidy_batch_line_order on subsidy_batch_line (payment_order_id);
create index subsidy_batch_line_unpaid on subsidy_batch_line (batch_id) where state in ('batched', 'rejected');
comment on column subsidy_batch_line.amount_fen is 'Negative: taken back because a correction lowered the claim after it was paid; set off against the enterprise''s other lines of the batch';
comment on column subsidy_batch_line.state is 'rejected: the treasury could not pay; paid in the next payment batch, when the enterprise has corrected its account';

create table subsidy_batch_remark (
  id uuid primary key,
  seq bigint generated always as identity,
  batch_id uuid not null references subsidy_batch (id),
  claim_id uuid references claim (id),
  kind text not null check (kind in ('note', 'sample_checked', 'submitted', 'returned', 'approved', 'ordered')),
  text text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  business_date date not null,
  recorded_at timestamptz not null default now()
);
create index subsidy_batch_remark_batch on subsidy_batch_remark (batch_id, seq);
comment on table subsidy_batch_remark is 'Append-only. Notes, what was checked in the sample, and each step of the batch with who took it.';
