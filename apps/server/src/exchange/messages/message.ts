import type { z } from 'zod'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { MessageProblem } from './problem.ts'

/** How a message came: alone, or as a line of a file. */
export type Channel = 'single' | 'ndjson' | 'csv'

/** What a message says, by field. Nothing of it has been checked but that it is an object. */
export type MessageFields = Readonly<Record<string, unknown>>

/** A message that a bank has sent for the first time, with an identity and a kind that somebody handles. */
export interface ReceivedMessage {
  /** Ours. */
  readonly id: string
  /** The bank's. */
  readonly messageId: string
  readonly kind: string
  /** The loan receipt that it speaks of, where it names one that can be stored: what its order is kept by. */
  readonly subject: string | undefined
  readonly fields: MessageFields
}

/** What is said at once, and stands for good. */
export type Answer =
  | { readonly outcome: 'applied'; readonly problem?: undefined }
  | { readonly outcome: 'waiting' | 'refused'; readonly problem: MessageProblem }

export type Outcome = Answer['outcome'] | 'reversed'

/** What later became of a message: one that waited is applied, one that stood is taken back. */
export interface OutcomeChange {
  /** Ours. */
  readonly id: string
  readonly outcome: Outcome
  readonly problem?: MessageProblem | undefined
  /** The message that brought it about, ours. */
  readonly causedBy: string
}

export interface MessageBatch {
  readonly bankCode: string
  readonly businessDate: PlainDate
  /** In the order received. No two have the same `messageId`, and none was received before. */
  readonly messages: readonly ReceivedMessage[]
}

export interface BatchEffect {
  /** One for each message of the batch, in its order. */
  readonly answers: readonly Answer[]
  readonly changes: readonly OutcomeChange[]
}

/**
 * What an upper floor registers to be given the messages of its kinds. The work is set-based by nature: a single
 * message is a batch of one. No other batch of the same bank is at work meanwhile.
 */
export interface MessageHandler {
  readonly kinds: readonly string[]
  /** The fields of all its kinds: the columns of a CSV file. */
  readonly fields: readonly string[]
  /** A message of any of its kinds, for the OpenAPI document. */
  readonly schema: z.ZodType
  /**
   * Told of a message as soon as it is read, before its turn comes: what can be found out from it alone is found
   * out here, while the messages before it are being written. Changes nothing, may be called for nothing.
   */
  readonly prepare?: (fields: MessageFields) => void
  /** Applies a batch in the transaction that keeps the messages. What it throws refuses nothing: it is a fault. */
  apply(tx: Tx, batch: MessageBatch): Promise<BatchEffect>
}

/** A message received earlier, as far as a handler may need it again. */
export interface EarlierMessage extends ReceivedMessage {
  /** As it stands now. */
  readonly outcome: Outcome
  readonly problem: MessageProblem | undefined
}
