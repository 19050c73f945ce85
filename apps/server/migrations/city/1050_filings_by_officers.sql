-- Filings are entered, changed and withdrawn by officers, one by one or by the file.

alter table organisation_import
  add column kind text not null default 'organisations' check (kind in ('organisations', 'filings'));
comment on column organisation_import.kind is 'What the file was of: organisations of the registry, or filings of projects';
comment on table organisation_import is 'Append-only. Each file that was read, or tried: what it brought and what was wrong with it.';

alter table source add column reason text;
comment on column source.reason is 'Why, in the words of the person who stated it: the document that it rests on';

-- Names are part of the history from now on; a filing that has another name than its first version got it before.
alter table filing_version add column project_name text;
update filing_version v set project_name = f.project_name from filing f where f.id = v.filing_id and v.version = 1;
comment on column filing_version.project_name is 'Nothing is decided from it; it is kept because it is changed with the facts';

create or replace function filing_add_version() returns trigger language plpgsql as $$
begin
  insert into filing_version (filing_id, version, source_id, project_name, approval_number, site_town_code,
    site_in_city, contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state)
  select id, 1, source_id, project_name, approval_number, site_town_code, site_in_city, contract_signed_on,
    verified_investment_fen, civil_works_fen, filed_on, state
  from added;
  insert into period_to_determine
  select p.id, p.organisation_id, p.calendar_year
  from loan_period p where p.organisation_id in (select organisation_id from added);
  return null;
end $$;

create or replace function filing_change_version() returns trigger language plpgsql as $$
begin
  insert into filing_version (filing_id, version, source_id, changed, project_name, approval_number, site_town_code,
    site_in_city, contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state)
  select f.id, (select max(v.version) + 1 from filing_version v where v.filing_id = f.id), f.source_id, c.facts,
    f.project_name, f.approval_number, f.site_town_code, f.site_in_city, f.contract_signed_on,
    f.verified_investment_fen, f.civil_works_fen, f.filed_on, f.state
  from added f
  join removed o on o.id = f.id
  cross join lateral (
    select array_remove(array[
      case when f.project_name is distinct from o.project_name then 'project_name' end,
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

-- A bank may report a loan before its project is on file here: the next run finds such loans by the number.
create index loan_without_filing on loan (filing_number) where filing_id is null and filing_number is not null;
comment on column loan.filing_id is 'Of the same enterprise; null while the reported number is not on file for it';
