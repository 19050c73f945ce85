import type { Db } from '../../platform/db/index.ts'
import type { MessageProblem } from '../messages/problem.ts'

export interface RefusalFilter {
  readonly bankCode?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface ListedRefusal {
  readonly id: string
  readonly received_at: Date
  readonly bank_code: string | null
  readonly claimed_key_id: string | null
  readonly idempotency_key: string | null
  readonly drop_id: string | null
  /** The bank's own number of the file. */
  readonly drop_key: string | null
  readonly line: number | null
  readonly code: string
  /** What its sender was told; null for what was refused before that was kept. */
  readonly problem: MessageProblem | null
}

/** What could not be taken as a message, newest first, one page. Bodies are kept but not shown: they may say anything. */
export async function listRefusals(
  db: Db,
  filter: RefusalFilter,
): Promise<{ items: ListedRefusal[]; next: string | null }> {
  const { bankCode, cursor } = filter
  const rows = await db
    .selectFrom('bank_refusal as refusal')
    .leftJoin('bank_drop', 'bank_drop.id', 'refusal.drop_id')
    .select(['refusal.id', 'refusal.received_at', 'refusal.bank_code', 'claimed_key_id'])
    .select(['refusal.idempotency_key', 'drop_id', 'bank_drop.idempotency_key as drop_key', 'line'])
    .select(['code', 'problem'])
    .$if(bankCode !== undefined, query => query.where('refusal.bank_code', '=', bankCode ?? ''))
    .$if(cursor !== undefined, query => query.where('refusal.id', '<', cursor ?? ''))
    .orderBy('refusal.id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const items = rows
    .slice(0, filter.limit)
    .map(row => ({ ...row, problem: row.problem as MessageProblem | null }))
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}
