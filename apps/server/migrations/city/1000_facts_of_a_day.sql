-- A claim is decided by the facts of its settlement day, however late it is determined again: what filings said is
-- kept as it changes, as it is for organisations.

create table filing_version (
  filing_id uuid not null references filing (id),
  version integer not null,
  source_id uuid not null,
  recorded_at timestamptz not null default now(),
  changed text[],
  approval_number text,
  site_town_code text,
  site_in_city boolean,
  contract_signed_on date,
  verified_investment_fen bigint,
  civil_works_fen bigint,
  filed_on date,
  state text,
  primary key (filing_id, version)
);
comment on table filing_version is 'Append-only. Each change of a filing, written by its triggers: the facts that it sets, and where they came from. Its source''s as-of date says from which day they hold; a change that names no new source corrects what the old one said.';
comment on column filing_version.changed is 'The names of the facts that this version sets, null among their values being a value; null: the first version, which sets all';

insert into filing_version (filing_id, version, source_id, recorded_at, approval_number, site_town_code, site_in_city,
  contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state)
select id, 1, source_id, recorded_at, approval_number, site_town_code, site_in_city, contract_signed_on,
  verified_investment_fen, civil_works_fen, filed_on, state
from filing;

-- Projects of an enterprise are counted and draw on its investment together: with one, all its periods are to be
-- determined again.
create function filing_add_version() returns trigger language plpgsql as $$
begin
  insert into filing_version (filing_id, version, source_id, approval_number, site_town_code, site_in_city,
    contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state)
  select id, 1, source_id, approval_number, site_town_code, site_in_city, contract_signed_on,
    verified_investment_fen, civil_works_fen, filed_on, state
  from added;
  insert into period_to_determine
  select p.id, p.organisation_id, p.calendar_year
  from loan_period p where p.organisation_id in (select organisation_id from added);
  return null;
end $$;

create function filing_change_version() returns trigger language plpgsql as $$
begin
  insert into filing_version (filing_id, version, source_id, changed, approval_number, site_town_code, site_in_city,
    contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state)
  select f.id, (select max(v.version) + 1 from filing_version v where v.filing_id = f.id), f.source_id, c.facts,
    f.approval_number, f.site_town_code, f.site_in_city, f.contract_signed_on, f.verified_investment_fen,
    f.civil_works_fen, f.filed_on, f.state
  from added f
  join removed o on o.id = f.id
  cross join lateral (
    select array_remove(array[
      case when f.approval_number is distinct from o.approval_number then 'approval_number' end,
      case when f.site_town_code is distinct from o.site_town_code then 'site_town_code' end,
      case when f.site_in_city is distinct from o.site_in_city then 'site_in_city' end,
      case when f.contract_signed_on is distinct from o.contract_signed_on then 'contract_signed_on' end,
      case when f.verified_investment_fen is distinct from o.verified_investment_fen then 'verified_investment_fen' end,
      case when f.civil_works_fen is distinct from o.civil_works_fen then 'civil_works_fen' end,
      case when f.filed_on is distinct from o.filed_on then 'filed_on' end,
      case when f.state is distinct from o.state then 'state' end], null) as facts) c
  where c.facts <> '{}';
  insert into period_to_determine
  select p.id, p.organisation_id, p.calendar_year
  from loan_period p where p.organisation_id in (select organisation_id from added);
  return null;
end $$;

create trigger filing_add_version after insert on filing
  referencing new table as added for each statement execute function filing_add_version();
create trigger filing_change_version after update on filing
  referencing old table as removed new table as added for each statement execute function filing_change_version();

-- Nearly all organisations and filings have one version and are read as they stand; these find the others.
create index filing_version_changed on filing_version (filing_id) where version > 1;
create index organisation_version_changed on organisation_version (organisation_id) where version > 1;
create index organisation_version_source on organisation_version (source_id) where version > 1;
