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

-- No foreign keys to source and town, nor from a version to its organisation: both sides are written by the registry
-- alone, sources and versions cannot be deleted, towns only ever retire, and look-ups for each of a million rows
-- would take a third of an import. What programs state is checked against the towns as a set. The code compares by bytes (collate "C") on any server, so that its index serves prefixes.

create table organisation (
  id uuid primary key,
  credit_code text collate "C" not null unique,
  code_check text not null default 'valid' check (code_check in ('valid', 'overridden')),
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
  size_class text check (size_class in ('large', 'medium', 'small', 'micro')),
  dishonest boolean,
  source_id uuid not null,
  updated_at timestamptz not null default now()
);
create index organisation_town on organisation (town_code, credit_code) where town_code is not null;
comment on table organisation is 'The facts in force, one typed column each: what rules and lists read. They are what the versions in organisation_version add up to.';
comment on column organisation.credit_code is 'GB 32100-2015, normalised';
comment on column organisation.code_check is 'overridden: the check digit is wrong and evidence that the code is real was filed (credit_code_override)';
comment on column organisation.capital is 'In units of the currency (not 万), as registered';
comment on column organisation.capital_currency is 'ISO 4217; null where the spelling did not say';
comment on column organisation.division_code is 'GB/T 2260 code of the place of registration, where known';
comment on column organisation.town_code is 'Found in the address; null where the address does not say';
comment on column organisation.status is '存续, 吊销, 注销, 撤销, 迁出, 停业';
comment on column organisation.industry_code is 'GB/T 4754-2017, two to four digits';
comment on column organisation.dishonest is 'On the list of dishonest judgment debtors (失信被执行人); null: not known';
comment on column organisation.source_id is 'The source of the latest change';

create table organisation_version (
  organisation_id uuid not null,
  version integer not null,
  source_id uuid not null,
  recorded_at timestamptz not null default now(),
  changed text[],
  name text,
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
  primary key (organisation_id, version)
);
comment on table organisation_version is 'Append-only. Each change of an organisation: the facts that it sets, as they then stood, and where they came from.';
comment on column organisation_version.changed is 'The names of the facts that this version sets, null among their values being a value; null: the first version, which sets all';

create table credit_code_override (
  credit_code text collate "C" primary key,
  reason text not null,
  evidence text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
comment on table credit_code_override is 'Append-only. Codes whose check digit is wrong and that are real all the same, with the evidence.';

-- Search by any part of a name. A name is the set of its pairs of neighbouring characters, each pair one integer:
-- exact for Chinese, and the same on every server, whatever its locale (trigrams of pg_trgm need three characters
-- and a locale that calls them letters). The index is filled after an import, not within it.

create table organisation_search (
  organisation_id uuid primary key,
  name text not null,
  pairs integer[] not null
);
create index organisation_search_pairs on organisation_search using gin (pairs);
comment on table organisation_search is 'Names folded (half-width, upper case, without spaces and brackets) and their pairs of characters, for search.';
comment on column organisation_search.pairs is 'UTF-16 units, two by two: first << 16 | second';

create table organisation_search_due (
  first_id uuid not null,
  last_id uuid not null
);
comment on table organisation_search_due is 'Organisations that were added or renamed and whose names are not in organisation_search yet: an import as one range of identifiers, both ends counted; a renamed one as a range of one.';

create table organisation_import (
  id uuid primary key,
  recorded_at timestamptz not null default now(),
  recorded_by text not null,
  source_id uuid,
  file_name text not null,
  file_sha256 bytea not null,
  dry_run boolean not null,
  row_count bigint not null,
  created bigint not null,
  updated bigint not null,
  unchanged bigint not null,
  rejected bigint not null,
  warnings bigint not null,
  seconds numeric(12, 3) not null,
  problem_counts jsonb not null
);
create index organisation_import_recent on organisation_import (recorded_at desc);
comment on table organisation_import is 'Append-only. Each file that was read into the registry, or tried: what it brought and what was wrong with it.';
comment on column organisation_import.source_id is 'Null where nothing changed';
comment on column organisation_import.problem_counts is 'How often each problem occurred; organisation_import_problem keeps the first of each';

create table organisation_import_problem (
  import_id uuid not null,
  number integer not null,
  line integer not null,
  code text not null,
  column_name text not null,
  value text not null,
  detail text not null,
  primary key (import_id, number)
);
comment on table organisation_import_problem is 'Append-only. What was wrong in a file, by line and column; the sentence is made from the code in the reader''s language.';
