import { z } from 'zod'

/** The answers of the bank API, as the OpenAPI document has them. */

const outcome = z.enum(['applied', 'waiting', 'refused'])
const problem = {
  code: z.string().optional(),
  where: z.string().optional(),
  value: z.string().optional(),
  detail: z.string().optional(),
}

export const MessageAnswer = z.object({
  message_id: z.string().nullable(),
  outcome,
  replayed: z.boolean(),
  ...problem,
})

export const DropAnswer = z.object({
  drop_id: z.uuid(),
  rows: z.int(),
  applied: z.int(),
  waiting: z.int(),
  refused: z.int(),
  /** How many of the rows had been received before; they count under their outcomes too. */
  replayed: z.int(),
  answers: z.array(MessageAnswer.extend({ line: z.int() })),
})

const standing = z.enum(['applied', 'waiting', 'refused', 'reversed'])

export const ListedMessage = z.object({
  id: z.uuid(),
  bank_code: z.string(),
  bank_name: z.string(),
  message_id: z.string(),
  kind: z.string(),
  loan_receipt: z.string().nullable(),
  channel: z.enum(['single', 'ndjson', 'csv']),
  drop_id: z.uuid().nullable(),
  line: z.int().nullable(),
  received_at: z.string(),
  business_date: z.string(),
  /** What was answered. */
  first_outcome: standing,
  /** How it stands now. */
  outcome: standing,
  ...problem,
})

export const MessagePage = z.object({
  items: z.array(ListedMessage),
  next: z.string().nullable(),
})

export const CountedMessagePage = MessagePage.extend({
  /** Of all that the filter finds, whatever the outcome asked for; on the first page only. */
  counts: z.object({ applied: z.int(), waiting: z.int(), refused: z.int(), reversed: z.int() }).nullable(),
})

export const MessageInFull = ListedMessage.extend({
  key_id: z.string(),
  signature: z.string().nullable(),
  /** As received, but for account numbers, of which the last four digits are shown. */
  body: z.string(),
  body_sha256: z.string(),
  history: z.array(
    z.object({ recorded_at: z.string(), outcome: standing, caused_by: z.string(), ...problem }),
  ),
})

export const RefusalPage = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      received_at: z.string(),
      bank_code: z.string().nullable(),
      claimed_key_id: z.string().nullable(),
      idempotency_key: z.string().nullable(),
      drop_id: z.uuid().nullable(),
      /** The bank's own number of the file: its Idempotency-Key. */
      drop_key: z.string().nullable(),
      line: z.int().nullable(),
      ...problem,
      code: z.string(),
      detail: z.string(),
    }),
  ),
  next: z.string().nullable(),
})

export const BankKeys = z.object({
  items: z.array(
    z.object({
      key_id: z.string(),
      bank_code: z.string(),
      bank_name: z.string(),
      algorithm: z.enum(['ed25519', 'sm2']),
      fingerprint: z.string(),
      valid_from: z.string(),
      revoked_at: z.string().nullable(),
    }),
  ),
})
