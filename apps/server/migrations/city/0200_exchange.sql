-- Banks and the treasury: who they are, their keys, and every message as it was received.

create table bank (
  code text primary key,
  name text not null,
  short_name text not null,
  cooperating_from date,
  cooperating_to date
);
comment on table bank is 'Banks that speak the bank API. code: CNAPS bank code, 12 digits (ISO 7064 MOD 11,10).';
comment on column bank.cooperating_from is 'First day on which a loan granted by the bank counts for the programme; null: never';

create table bank_key (
  key_id text primary key,
  bank_code text not null references bank (code),
  algorithm text not null check (algorithm in ('ed25519', 'sm2')),
  public_key text not null,
  valid_from timestamptz not null default now(),
  revoked_at timestamptz
);
comment on column bank_key.public_key is 'ed25519: the raw 32 bytes in base64; sm2: the uncompressed point in hexadecimal';

create table bank_drop (
  id uuid primary key,
  bank_code text not null references bank (code),
  idempotency_key text not null,
  body_sha256 bytea not null,
  format text not null check (format in ('ndjson', 'csv')),
  file_name text,
  received_at timestamptz not null default now(),
  answer jsonb not null,
  unique (bank_code, idempotency_key)
);
comment on table bank_drop is 'Append-only. A file of messages: its answer is given again when the file is sent again.';

create table bank_message (
  id uuid primary key,
  seq bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  bank_code text not null references bank (code),
  message_id text not null,
  kind text not null,
  loan_receipt text,
  channel text not null check (channel in ('single', 'ndjson', 'csv')),
  drop_id uuid references bank_drop (id) deferrable initially deferred,
  line integer,
  key_id text not null references bank_key (key_id),
  signature text,
  body text not null,
  body_sha256 bytea not null,
  received_at timestamptz not null default now(),
  business_date date not null,
  outcome text not null check (outcome in ('applied', 'waiting', 'refused')),
  problem jsonb,
  unique (bank_code, message_id)
);
create index bank_message_recent on bank_message (bank_code, seq desc);
create index bank_message_waiting on bank_message (bank_code, loan_receipt) where outcome = 'waiting';
comment on table bank_message is 'Append-only. Every message whose signature held, byte for byte, with the first answer it was given; a replay is given the same answer.';
comment on column bank_message.message_id is 'The bank''s own identifier: the idempotency key';
comment on column bank_message.signature is 'Of this message; null for a row of a drop, whose signature covers the file';
comment on column bank_message.outcome is 'waiting: kept until the loan that it speaks of is reported (see bank_message_applied)';

create table bank_message_applied (
  message_id uuid primary key references bank_message (id),
  recorded_at timestamptz not null default now(),
  outcome text not null check (outcome in ('applied', 'refused')),
  problem jsonb
);
comment on table bank_message_applied is 'Append-only. What became of a message that had to wait.';

create table bank_refusal (
  id uuid primary key,
  received_at timestamptz not null default now(),
  claimed_bank_code text,
  claimed_key_id text,
  idempotency_key text,
  code text not null,
  body_excerpt text not null,
  body_sha256 bytea not null
);
comment on table bank_refusal is 'Append-only. Requests that could not be taken as a bank''s word: bad signature, stale timestamp, key used for another body. The first 4,096 characters are kept.';

create table treasury_file (
  id uuid primary key,
  direction text not null check (direction in ('out', 'in')),
  kind text not null check (kind in ('pain.001.001.10', 'pain.002.001.11', 'camt.054.001.08')),
  message_id text not null,
  payment_batch_id uuid,
  xml text not null,
  sha256 bytea not null,
  recorded_at timestamptz not null default now(),
  unique (direction, kind, message_id)
);
comment on table treasury_file is 'Append-only. ISO 20022 files to and from the treasury, byte for byte.';
