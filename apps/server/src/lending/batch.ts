import { recordInRow, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { notFound } from '../platform/http/index.ts'

/** draft → submitted → approved → ordered → closed; a submitted batch may be returned and submitted again. */
export const BATCH_STATES = ['draft', 'submitted', 'returned', 'approved', 'ordered', 'closed'] as const
export type BatchState = (typeof BATCH_STATES)[number]

/** What may be done in which state: the one table. */
export const BATCH_ACTIONS = {
  refresh: ['draft', 'returned'],
  submit: ['draft', 'returned'],
  discard: ['draft', 'returned'],
  return: ['submitted'],
  approve: ['submitted'],
  order: ['approved', 'ordered'],
} as const satisfies Record<string, readonly BatchState[]>
export type BatchAction = keyof typeof BATCH_ACTIONS

/** A batch as people change it; the version of its row goes up with each step. */
export const BATCH_RECORD = recordInRow('subsidy_batch', 'subsidy_batch')

/** Reads a batch and keeps others from changing it until the transaction ends. */
export async function lockBatch(tx: Tx, id: string) {
  const batch = await tx
    .selectFrom('subsidy_batch')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!batch) throw notFound({ zh: '批次', en: 'batch' }, id)
  return { ...batch, state: batch.state as BatchState }
}
export type Batch = Awaited<ReturnType<typeof lockBatch>>

/** @throws DomainError `batch.wrong-state` */
export function requireState(batch: Batch, action: BatchAction): void {
  const allowed: readonly BatchState[] = BATCH_ACTIONS[action]
  if (allowed.includes(batch.state)) return
  throw new DomainError({
    code: 'batch.wrong-state',
    status: 409,
    value: batch.state,
    zh: `批次 ${batch.number} 现在的状态是“${batch.state}”，不能进行“${action}”：请刷新页面查看最新状态。`,
    en: `Batch ${batch.number} is ${batch.state}; "${action}" is not possible now: reload to see where it stands.`,
  })
}
