-- A contract that its bank takes back was still counted, and once more when it was granted anew.

create function loan_figure_take_back() returns trigger language plpgsql as $$
begin
  insert into loan_figure as f
  select a.bank_code, coalesce(o.town_code, ''), -count(*), -sum(a.principal_fen)
  from added a join removed r on r.id = a.id join organisation o on o.id = a.organisation_id
  where r.reversed_by is null and a.reversed_by is not null
  group by 1, 2 order by 1, 2
  on conflict (bank_code, town_code) do update
  set loans = f.loans + excluded.loans, principal_fen = f.principal_fen + excluded.principal_fen;
  return null;
end $$;
create trigger loan_figure_take_back after update on loan
  referencing old table as removed new table as added for each statement execute function loan_figure_take_back();

delete from loan_figure;
insert into loan_figure
select l.bank_code, coalesce(o.town_code, ''), count(*), sum(l.principal_fen)
from loan l join organisation o on o.id = l.organisation_id
where l.reversed_by is null
group by 1, 2;
comment on table loan_figure is 'Sums over the loans in force, kept by the triggers of loan. town_code is empty where the town is not known.';
