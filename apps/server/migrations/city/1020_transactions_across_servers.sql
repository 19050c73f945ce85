-- Rows are sealed in the order of the transactions that wrote them. A dump that is restored into another server meets
-- transactions that count from the beginning: what is written then would seem older than what is sealed. So a
-- transaction is known by its number on its server and, in the upper half, by how many times the data have moved to
-- a server whose count was behind; migrate.ts raises that number when it finds the data ahead of the server.

create function transactions_before() returns bigint language sql immutable as 'select 0::bigint';
comment on function transactions_before is
  'What is added to the number of a transaction: a multiple of 2^32, raised when the data have moved to a server whose count was behind.';

create function this_transaction() returns xid8 language sql stable as 'select pg_current_xact_id()';
comment on function this_transaction is 'The number under which the rows of this transaction are sealed.';

alter table audit_event alter column transaction_id set default this_transaction();
alter table bank_message alter column transaction_id set default this_transaction();
alter table determination alter column transaction_id set default this_transaction();
alter table journal_entry alter column transaction_id set default this_transaction();

create or replace function journal_line_of_new_entry() returns trigger language plpgsql as $$
begin
  if (select transaction_id <> this_transaction() from journal_entry where id = new.entry_id) then
    raise exception 'journal entry % is closed', new.entry_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
