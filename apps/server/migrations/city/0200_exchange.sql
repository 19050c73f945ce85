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
  revoked_at timestamptz,
  unique (key_id, bank_code)
);
comment on column bank_key.public_key is 'ed25519: the raw 32 bytes in base64; sm2: the uncompressed point in hexadecimal';

create table treasury_key (
  key_id text primary key,
  algorithm text not null check (algorithm in ('ed25519', 'sm2')),
  public_key text not null,
  valid_from timestamptz not null default now(),
  revoked_at timestamptz
);
comment on table treasury_key is 'Keys with which the treasury signs. A bank''s key opens nothing of the treasury''s, nor the other way round.';

create table bank_drop (
  id uuid primary key,
  bank_code text not null references bank (code),
  idempotency_key text not null,
  body_sha256 bytea not null,
  byte_count bigint not null,
  format text not null check (format in ('ndjson', 'csv')),
  header text,
  key_id text not null references bank_key (key_id),
  signature text not null,
  received_at timestamptz not null default now(),
  business_date date not null,
  unique (bank_code, idempotency_key)
);
comment on table bank_drop is 'Append-only. A file of messages. It is taken in parts, each with its answers in one transaction; sent again, it goes on where it stopped, or gets its first answer.';
comment on column bank_drop.header is 'csv: the header line, without which the rows cannot be read';

create table bank_drop_part (
  drop_id uuid not null references bank_drop (id),
  part integer not null,
  byte_end bigint not null,
  line_end integer not null,
  final boolean not null,
  row_count integer not null,
  applied integer not null,
  waiting integer not null,
  replayed integer not null,
  refused integer not null,
  answers text not null,
  recorded_at timestamptz not null default now(),
  primary key (drop_id, part)
);
comment on table bank_drop_part is 'Append-only. Some thousands of rows of a drop and their answers, written with their effect.';
comment on column bank_drop_part.byte_end is 'Where the next part begins';
comment on column bank_drop_part.line_end is 'Number of the last line of the part, counted from 1 with the header and empty lines';
comment on column bank_drop_part.answers is 'One answer a row, JSON, a line each, problems in both languages';

create table bank_message (
  id uuid primary key,
  seq bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  bank_code text not null,
  message_id text not null,
  kind text not null,
  loan_receipt text,
  channel text not null check (channel in ('single', 'ndjson', 'csv')),
  drop_id uuid references bank_drop (id),
  line integer,
  key_id text not null,
  signature text,
  body text not null,
  body_sha256 bytea not null,
  received_at timestamptz not null default now(),
  business_date date not null,
  outcome text not null check (outcome in ('applied', 'waiting', 'refused')),
  problem jsonb,
  unique (bank_code, message_id),
  foreign key (key_id, bank_code) references bank_key (key_id, bank_code)
);
create index bank_message_loan_receipt on bank_message (bank_code, loan_receipt);
create index bank_message_waiting on bank_message (bank_code, loan_receipt) where outcome = 'waiting';
comment on table bank_message is 'Append-only. Every message whose signature held, byte for byte, with the first answer it was given; a replay is given the same answer.';
comment on column bank_message.seq is 'The order in which a bank''s messages were decided: batches of one bank follow each other';
comment on column bank_message.message_id is 'The bank''s own identifier: the idempotency key';
comment on column bank_message.kind is 'As sent; unknown where it is none that could be stored';
comment on column bank_message.signature is 'Of this message; null for a row of a drop, whose signature covers the file';
comment on column bank_message.body is 'As received; of a drop the line, without its line end';
comment on column bank_message.outcome is 'The first answer. waiting: kept, without effect until another message arrives. What later became of it stands in bank_message_outcome';
comment on column bank_message.problem is 'Why it was refused or waits: code, where, value, zh, en';

create table bank_message_outcome (
  seq bigint generated always as identity primary key,
  message_id uuid not null references bank_message (id) deferrable initially deferred,
  outcome text not null check (outcome in ('applied', 'waiting', 'refused', 'reversed')),
  problem jsonb,
  caused_by uuid not null references bank_message (id) deferrable initially deferred,
  recorded_at timestamptz not null default now()
);
create index bank_message_outcome_newest on bank_message_outcome (message_id, seq desc);
comment on table bank_message_outcome is 'Append-only. What became of a message after its first answer: the newest row is how it stands now.';
comment on column bank_message_outcome.caused_by is 'The message whose arrival changed it';

create table bank_refusal (
  id uuid primary key,
  received_at timestamptz not null default now(),
  bank_code text,
  claimed_key_id text,
  idempotency_key text,
  drop_id uuid references bank_drop (id),
  line integer,
  code text not null,
  body bytea not null,
  body_sha256 bytea
);
create index bank_refusal_drop on bank_refusal (drop_id, line) where drop_id is not null;
comment on table bank_refusal is 'Append-only. What could not be taken as a message: bad signature, stale timestamp, a key used for another body, a line that cannot be read.';
comment on column bank_refusal.bank_code is 'Of the key that signed; null where the signature does not hold, and claimed_key_id is then a mere claim';
comment on column bank_refusal.body is 'The first 65,536 bytes, whatever they are';

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
