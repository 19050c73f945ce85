-- A bank's first file is tens of thousands of contracts, and a foreign key is looked up row by row: the same drop, the
-- same bank, the same source each time. The sources of these keys cannot go away (bank_drop and source are append-only,
-- a bank that has keys cannot be deleted), so that the insert is all there is to check: once a statement.

alter table bank_message drop constraint bank_message_drop_id_fkey;
alter table loan drop constraint loan_bank_code_fkey;
alter table payee_account drop constraint payee_account_source_id_fkey;

create function bank_message_of_known_drop() returns trigger language plpgsql as $$
begin
  if exists (select drop_id from added where drop_id is not null except select id from bank_drop
      where id = any (array(select distinct drop_id from added))) then
    raise foreign_key_violation using message = 'a bank message names a drop that is not registered';
  end if;
  return null;
end $$;
create trigger bank_message_of_known_drop after insert on bank_message
  referencing new table as added for each statement execute function bank_message_of_known_drop();
comment on function bank_message_of_known_drop is 'Stands for a foreign key: one look a statement, whatever its rows.';

create function loan_of_known_bank() returns trigger language plpgsql as $$
begin
  if exists (select bank_code from added except select code from bank) then
    raise foreign_key_violation using message = 'a loan names a bank that is not in the register';
  end if;
  return null;
end $$;
create trigger loan_of_known_bank after insert on loan
  referencing new table as added for each statement execute function loan_of_known_bank();
comment on function loan_of_known_bank is 'Stands for a foreign key: one look a statement, whatever its rows.';

create function payee_account_of_known_source() returns trigger language plpgsql as $$
begin
  if exists (select source_id from added except select id from source
      where id = any (array(select distinct source_id from added))) then
    raise foreign_key_violation using message = 'a payee account names a source that is not registered';
  end if;
  return null;
end $$;
create trigger payee_account_of_known_source after insert on payee_account
  referencing new table as added for each statement execute function payee_account_of_known_source();
comment on function payee_account_of_known_source is 'Stands for a foreign key: one look a statement, whatever its rows.';
