import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { Fen } from '../platform/money.ts'

export type AccountDisagreement =
  /** The balance is not what the account's lines add up to. */
  | {
      readonly kind: 'account'
      readonly code: string
      readonly recordedFen: Fen
      readonly recomputedFen: Fen
    }
  /** The lines of an entry do not add up to nothing, or are fewer than two. */
  | { readonly kind: 'entry'; readonly id: string; readonly sumFen: Fen; readonly lines: number }

export interface AccountVerification {
  readonly accounts: number
  readonly entries: number
  readonly disagreements: readonly AccountDisagreement[]
}

interface Counted {
  accounts: bigint
  entries: bigint
}

/**
 * Recomputes every account from its journal lines and every entry's balance, and lists what disagrees. Read in one
 * snapshot: money that moves meanwhile is either seen whole or not at all.
 */
export async function verifyAccounts(db: Db): Promise<AccountVerification> {
  if (!db.isTransaction) {
    return db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(tx => verifyAccounts(tx))
  }
  const counted = await sql<Counted>`
    select (select count(*) from fund_account) as accounts, (select count(*) from journal_entry) as entries
  `.execute(db)
  const accounts = await accountsThatDisagree(db)
  const entries = await entriesThatDisagree(db)
  return {
    accounts: Number(counted.rows[0]?.accounts ?? 0),
    entries: Number(counted.rows[0]?.entries ?? 0),
    disagreements: [...accounts, ...entries],
  }
}

/** One pass over the lines, hashed by account: the lines outnumber the accounts by far. */
async function accountsThatDisagree(db: Db): Promise<AccountDisagreement[]> {
  const { rows } = await sql<{ code: string; recorded: Fen; recomputed: Fen }>`
    select account.code, account.balance_fen as recorded, coalesce(line.sum_fen, 0)::bigint as recomputed
    from fund_account account
    left join (select account_id, sum(amount_fen) as sum_fen from journal_line group by account_id) line
      on line.account_id = account.id
    where account.balance_fen <> coalesce(line.sum_fen, 0)
    order by account.code
  `.execute(db)
  return rows.map(({ code, recorded, recomputed }) => ({
    kind: 'account',
    code,
    recordedFen: recorded,
    recomputedFen: recomputed,
  }))
}

async function entriesThatDisagree(db: Db): Promise<AccountDisagreement[]> {
  const { rows } = await sql<{ id: string; sum_fen: Fen; lines: bigint }>`
    select entry.id, coalesce(sum(line.amount_fen), 0)::bigint as sum_fen, count(line.entry_id) as lines
    from journal_entry entry left join journal_line line on line.entry_id = entry.id
    group by entry.id
    having coalesce(sum(line.amount_fen), 0) <> 0 or count(line.entry_id) < 2
    order by entry.id
  `.execute(db)
  return rows.map(({ id, sum_fen, lines }) => ({ kind: 'entry', id, sumFen: sum_fen, lines: Number(lines) }))
}
