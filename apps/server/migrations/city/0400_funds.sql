-- Money: accounts, a double-entry journal in fen, payment batches to the treasury and what came back.

create table fund_account (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('appropriation', 'available', 'held', 'ordered', 'paid', 'recoverable')),
  name text not null,
  budget_year integer not null,
  bank_code text references bank (code),
  balance_fen bigint not null default 0,
  constraint never_overdrawn check (kind in ('appropriation') or balance_fen >= 0)
);
comment on table fund_account is 'Accounts of the programme, one of each kind a budget year. Debits add, credits take away; the appropriation account is the counterpart and carries the credit side.';
comment on column fund_account.code is 'Budget year and kind: 2022-held. Accounts are locked in the order of their codes';
comment on column fund_account.kind is 'appropriation 预算安排 (credit) · available 可用 · held 冻结 · ordered 在途 · paid 已拨付 · recoverable 应收回';

create table journal_entry (
  id uuid primary key,
  seq bigint generated always as identity unique,
  transaction_id xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in ('appropriate', 'hold', 'release', 'order', 'settle', 'reject', 'return', 'recover', 'restore')),
  business_date date not null,
  recorded_at timestamptz not null default now(),
  reference_kind text not null,
  reference_id uuid not null,
  memo text not null,
  actor text not null,
  corrects_id uuid references journal_entry (id)
);
create index journal_entry_reference on journal_entry (reference_kind, reference_id);
comment on table journal_entry is 'Append-only. A correction is a new entry that names what it corrects.';
comment on column journal_entry.kind is 'appropriate 安排 · hold 冻结 · release 解冻 · order 下达 · settle 到账 · reject 退回(未付) · return 退汇(已付后退回) · recover 确认应收回 · restore 收回入账';
comment on column journal_entry.reference_kind is 'What the money moved for: the table whose row reference_id is';

create table journal_line (
  entry_id uuid not null references journal_entry (id),
  line smallint not null,
  account_id uuid not null references fund_account (id),
  amount_fen bigint not null check (amount_fen <> 0),
  primary key (entry_id, line)
);
create index journal_line_account on journal_line (account_id);
comment on table journal_line is 'Append-only. Debit positive, credit negative; the lines of an entry add up to nothing.';

create function journal_entry_balances() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(amount_fen), 0) <> 0 or count(*) < 2 from journal_line where entry_id = new.id) then
    raise exception 'journal entry % does not balance', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger journal_entry_balances after insert on journal_entry
  deferrable initially deferred for each row execute function journal_entry_balances();

create function journal_line_of_new_entry() returns trigger language plpgsql as $$
begin
  if (select transaction_id <> pg_current_xact_id() from journal_entry where id = new.entry_id) then
    raise exception 'journal entry % is closed', new.entry_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger journal_line_of_new_entry before insert on journal_line
  for each row execute function journal_line_of_new_entry();
comment on function journal_line_of_new_entry is 'A line may only be written in the transaction that writes its entry.';

create table payee_account (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  holder_name text not null,
  account_number text not null,
  bank_code text not null,
  state text not null default 'in_force' check (state in ('in_force', 'rejected', 'replaced')),
  rejected_reason text,
  source_id uuid not null references source (id),
  recorded_at timestamptz not null default now(),
  recorded_by text not null
);
create unique index payee_account_in_force on payee_account (organisation_id) where state = 'in_force';
create index payee_account_organisation on payee_account (organisation_id);
comment on table payee_account is 'The account into which an enterprise is paid: known from a bank''s report, corrected by the enterprise when the treasury rejects it.';
comment on column payee_account.account_number is 'Shown masked; never logged';

create table payment_batch (
  id uuid primary key,
  number text not null unique,
  budget_year integer not null,
  total_fen bigint not null check (total_fen > 0),
  order_count integer not null check (order_count > 0),
  state text not null check (state in ('sent', 'acknowledged', 'settled')),
  business_date date not null,
  recorded_at timestamptz not null default now(),
  recorded_by text not null
);

create table payment_order (
  id uuid primary key,
  end_to_end_id text not null unique,
  payment_batch_id uuid not null references payment_batch (id),
  organisation_id uuid not null references organisation (id),
  payee_account_id uuid not null references payee_account (id),
  amount_fen bigint not null check (amount_fen > 0),
  reference text not null,
  remittance text not null,
  state text not null check (state in ('ordered', 'settled', 'rejected', 'returned')),
  reason_code text,
  settled_on date,
  treasury_reference text
);
create index payment_order_batch on payment_order (payment_batch_id);
create index payment_order_organisation on payment_order (organisation_id);
comment on column payment_order.end_to_end_id is 'Travels with the payment and comes back in every receipt: what receipts are matched on';
comment on column payment_order.reference is 'The caller''s number for what is paid, such as the number of the subsidy batch; travels with the payment';
comment on column payment_order.remittance is 'What the payee reads: which subsidy, for what period';
comment on column payment_order.state is 'rejected: never paid; returned: paid and sent back by the payee''s bank. Both times the money is held again';
comment on column payment_order.reason_code is 'ISO 20022 external status reason code of a rejection, such as AC01';

create table receipt_transaction (
  treasury_file_id uuid not null references treasury_file (id),
  position integer not null,
  kind text not null check (kind in ('pain.002.001.11', 'camt.054.001.08')),
  end_to_end_id text,
  payment_order_id uuid references payment_order (id),
  status_code text not null,
  reason_code text,
  amount_fen bigint,
  booked_on date,
  treasury_reference text,
  outcome text not null check (outcome in (
    'settled', 'rejected', 'returned', 'pending', 'confirmed',
    'unknown_payment', 'unknown_status', 'amount_differs', 'account_differs', 'batch_differs',
    'already_settled', 'already_rejected', 'rejected_after_settlement', 'settled_after_rejection')),
  recorded_at timestamptz not null default now(),
  primary key (treasury_file_id, position)
);
create index receipt_transaction_order on receipt_transaction (payment_order_id);
create index receipt_transaction_problem on receipt_transaction (recorded_at)
  where outcome not in ('settled', 'rejected', 'returned', 'pending', 'confirmed');
comment on table receipt_transaction is 'Append-only. Each transaction that a receipt of the treasury speaks of, and what came of it; an outcome that moved no money and should have is a problem for the finance officer.';
comment on column receipt_transaction.position is 'Counted from 1, in the order of the file';
comment on column receipt_transaction.outcome is 'confirmed: the other kind of receipt said the same of this payment before';
