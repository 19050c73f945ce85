alter table bank_refusal add column problem jsonb;
comment on column bank_refusal.problem is 'What was answered: code, where, value, zh, en; null for what was refused before this was kept';
