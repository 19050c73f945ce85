-- Who may sign in. The first five tables belong to better-auth; Millrace adds the role and whom its holder acts for.

create table "user" (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  two_factor_enabled boolean not null default false,
  role text not null check (role in ('officer', 'approver', 'town', 'finance', 'bank', 'enterprise', 'auditor')),
  city_code text not null,
  bank_code text,
  credit_code text,
  town_code text,
  language text not null default 'zh' check (language in ('zh', 'en')),
  constraint acts_for_whom check (
    (role = 'bank') = (bank_code is not null)
    and (role = 'enterprise') = (credit_code is not null)
    and (role = 'town') = (town_code is not null)
  )
);
comment on table "user" is 'People who sign in. A bank operator, an enterprise or a town officer acts for exactly one bank, enterprise or town.';

create table session (
  id text primary key,
  user_id text not null references "user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_user_id on session (user_id);

create table account (
  id text primary key,
  user_id text not null references "user" (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_user_id on account (user_id);
comment on column account.password is 'A salted scrypt hash, written by better-auth.';

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

create table two_factor (
  id text primary key,
  user_id text not null references "user" (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create index two_factor_user_id on two_factor (user_id);
comment on table two_factor is 'The second factor (TOTP) of staff; the secret is encrypted with the installation key.';

create table city (
  code text primary key,
  slug text not null unique,
  name_zh text not null,
  name_en text not null,
  schema_name text not null unique,
  time_zone text not null
);
comment on table city is 'One row and one schema a city. Its rules and lists are the files of cities/<slug>.';
comment on column city.code is 'GB/T 2260 division code';
