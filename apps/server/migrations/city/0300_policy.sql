-- Policies as versions of executable rules; what they decided, for whom, from what.

create table policy_version (
  id uuid primary key,
  policy text not null,
  version integer not null,
  title text not null,
  model_file text not null,
  model_xml text not null,
  model_sha256 bytea not null,
  manifest jsonb not null,
  effective_from date not null,
  effective_to date,
  recorded_at timestamptz not null default now(),
  recorded_by text not null,
  unique (policy, version),
  unique (policy, model_sha256)
);
comment on table policy_version is 'Append-only. A DMN model with the manifest that says which decision answers, which conditions count, and where each clause comes from.';

create table parameter (
  id uuid primary key,
  policy text not null,
  name text not null,
  value text not null,
  type text not null check (type in ('number', 'date', 'boolean', 'text')),
  unit text,
  effective_from date not null,
  effective_to date,
  source text not null,
  verified boolean not null,
  recorded_at timestamptz not null default now(),
  unique (policy, name, effective_from)
);
comment on table parameter is 'Append-only. Each threshold, rate, cap and deadline as a dated record with its source; verified false: a default that the city has still to confirm.';

create table determination_run (
  id uuid primary key,
  policy_version_id uuid not null references policy_version (id),
  as_of date not null,
  parameters jsonb not null,
  recorded_at timestamptz not null default now(),
  subject_count integer not null,
  sample_count integer not null,
  sample_disagreements integer not null check (sample_disagreements = 0)
);
comment on table determination_run is 'Append-only. One set-based run; a sample of it was evaluated singly as well and had to agree.';

comment on column determination_run.parameters is 'The policy''s parameters as they stood for the subjects of this run';

create table determination (
  id uuid primary key,
  seq bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  run_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  answer text not null check (answer in ('eligible', 'ineligible', 'unknown', 'suspended')),
  conditions_passed bigint not null,
  conditions_unknown bigint not null,
  compliance_passed bigint not null,
  compliance_unknown bigint not null,
  amount_fen bigint not null check (amount_fen >= 0),
  inputs json not null,
  input_sha256 bytea not null,
  recorded_at timestamptz not null default now()
);
create index determination_subject on determination (subject_id);
comment on table determination is 'Append-only. What the rules said of one subject, with the inputs they saw; the full explanation is rebuilt from these and is the same every time.';
comment on column determination.run_id is 'Its run is written in the same transaction, once for all of them: a check of each row would find the same row every time';
comment on column determination.inputs is 'As text, byte for byte what input_sha256 is the hash of';
comment on column determination.conditions_passed is 'Bit i: condition i of the eligibility table is met';
comment on column determination.conditions_unknown is 'Bit i: condition i could not be tested because its fact is missing';
