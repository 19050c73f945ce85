import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { type Fen, parseYuan } from '../platform/money.ts'
import type { AccountKind } from './accounts.ts'
import type { EntryKind } from './journal.ts'

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
  /** Of a payment: whom it is for, with which batch, under which number. */
  readonly enterpriseName: string | null
  readonly creditCode: string | null
  readonly batchNumber: string | null
  readonly endToEndId: string | null
}

export interface JournalFilter {
  readonly limit: number
  /** Continues below the entry with this id. */
  readonly before?: string | undefined
  /** Only what moved for one row, such as a payment order. */
  readonly reference?: { readonly kind: string; readonly id: string } | undefined
  readonly kind?: EntryKind | undefined
  /** On either side. */
  readonly account?: AccountKind | undefined
  readonly from?: PlainDate | undefined
  /** The day itself counts. */
  readonly to?: PlainDate | undefined
  /** Part of an enterprise's name or memo, a credit code, a batch, a payment, or an amount. */
  readonly text?: string | undefined
}

/** The journal, newest first; of payments with whom they are for. */
export async function listJournal(db: Db, filter: JournalFilter): Promise<JournalEntryView[]> {
  const { before, reference, kind, account, from, to, text, limit } = filter
  const rows = await db
    .selectFrom('journal_entry as entry')
    .innerJoin('journal_line as debit', join =>
      join.onRef('debit.entry_id', '=', 'entry.id').on('debit.line', '=', 1),
    )
    .innerJoin('journal_line as credit', join =>
      join.onRef('credit.entry_id', '=', 'entry.id').on('credit.line', '=', 2),
    )
    .innerJoin('fund_account as to', 'to.id', 'debit.account_id')
    .innerJoin('fund_account as from', 'from.id', 'credit.account_id')
    .leftJoin('payment_order as payment', join =>
      join.onRef('payment.id', '=', 'entry.reference_id').on('entry.reference_kind', '=', 'payment_order'),
    )
    .leftJoin('organisation', 'organisation.id', 'payment.organisation_id')
    .selectAll('entry')
    .select(['to.code as to_code', 'from.code as from_code', 'to.budget_year', 'debit.amount_fen'])
    .select([
      'organisation.name as enterprise_name',
      'organisation.credit_code',
      'payment.reference as batch_number',
      'payment.end_to_end_id',
    ])
    .$if(before !== undefined, query =>
      query.where('entry.seq', '<', inner =>
        inner
          .selectFrom('journal_entry')
          .select('seq')
          .where('id', '=', before ?? ''),
      ),
    )
    .$if(reference !== undefined, query =>
      query
        .where('entry.reference_kind', '=', reference?.kind ?? '')
        .where('entry.reference_id', '=', reference?.id ?? ''),
    )
    .$if(kind !== undefined, query => query.where('entry.kind', '=', kind ?? ''))
    .$if(account !== undefined, query =>
      query.where(where =>
        where.or([where('to.kind', '=', account ?? ''), where('from.kind', '=', account ?? '')]),
      ),
    )
    .$if(from !== undefined, query => query.where('entry.business_date', '>=', from ?? ''))
    .$if(to !== undefined, query => query.where('entry.business_date', '<=', to ?? ''))
    .$if(text !== undefined, query => query.where(matches(text ?? '')))
    .orderBy('entry.seq', 'desc')
    .limit(limit)
    .execute()
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
    enterpriseName: row.enterprise_name,
    creditCode: row.credit_code,
    batchNumber: row.batch_number,
    endToEndId: row.end_to_end_id,
  }))
}

/** With or without its thousands separators; no account holds more digits. */
const AMOUNT = /^-?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d{1,2})?$/

/** What somebody typed, wherever it may stand; an amount is meant to the fen. */
function matches(text: string): RawBuilder<SqlBool> {
  const part = `%${text.replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  const code = text.toUpperCase()
  const amount = AMOUNT.test(text) ? sql`debit.amount_fen = ${parseYuan(text.replaceAll(',', ''))} or` : sql``
  return sql<SqlBool>`(${amount} organisation.name ilike ${part} or organisation.credit_code in (${code}, ${text})
    or entry.memo ilike ${part} or payment.reference = ${code} or payment.end_to_end_id = ${text})`
}
