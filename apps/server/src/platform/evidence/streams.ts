/** The histories that are sealed, each with what of its rows is hashed, in this order for ever. */
export const STREAMS = {
  audit_event: [
    'seq',
    'transaction_id',
    'id',
    'recorded_at',
    'business_date',
    'actor',
    'actor_role',
    'action',
    'subject_kind',
    'subject_id',
    'detail',
  ],
  bank_message: [
    'seq',
    'transaction_id',
    'id',
    'bank_code',
    'message_id',
    'kind',
    'loan_receipt',
    'channel',
    'drop_id',
    'line',
    'key_id',
    'signature',
    'body',
    'body_sha256',
    'received_at',
    'business_date',
    'outcome',
    'problem',
  ],
  determination: [
    'seq',
    'transaction_id',
    'id',
    'run_id',
    'subject_kind',
    'subject_id',
    'answer',
    'conditions_passed',
    'conditions_unknown',
    'compliance_passed',
    'compliance_unknown',
    'amount_fen',
    'inputs',
    'input_sha256',
    'recorded_at',
  ],
  journal_entry: [
    'seq',
    'transaction_id',
    'id',
    'kind',
    'business_date',
    'recorded_at',
    'reference_kind',
    'reference_id',
    'memo',
    'actor',
    'corrects_id',
  ],
} as const

export type Stream = keyof typeof STREAMS
export const STREAM_NAMES = Object.keys(STREAMS) as Stream[]

/**
 * What is hashed besides a row's own columns: an entry's lines, which may only be written with it.
 * Each as `line:account:fen`, in order, parted by commas.
 */
const ATTACHED: Partial<Record<Stream, string>> = {
  journal_entry: `(select string_agg(l.line || ':' || l.account_id || ':' || l.amount_fen, ',' order by l.line)
    from journal_line l where l.entry_id = r.id)`,
}

/**
 * The rows of a stream that the transactions [$1, $2) wrote, in the order of transaction and sequence, every value
 * as text. A cursor reads it: the order needs a sort, the rows themselves are never all in memory.
 */
export function rowsOf(stream: Stream): string {
  const columns = [...STREAMS[stream].map(name => `r.${name}::text`), ATTACHED[stream] ?? []].flat()
  return `select array[${columns.join(', ')}] as fields from ${stream} r
    where r.transaction_id::text::bigint >= $1::bigint and r.transaction_id::text::bigint < $2::bigint
    order by r.transaction_id, r.seq`
}
