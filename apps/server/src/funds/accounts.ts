import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { type Fen, formatYuan } from '../platform/money.ts'

/**
 * The stations of the money of one budget year: 预算安排 → 可用 → 冻结 → 在途 → 已拨付, and 应收回 for what an enterprise
 * must give back. The appropriation carries the credit side, so that all balances add up to nothing.
 */
export const ACCOUNT_KINDS = ['appropriation', 'available', 'held', 'ordered', 'paid', 'recoverable'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

const NAMES: Record<AccountKind, { zh: string; en: string }> = {
  appropriation: { zh: '预算安排', en: 'appropriated' },
  available: { zh: '可用', en: 'available' },
  held: { zh: '冻结', en: 'held' },
  ordered: { zh: '在途', en: 'ordered' },
  paid: { zh: '已拨付', en: 'paid' },
  recoverable: { zh: '应收回', en: 'recoverable' },
}

export interface Account {
  readonly id: string
  readonly code: string
  readonly kind: AccountKind
  readonly year: number
  readonly balanceFen: Fen
}

/** `2022-held`: codes sort by year, and locks are taken in their order. */
export function accountCode(year: number, kind: AccountKind): string {
  return `${year}-${kind}`
}

export function accountName(year: number, kind: AccountKind): string {
  return `${year}年${NAMES[kind].zh}`
}

/**
 * The balances of one budget year or of all, in the order in which the money passes through the accounts.
 *
 * @returns fen; the appropriation's balance is negative by what was appropriated
 */
export async function listAccounts(db: Db, year?: number): Promise<Account[]> {
  let query = db.selectFrom('fund_account').select(['id', 'code', 'kind', 'budget_year', 'balance_fen'])
  if (year !== undefined) query = query.where('budget_year', '=', year)
  const rows = await query.execute()
  return rows
    .map(row => ({
      id: row.id,
      code: row.code,
      kind: accountKind(row.kind),
      year: row.budget_year,
      balanceFen: row.balance_fen,
    }))
    .sort((a, b) => a.year - b.year || ACCOUNT_KINDS.indexOf(a.kind) - ACCOUNT_KINDS.indexOf(b.kind))
}

function accountKind(text: string): AccountKind {
  const kind = ACCOUNT_KINDS.find(known => known === text)
  if (kind === undefined) throw new Error(`The database holds an account of the unknown kind ${text}`)
  return kind
}

/** An account does not hold as much as was to be taken from it. */
export class InsufficientFundsError extends DomainError {
  readonly missingFen: Fen

  constructor(year: number, kind: AccountKind, missingFen: Fen) {
    const missing = formatYuan(missingFen)
    super({
      code: 'funds.insufficient',
      value: missing,
      where: accountCode(year, kind),
      zh: `${year}年${NAMES[kind].zh}资金不足，还差 ${missing} 元：请先追加预算，或减少金额。`,
      en: `The ${year} funds that are ${NAMES[kind].en} fall short by ${missing} yuan: appropriate more first, or take less.`,
      status: 409,
    })
    this.missingFen = missingFen
  }
}
