-- What this installation is for: settled at its first start.

create table installation (
  only_one boolean primary key default true check (only_one),
  purpose text not null check (purpose in ('work', 'demonstration')),
  demonstration jsonb,
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint demonstration_is_described check ((purpose = 'demonstration') = (demonstration is not null))
);
comment on table installation is 'Whether the data are real or a demonstration. Demonstration data never comes to stand beside real data.';
comment on column installation.demonstration is 'Seed and size: the same generate the same data again';
comment on column installation.completed_at is 'Null: the loading of demonstration data was interrupted and is taken up again at the next start';
