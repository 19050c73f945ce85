import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import type { Fen } from '../platform/money.ts'

/** An entry with what it moved: from the account on its credit side to the one on its debit side. */
export interface JournalEntryView {
  readonly id: string
  readonly kind: string
  readonly businessDate: PlainDate
  readonly recordedAt: Date
  readonly actor: string
  readonly memo: string
  readonly reference: { readonly kind: string; readonly id: string }
  readonly correctsId: string | null
  readonly year: number
  readonly fromCode: string
  readonly toCode: string
  readonly amountFen: Fen
}

export interface JournalFilter {
  readonly limit: number
  /** Continues below the entry with this id. */
  readonly before?: string
  /** Only what moved for one row, such as a payment order. */
  readonly reference?: { readonly kind: string; readonly id: string }
}

/** The journal, newest first. */
export async function listJournal(db: Db, filter: JournalFilter): Promise<JournalEntryView[]> {
  const { before, reference, limit } = filter
  let query = db
    .selectFrom('journal_entry as entry')
    .innerJoin('journal_line as debit', join =>
      join.onRef('debit.entry_id', '=', 'entry.id').on('debit.line', '=', 1),
    )
    .innerJoin('journal_line as credit', join =>
      join.onRef('credit.entry_id', '=', 'entry.id').on('credit.line', '=', 2),
    )
    .innerJoin('fund_account as to', 'to.id', 'debit.account_id')
    .innerJoin('fund_account as from', 'from.id', 'credit.account_id')
    .selectAll('entry')
    .select(['to.code as to_code', 'from.code as from_code', 'to.budget_year', 'debit.amount_fen'])
    .orderBy('entry.seq', 'desc')
    .limit(limit)
  if (before !== undefined) {
    query = query.where('entry.seq', '<', inner =>
      inner.selectFrom('journal_entry').select('seq').where('id', '=', before),
    )
  }
  if (reference !== undefined) {
    query = query
      .where('entry.reference_kind', '=', reference.kind)
      .where('entry.reference_id', '=', reference.id)
  }
  const rows = await query.execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
    actor: row.actor,
    memo: row.memo,
    reference: { kind: row.reference_kind, id: row.reference_id },
    correctsId: row.corrects_id,
    year: row.budget_year,
    fromCode: row.from_code,
    toCode: row.to_code,
    amountFen: row.amount_fen,
  }))
}
