import { z } from 'zod'
import { ANSWERS } from '../policy/index.ts'

const Label = z.object({ zh: z.string(), en: z.string() })

const Gap = z.object({
  comparison: z.enum(['<', '<=', '>', '>=']),
  bound: z.string(),
  /** How far the value is from the bound; days for dates. */
  shortfall: z.string(),
  unit: z.enum(['number', 'day']),
})

export const ConditionLine = z.object({
  label: Label,
  /** What is asked, as an officer would; null in versions of rules that were recorded without. */
  question: Label.nullable(),
  requirement: z.string(),
  value: z.string().nullable(),
  outcome: z.enum(['met', 'not_met', 'unknown']),
  /** The names in the requirement, with their values. */
  bounds: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  gap: Gap.nullable(),
  /** The facts for want of which the condition could not be tested, and who is to give them. */
  missing: z.array(z.object({ label: Label, from: Label.nullable() })),
})
export type ConditionLine = z.infer<typeof ConditionLine>

export const FactSource = z.object({
  kind: z.enum(['register', 'filing', 'bank', 'platform']),
  name: z.string(),
  as_of: z.string().nullable(),
  /** The bank's message, where a bank said it. */
  message_id: z.string().nullable(),
})
export type FactSource = z.infer<typeof FactSource>

const InterestStep = z.object({
  from: z.string(),
  to: z.string(),
  days: z.number().int(),
  principal: z.string(),
  balance: z.string(),
  annual_rate: z.string(),
  /** Yuan, four places, not yet rounded to the fen. */
  exact: z.string(),
})

export const InterestExplanation = z.object({
  day_count: z.string(),
  reported: z.string().nullable(),
  computed: z.string().nullable(),
  eligible: z.string().nullable(),
  steps: z.array(InterestStep),
})

export const ClaimPath = z.object({
  batches: z.array(
    z.object({
      batch_id: z.string(),
      number: z.string(),
      amount: z.string(),
      state: z.string(),
      prepared_by: z.string(),
      prepared_on: z.string(),
      decided_by: z.string().nullable(),
      decided_on: z.string().nullable(),
      payment: z
        .object({
          end_to_end_id: z.string(),
          amount: z.string(),
          state: z.string(),
          settled_on: z.string().nullable(),
          reason_code: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  journal: z.array(
    z.object({
      entry_id: z.string(),
      kind: z.string(),
      business_date: z.string(),
      memo: z.string(),
      amount: z.string(),
    }),
  ),
})
export type ClaimPath = z.infer<typeof ClaimPath>

/** One fact that would have to be another for the answer to become "eligible". */
const FactChange = z.object({
  label: Label,
  /** Null for what is missing. */
  from: z.string().nullable(),
  to: z.string(),
  /** How far, to less where negative; null for what lies on no line. */
  by: z.string().nullable(),
  unit: z.enum(['number', 'day', 'second', 'month']).nullable(),
  /** Of what is missing: the values that do, as cells of a decision table say them; `-` is any value. */
  values: z.array(z.string()),
  /** True where `to` only stands for any other value. */
  example: z.boolean(),
  /** True where it would have to have happened on a day that is over. */
  over: z.boolean(),
})

export const ClaimExplanation = z.object({
  claim_id: z.string(),
  answer: z.enum(ANSWERS),
  amount: z.string(),
  policy: z.object({
    id: z.string(),
    version: z.number().int(),
    title: Label,
    effective_from: z.string(),
    as_of: z.string(),
  }),
  clauses: z.array(
    z.object({
      name: z.string(),
      type: z.string().nullable(),
      text: z.string().nullable(),
      address: z.string().nullable(),
    }),
  ),
  conditions: z.array(ConditionLine),
  compliance: z.array(ConditionLine),
  facts: z.array(
    z.object({
      name: z.string(),
      label: Label,
      value: z.string().nullable(),
      source: FactSource.nullable(),
    }),
  ),
  parameters: z.array(z.object({ name: z.string(), label: Label, value: z.string() })),
  arithmetic: z.array(
    z.object({
      name: z.string(),
      label: Label,
      description: Label.nullable(),
      formula: z.string(),
      /** The formula with the numbers in place. */
      filled: z.string(),
      value: z.string().nullable(),
      clauses: z.array(z.string()),
    }),
  ),
  interest: InterestExplanation,
  nearest_change: z.array(Gap.extend({ label: Label })),
  /** Each would make the claim eligible by itself, the smallest first: one fact, or two that change together. */
  changes: z.array(z.object({ facts: z.array(FactChange) })),
  path: ClaimPath,
  evidence: z.object({
    determination_id: z.string(),
    recorded_at: z.string(),
    input_sha256: z.string(),
    model_sha256: z.string(),
  }),
})
export type ClaimExplanation = z.infer<typeof ClaimExplanation>
