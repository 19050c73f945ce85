import type { Insertable } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import type { JournalEntry, JournalLine } from '../platform/db/schema.generated.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import { type AccountKind, accountCode, InsufficientFundsError } from './accounts.ts'

/** Each operation moves money from one account of a budget year to another. */
const MOVES = {
  appropriate: ['appropriation', 'available'],
  hold: ['available', 'held'],
  release: ['held', 'available'],
  order: ['held', 'ordered'],
  settle: ['ordered', 'paid'],
  reject: ['ordered', 'held'],
  return: ['paid', 'held'],
  recover: ['paid', 'recoverable'],
  restore: ['recoverable', 'available'],
} as const satisfies Record<string, readonly [AccountKind, AccountKind]>

export type EntryKind = keyof typeof MOVES
export const ENTRY_KINDS = Object.keys(MOVES) as EntryKind[]

/** One movement of money, and why. */
export interface Posting {
  /** The budget year whose money moves. */
  readonly year: number
  readonly amountFen: Fen
  readonly businessDate: PlainDate
  /** Who did it: an account's id, or the name of a job. */
  readonly actor: string
  /** What it was done for: a table and the id of its row. */
  readonly reference: { readonly kind: string; readonly id: string }
  readonly memo: string
  /** The entry that this one corrects. */
  readonly correctsId?: string
}

const ROWS_MAX = 1_000

/**
 * Writes one balanced entry for each posting and moves the balances, in the caller's transaction. The accounts are
 * locked first, in the order of their codes, so that no two transactions can wait for each other; what an account
 * holds is then certain until the transaction ends.
 *
 * @returns the ids of the entries, in the order of the postings
 * @throws InsufficientFundsError `funds.insufficient` when an account does not hold what the postings take together
 * @throws DomainError `funds.amount-not-positive`
 */
export async function post(tx: Tx, kind: EntryKind, postings: readonly Posting[]): Promise<string[]> {
  if (postings.length === 0) return []
  for (const posting of postings) requireAmount(kind, posting.amountFen)
  const [from, to] = MOVES[kind]
  const totals = new Map<number, Fen>()
  for (const { year, amountFen } of postings) totals.set(year, (totals.get(year) ?? 0n) + amountFen)

  const accounts = await lockAccounts(tx, [...totals.keys()], [from, to])
  const changes: { id: string; balanceFen: Fen }[] = []
  for (const [year, totalFen] of totals) {
    changes.push(changed(accounts, year, from, -totalFen), changed(accounts, year, to, totalFen))
  }

  const entries: Insertable<JournalEntry>[] = []
  const lines: Insertable<JournalLine>[] = []
  for (const posting of postings) {
    const entry = entryOf(kind, posting)
    const accountId = (of: AccountKind) => known(accounts, posting.year, of, posting.amountFen).id
    entries.push(entry)
    lines.push(
      { entry_id: entry.id, line: 1, account_id: accountId(to), amount_fen: posting.amountFen },
      { entry_id: entry.id, line: 2, account_id: accountId(from), amount_fen: -posting.amountFen },
    )
  }
  for (const some of batches(entries)) await tx.insertInto('journal_entry').values(some).execute()
  for (const some of batches(lines)) await tx.insertInto('journal_line').values(some).execute()
  for (const { id, balanceFen } of changes) {
    await tx.updateTable('fund_account').set({ balance_fen: balanceFen }).where('id', '=', id).execute()
  }
  return entries.map(({ id }) => id)
}

interface LockedAccount {
  readonly id: string
  readonly balanceFen: Fen
}

async function lockAccounts(
  tx: Tx,
  years: readonly number[],
  kinds: readonly AccountKind[],
): Promise<Map<string, LockedAccount>> {
  const codes = years.flatMap(year => kinds.map(kind => accountCode(year, kind)))
  const rows = await tx
    .selectFrom('fund_account')
    .select(['id', 'code', 'balance_fen'])
    .where('code', 'in', codes)
    .orderBy('code')
    .forUpdate()
    .execute()
  return new Map(rows.map(row => [row.code, { id: row.id, balanceFen: row.balance_fen }]))
}

function changed(
  accounts: ReadonlyMap<string, LockedAccount>,
  year: number,
  kind: AccountKind,
  changeFen: Fen,
): LockedAccount {
  const { id, balanceFen } = known(accounts, year, kind, changeFen)
  const after = balanceFen + changeFen
  if (after < 0n && kind !== 'appropriation') throw new InsufficientFundsError(year, kind, -after)
  return { id, balanceFen: after }
}

/** A year without accounts never got money: all of the amount is missing. */
function known(
  accounts: ReadonlyMap<string, LockedAccount>,
  year: number,
  kind: AccountKind,
  amountFen: Fen,
): LockedAccount {
  const account = accounts.get(accountCode(year, kind))
  if (account !== undefined) return account
  throw new InsufficientFundsError(year, kind, amountFen < 0n ? -amountFen : amountFen)
}

function entryOf(kind: EntryKind, posting: Posting) {
  return {
    id: newId(),
    kind,
    business_date: posting.businessDate,
    reference_kind: posting.reference.kind,
    reference_id: posting.reference.id,
    memo: posting.memo,
    actor: posting.actor,
    corrects_id: posting.correctsId ?? null,
  }
}

/** Only an appropriation may be negative: the year's budget is cut (调减). */
function requireAmount(kind: EntryKind, amountFen: Fen): void {
  if (amountFen > 0n || (kind === 'appropriate' && amountFen !== 0n)) return
  const value = formatYuan(amountFen)
  throw new DomainError({
    code: 'funds.amount-not-positive',
    value,
    zh: `金额 ${value} 元无效：请填写大于零的金额。`,
    en: `${value} yuan cannot be moved: give an amount above zero.`,
  })
}

function* batches<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_MAX) yield rows.slice(at, at + ROWS_MAX)
}
