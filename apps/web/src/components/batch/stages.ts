import type { BatchState } from '../../api/batches.ts'

const STAGES = ['prepared', 'submitted', 'decided', 'ordered', 'closed'] as const
type StageKey = (typeof STAGES)[number]

export interface Stage {
  readonly key: StageKey
  readonly at: 'done' | 'now' | 'later'
  readonly by: string | null
  readonly on: string | null
}

/** The stage that is at work while a batch is in a state; a closed batch waits for nobody. */
const AT_WORK: Record<BatchState, StageKey | undefined> = {
  draft: 'submitted',
  returned: 'submitted',
  submitted: 'decided',
  approved: 'ordered',
  ordered: 'closed',
  closed: undefined,
}

interface Progress {
  readonly state: BatchState
  readonly prepared_by: string
  readonly prepared_on: string
  readonly submitted_on: string | null
  readonly decided_by: string | null
  readonly decided_on: string | null
  readonly remarks: readonly { readonly kind: string; readonly by: string; readonly business_date: string }[]
}

/** The way of a batch, stage by stage: what is done, by whom and when, what is at work, what comes later. */
export function stagesOf(batch: Progress): Stage[] {
  const atWork = AT_WORK[batch.state]
  const reached = atWork === undefined ? STAGES.length : STAGES.indexOf(atWork)
  const ordered = batch.remarks.find(({ kind }) => kind === 'ordered')
  const happened: Record<StageKey, { by: string | null; on: string | null }> = {
    prepared: { by: batch.prepared_by, on: batch.prepared_on },
    submitted: { by: batch.prepared_by, on: batch.submitted_on },
    decided: { by: batch.decided_by, on: batch.decided_on },
    ordered: { by: ordered?.by ?? null, on: ordered?.business_date ?? null },
    closed: { by: null, on: null },
  }
  return STAGES.map((key, index) => ({
    key,
    at: index < reached ? 'done' : index === reached ? 'now' : 'later',
    ...(index < reached ? happened[key] : { by: null, on: null }),
  }))
}
