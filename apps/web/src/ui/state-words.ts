/** Words for states that the API gives as text: one that this client does not know yet is called "other". */
function known<T extends string, P extends string>(values: readonly T[], prefix: P, value: string) {
  const found = values.find(each => each === value)
  return found ? (`${prefix}.${found}` as const) : ('common:unknown-state' as const)
}

const LINE_STATES = ['batched', 'ordered', 'paid', 'rejected', 'offset'] as const
const JOURNAL_KINDS = [
  'appropriate',
  'hold',
  'release',
  'order',
  'settle',
  'reject',
  'return',
  'recover',
  'restore',
] as const
const REMARK_KINDS = [
  'note',
  'sample_checked',
  'submitted',
  'returned',
  'approved',
  'ordered',
  'objection_upheld',
  'objection_rejected',
] as const

/** Those of ISO 20022's external status reasons that speak of the account. */
const REASONS = ['AC01', 'AC03', 'AC04', 'AC06', 'AC07', 'AC14', 'BE01', 'RC01', 'RC04'] as const

/** The treasury's reason for a payment that came back; takes `code`, for one that has no words here. */
export function reasonKey(code: string) {
  const found = REASONS.find(each => each === code)
  return found ? (`common:reason.${found}` as const) : ('common:reason.other' as const)
}

export const batchLineStateKey = (state: string) => known(LINE_STATES, 'common:line-state', state)
export const journalKindKey = (kind: string) => known(JOURNAL_KINDS, 'common:journal-kind', kind)
export const remarkKindKey = (kind: string) => known(REMARK_KINDS, 'batches:remark-kind', kind)
