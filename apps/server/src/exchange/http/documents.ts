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
