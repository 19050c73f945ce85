import type { BatchState, BatchStep } from '../../api/batches.ts'

/** Why a step cannot be taken now, as a key of batches:why. */
export type WhyNot =
  | 'no-permission'
  | 'own-batch'
  | 'under-notice'
  | 'objection-open'
  | 'not-submitted'
  | 'already-submitted'
  | 'already-decided'
  | 'not-approved'
  | 'already-ordered'

export type StepState = { readonly step: BatchStep } & (
  | { readonly allowed: true }
  | { readonly allowed: false; readonly why: WhyNot }
)

/** The one table: what may be done in which state, and what else to say where it may not. */
const TABLE: Record<Exclude<BatchStep, 'refresh'>, Record<BatchState, true | WhyNot>> = {
  submit: {
    draft: true,
    returned: true,
    submitted: 'already-submitted',
    approved: 'already-decided',
    ordered: 'already-decided',
    closed: 'already-decided',
  },
  return: {
    draft: 'not-submitted',
    returned: 'not-submitted',
    submitted: true,
    approved: 'already-decided',
    ordered: 'already-decided',
    closed: 'already-decided',
  },
  approve: {
    draft: 'not-submitted',
    returned: 'not-submitted',
    submitted: true,
    approved: 'already-decided',
    ordered: 'already-decided',
    closed: 'already-decided',
  },
  order: {
    draft: 'not-approved',
    returned: 'not-approved',
    submitted: 'not-approved',
    approved: true,
    ordered: true,
    closed: 'already-ordered',
  },
}

const PERMISSION: Record<BatchStep, string> = {
  refresh: 'batch.prepare',
  submit: 'batch.prepare',
  return: 'batch.decide',
  approve: 'batch.decide',
  order: 'batch.order',
}

interface Standing {
  readonly state: BatchState
  readonly prepared_by: string
  readonly payable_from: string | null
  readonly open_objections: number
}

/**
 * Every step with whether the reader may take it now. The server decides; this says beforehand what it would say.
 *
 * @param today the business date, where it is known already
 */
export function stepsOf(
  batch: Standing,
  reader: { readonly name: string; readonly permissions: readonly string[] },
  today: string | undefined,
): StepState[] {
  return (Object.keys(TABLE) as (keyof typeof TABLE)[]).map((step): StepState => {
    const inState = TABLE[step][batch.state]
    if (!reader.permissions.includes(PERMISSION[step])) {
      return { step, allowed: false, why: inState === true ? 'no-permission' : inState }
    }
    if (inState !== true) return { step, allowed: false, why: inState }
    if (step === 'approve' && batch.prepared_by === reader.name) {
      return { step, allowed: false, why: 'own-batch' }
    }
    if (step === 'order' && batch.payable_from && today && today < batch.payable_from) {
      return { step, allowed: false, why: 'under-notice' }
    }
    if (step === 'order' && batch.open_objections > 0) {
      return { step, allowed: false, why: 'objection-open' }
    }
    return { step, allowed: true }
  })
}

/** Only its preparer may bring a batch up to date, and only before it is handed over. */
export function mayRefresh(batch: Standing, permissions: readonly string[]): boolean {
  return permissions.includes(PERMISSION.refresh) && (batch.state === 'draft' || batch.state === 'returned')
}
