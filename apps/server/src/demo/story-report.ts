import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { Fen } from '../platform/money.ts'

export interface PaidLine {
  readonly bank_code: string
  readonly bank_name: string
  readonly quarter: string
  readonly fen: Fen
}

/** Where the programme stands, counted from its tables. */
export interface StoryReport {
  readonly organisations: number
  readonly loans: number
  readonly claims: Readonly<Record<'eligible' | 'ineligible' | 'unknown' | 'suspended', number>>
  /** Paid subsidies by the bank that granted the loan and the quarter of the settlement. */
  readonly paid: readonly PaidLine[]
  /** What the journal says was paid: settled, less what came back. */
  readonly paid_fen: Fen
  readonly journal: {
    readonly entries: number
    /** Moved by each kind of entry. */
    readonly moved_fen: Readonly<Record<string, Fen>>
    /** Balance of each kind of account, all years together; they add up to nothing. */
    readonly balance_fen: Readonly<Record<string, Fen>>
  }
}

export async function reportStory(db: Db): Promise<StoryReport> {
  const counts = await sql<{ organisations: number; loans: number; entries: number }>`
    select (select count(*)::int from organisation) as organisations,
      (select count(*)::int from loan where reversed_by is null) as loans,
      (select count(*)::int from journal_entry) as entries`.execute(db)
  const answers = await sql<{ answer: string; claims: number }>`
    select answer, count(*)::int as claims from claim group by answer`.execute(db)
  const paid = await sql<PaidLine>`
    select c.bank_code, b.name as bank_name, c.quarter, sum(c.paid_fen)::bigint as fen
    from claim c join bank b on b.code = c.bank_code
    group by c.bank_code, b.name, c.quarter having sum(c.paid_fen) <> 0 order by c.bank_code, c.quarter`.execute(
    db,
  )
  const moved = await sql<{ kind: string; fen: Fen }>`
    select e.kind, sum(l.amount_fen) filter (where l.amount_fen > 0)::bigint as fen
    from journal_entry e join journal_line l on l.entry_id = e.id group by e.kind order by e.kind`.execute(db)
  const balances = await sql<{ kind: string; fen: Fen }>`
    select a.kind, coalesce(sum(l.amount_fen), 0)::bigint as fen
    from fund_account a left join journal_line l on l.account_id = a.id group by a.kind order by a.kind`.execute(
    db,
  )
  const count = (answer: string) => answers.rows.find(row => row.answer === answer)?.claims ?? 0
  const balance_fen = Object.fromEntries(balances.rows.map(({ kind, fen }) => [kind, fen]))
  return {
    organisations: counts.rows[0]?.organisations ?? 0,
    loans: counts.rows[0]?.loans ?? 0,
    claims: {
      eligible: count('eligible'),
      ineligible: count('ineligible'),
      unknown: count('unknown'),
      suspended: count('suspended'),
    },
    paid: paid.rows,
    paid_fen: balance_fen.paid ?? 0n,
    journal: {
      entries: counts.rows[0]?.entries ?? 0,
      moved_fen: Object.fromEntries(moved.rows.map(({ kind, fen }) => [kind, fen])),
      balance_fen,
    },
  }
}
