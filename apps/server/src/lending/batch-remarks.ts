import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import type { Actor } from '../platform/permissions.ts'

export interface Remark {
  readonly batchId: string
  readonly claimId?: string
  readonly kind:
    | 'note'
    | 'sample_checked'
    | 'submitted'
    | 'returned'
    | 'approved'
    | 'ordered'
    | 'objection_upheld'
    | 'objection_rejected'
  readonly text: string
}

/** Adds to a batch's record: a note, a checked sample, or a step with who took it. */
export async function recordRemark(tx: Tx, remark: Remark, actor: Actor, day: PlainDate): Promise<void> {
  await tx
    .insertInto('subsidy_batch_remark')
    .values({
      id: newId(),
      batch_id: remark.batchId,
      claim_id: remark.claimId ?? null,
      kind: remark.kind,
      text: remark.text,
      recorded_by: actor.id,
      recorded_by_name: actor.name,
      business_date: day,
    })
    .execute()
}
