-- Organisations by unified social credit code, each fact with its source.

create table source (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('file', 'register', 'bank', 'person', 'generated')),
  as_of date not null,
  file_name text,
  file_sha256 bytea,
  recorded_at timestamptz not null default now(),
  recorded_by text not null
);
comment on table source is 'Append-only. Where facts came from: a file, a register, a bank, a person, or the generator of demonstration data.';

create table organisation (
  id uuid primary key,
  credit_code text not null unique,
  code_check text not null default 'valid' check (code_check in ('valid', 'overridden')),
  name text not null,
  kind text,
  established_on date,
  capital numeric(24, 6),
  capital_currency text,
  business_scope text,
  address text,
  division_code text,
  town_code text references town (code),
  status text,
  industry_code text,
  size_class text check (size_class in ('large', 'medium', 'small', 'micro')),
  dishonest boolean,
  source_id uuid not null references source (id),
  updated_at timestamptz not null default now()
);
create index organisation_town on organisation (town_code);
comment on table organisation is 'The facts in force, one typed column each: what rules and lists read. History stands in organisation_version.';
comment on column organisation.credit_code is 'GB 32100-2015, normalised';
comment on column organisation.code_check is 'overridden: the check digit is wrong and evidence that the code is real was filed (credit_code_override)';
comment on column organisation.capital is 'In units of the currency (not 万), as registered';
comment on column organisation.division_code is 'GB/T 2260 code of the place of registration, where known';
comment on column organisation.town_code is 'Found in the address; null where the address does not say';
comment on column organisation.dishonest is 'On the list of dishonest judgment debtors (失信被执行人); null: not known';

create table organisation_version (
  organisation_id uuid not null references organisation (id),
  version integer not null,
  source_id uuid not null references source (id),
  recorded_at timestamptz not null default now(),
  facts jsonb not null,
  primary key (organisation_id, version)
);
comment on table organisation_version is 'Append-only. Each change of an organisation: the facts that changed, as they then stood, and where they came from.';

create table credit_code_override (
  credit_code text primary key,
  reason text not null,
  evidence text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
comment on table credit_code_override is 'Append-only. Codes whose check digit is wrong and that are real all the same, with the evidence.';
