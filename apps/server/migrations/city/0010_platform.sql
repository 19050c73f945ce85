-- What every module stands on: the business date, the working-day calendar, the audit trail, seals, notices to people.

create table platform_clock (
  only_one boolean primary key default true check (only_one),
  business_date date
);
insert into platform_clock default values;
comment on table platform_clock is 'The business date. Null follows the wall clock of the city; a demonstration sets it.';

create table calendar_day (
  day date primary key,
  working boolean not null,
  name text,
  source text not null
);
comment on table calendar_day is 'Days that differ from the week: public holidays and the weekends worked in exchange. Every other Monday to Friday is a working day.';

create table town (
  code text primary key,
  name text not null,
  aliases text[] not null default '{}',
  valid_from date,
  valid_to date,
  successor_code text
);
comment on table town is 'Towns and sub-districts (镇街) by statistical division code, with retired ones and what they became.';

create table audit_event (
  id uuid primary key,
  seq bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  recorded_at timestamptz not null default now(),
  business_date date not null,
  actor text not null,
  actor_role text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null default '{}'
);
create index audit_event_subject on audit_event (subject_kind, subject_id, seq);
comment on table audit_event is 'Append-only. Who did what to what, written in the transaction of the change itself.';

create table seal (
  id uuid primary key,
  stream text not null check (stream in ('audit_event', 'bank_message', 'determination', 'journal_entry')),
  number bigint not null,
  from_transaction xid8 not null,
  to_transaction xid8 not null,
  row_count bigint not null,
  previous_hash bytea,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  unique (stream, number)
);
comment on table seal is 'Append-only. A SHA-256 chain over the rows of a stream that committed between two transaction ids.';

create table notification (
  id uuid primary key,
  organisation_id uuid not null,
  kind text not null,
  parameters jsonb not null default '{}',
  business_date date not null,
  recorded_at timestamptz not null default now(),
  read_at timestamptz
);
create index notification_organisation on notification (organisation_id, recorded_at desc);
comment on table notification is 'What an enterprise was told. The sentence is made from kind and parameters in the reader''s language.';
