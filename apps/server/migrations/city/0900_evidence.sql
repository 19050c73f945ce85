-- Rows are sealed by the transactions that wrote them. They stand on disk nearly in that order, which a BRIN index
-- knows for a few kilobytes a table and next to nothing an insert; a B-tree would cost every insert more. BRIN does
-- not take xid8 itself, hence the number in it.

create index audit_event_transaction on audit_event
  using brin ((transaction_id::text::bigint)) with (pages_per_range = 16, autosummarize = on);
create index bank_message_transaction on bank_message
  using brin ((transaction_id::text::bigint)) with (pages_per_range = 16, autosummarize = on);
create index determination_transaction on determination
  using brin ((transaction_id::text::bigint)) with (pages_per_range = 16, autosummarize = on);
create index journal_entry_transaction on journal_entry
  using brin ((transaction_id::text::bigint)) with (pages_per_range = 16, autosummarize = on);
