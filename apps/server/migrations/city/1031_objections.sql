-- Public notice (公示) of approved batches, and objections (异议) to what stands in them.

alter table subsidy_batch add column notice_from date;
alter table subsidy_batch add column notice_until date;
comment on column subsidy_batch.notice_from is 'The first day of the public notice; null: the city had set none when the batch was approved';
comment on column subsidy_batch.notice_until is 'The last working day of the notice: objections are taken until it ends';

create table objection (
  id uuid primary key,
  reference text not null unique,
  batch_id uuid not null references subsidy_batch (id),
  claim_id uuid not null references claim (id),
  organisation_id uuid not null references organisation (id),
  quarter text not null,
  amount_fen bigint not null,
  name text not null check (char_length(name) <= 100),
  contact text not null check (char_length(contact) <= 200),
  reason text not null check (char_length(reason) <= 4000),
  lodged_on date not null,
  recorded_at timestamptz not null default now()
);
create index objection_batch on objection (batch_id);
create index objection_claim on objection (claim_id);
comment on table objection is 'Append-only. What somebody objected to while a batch was on public notice; what became of it stands in objection_event.';
comment on column objection.reference is 'Given to who objects, to ask what became of it; cannot be guessed';
comment on column objection.contact is 'With the name and the reason: personal, shown to whoever decides and to nobody else';
comment on column objection.amount_fen is 'Of the line as it stood on notice';

create table objection_event (
  id uuid primary key,
  seq bigint generated always as identity,
  objection_id uuid not null references objection (id),
  kind text not null check (kind in ('upheld', 'rejected', 'released')),
  outcome text check (outcome in ('redetermine', 'withhold')),
  determination_id uuid references determination (id),
  reason text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  business_date date not null,
  recorded_at timestamptz not null default now(),
  constraint upheld_has_an_outcome check ((kind = 'upheld') = (outcome is not null and determination_id is not null))
);
create unique index objection_decided_once on objection_event (objection_id) where kind in ('upheld', 'rejected');
create unique index objection_released_once on objection_event (objection_id) where kind = 'released';
comment on table objection_event is 'Append-only. How an objection was decided, and whether what it held back was released.';
comment on column objection_event.outcome is 'redetermine: held back until the rules have decided anew on other facts; withhold: until somebody releases it';
comment on column objection_event.determination_id is 'The determination in force when the objection was upheld: a newer one ends a redetermine';
comment on column objection_event.reason is 'Told to who objected';

create view open_objection as
select o.* from objection o
where not exists (select from objection_event e where e.objection_id = o.id and e.kind in ('upheld', 'rejected'));
comment on view open_objection is 'Objections that nobody has decided: a batch that has one is not paid.';

create view claim_withheld as
select distinct o.claim_id
from objection o
join objection_event e on e.objection_id = o.id and e.kind = 'upheld'
join claim c on c.id = o.claim_id
where not exists (select from objection_event r where r.objection_id = o.id and r.kind = 'released')
  and (e.outcome = 'withhold' or e.determination_id = c.determination_id);
comment on view claim_withheld is 'Claims that no batch takes up, because an objection to them was upheld.';

alter table subsidy_batch_remark drop constraint subsidy_batch_remark_kind_check;
alter table subsidy_batch_remark add constraint subsidy_batch_remark_kind_check check (kind in (
  'note', 'sample_checked', 'submitted', 'returned', 'approved', 'ordered', 'objection_upheld', 'objection_rejected'));
