-- What people ask to be changed, each time once.

create table answered_change (
  actor text not null,
  key text not null,
  route text not null,
  request_sha256 bytea not null,
  answer jsonb,
  recorded_at timestamptz not null default now(),
  primary key (actor, key)
);
create index answered_change_recorded on answered_change (recorded_at);
comment on table answered_change is 'Changes that were asked for with an Idempotency-Key, with their first answer, written in the transaction of the change. Forgotten after a week.';
comment on column answered_change.actor is 'A key belongs to who sent it: nobody is given the answer to another';
comment on column answered_change.request_sha256 is 'Of the address and the content: the same key with another content is refused';
comment on column answered_change.answer is 'Null only while the change is being made';
