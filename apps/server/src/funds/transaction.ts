/**
 * The one door for money that must commit together with another module's change: each function works in the
 * caller's transaction and either moves the money or refuses. If the transaction is rolled back, nothing moved.
 *
 *     appropriate   预算安排 → 可用      a negative amount cuts the year's budget
 *     hold          可用 → 冻结          a batch was approved
 *     release       冻结 → 可用          it will not be paid after all
 *     order         冻结 → 在途          sent to the treasury (see order-payments.ts)
 *     settle        在途 → 已拨付        the payee's bank has it
 *     reject        在途 → 冻结          never paid: paid again to a corrected account
 *     returnPayment 已拨付 → 冻结        paid, and sent back by the payee's bank
 *     recover       已拨付 → 应收回      paid too much: the enterprise must give it back
 *     restore       应收回 → 可用        it did
 */
import type { Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { ACCOUNT_KINDS, accountCode, accountName } from './accounts.ts'
import { type EntryKind, type Posting, post } from './journal.ts'

/** Moves the money of one posting; gives the id of its journal entry. */
type Operation = (tx: Tx, posting: Posting) => Promise<string>

export async function appropriate(tx: Tx, posting: Posting): Promise<string> {
  await openYear(tx, posting.year)
  return move(tx, 'appropriate', posting)
}

export const hold: Operation = (tx, posting) => move(tx, 'hold', posting)
export const release: Operation = (tx, posting) => move(tx, 'release', posting)
export const order: Operation = (tx, posting) => move(tx, 'order', posting)
export const settle: Operation = (tx, posting) => move(tx, 'settle', posting)
export const reject: Operation = (tx, posting) => move(tx, 'reject', posting)
export const returnPayment: Operation = (tx, posting) => move(tx, 'return', posting)
export const recover: Operation = (tx, posting) => move(tx, 'recover', posting)
export const restore: Operation = (tx, posting) => move(tx, 'restore', posting)

async function move(tx: Tx, kind: EntryKind, posting: Posting): Promise<string> {
  const [entryId] = await post(tx, kind, [posting])
  if (entryId === undefined) throw new Error('A posting gave no entry')
  return entryId
}

/** The accounts of a year are made when it first gets money; in one order, as they are locked. */
async function openYear(tx: Tx, year: number): Promise<void> {
  const accounts = ACCOUNT_KINDS.map(kind => ({
    id: newId(),
    code: accountCode(year, kind),
    kind,
    name: accountName(year, kind),
    budget_year: year,
  }))
  accounts.sort((a, b) => (a.code < b.code ? -1 : 1))
  await tx
    .insertInto('fund_account')
    .values(accounts)
    .onConflict(conflict => conflict.column('code').doNothing())
    .execute()
}
