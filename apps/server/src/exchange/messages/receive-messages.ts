import { businessDate } from '../../platform/clock.ts'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import type { MessageAnswer } from './answer.ts'
import type { Answer, Channel, MessageHandler, OutcomeChange, ReceivedMessage } from './message.ts'
import { type MessageProblem, messageProblem } from './problem.ts'
import type { SentMessage } from './read-message.ts'
import {
  findKnown,
  insertChanges,
  insertMessages,
  type KnownMessage,
  lockBank,
} from './receive-messages.sql.ts'
import { recordRefusals } from './refusals.ts'

/** A message with whose word it is. */
export interface SignedMessage extends SentMessage {
  readonly keyId: string
  /** Of the message itself; undefined for a row of a file. */
  readonly signature?: string | undefined
  readonly line?: number | undefined
}

export interface Delivery {
  readonly bankCode: string
  readonly channel: Channel
  readonly dropId?: string | undefined
  readonly messages: readonly SignedMessage[]
}

/** Kinds and who handles them. */
export type Handlers = ReadonlyMap<string, MessageHandler>

export function handlersByKind(handlers: readonly MessageHandler[]): Handlers {
  return new Map(handlers.flatMap(handler => handler.kinds.map(kind => [kind, handler] as const)))
}

/**
 * Takes messages of one bank, in their order: what was received before gets its first answer again, the rest is
 * applied and kept with its answer, all in the caller's transaction.
 *
 * @returns one answer for each message
 */
export async function receiveMessages(
  tx: Tx,
  handlers: Handlers,
  delivery: Delivery,
): Promise<MessageAnswer[]> {
  await lockBank(tx, delivery.bankCode)
  const today = await businessDate(tx)
  const known = await findKnown(
    tx,
    delivery.bankCode,
    delivery.messages.map(({ messageId }) => messageId),
  )
  const fresh = firstOfEach(delivery.messages.filter(({ messageId }) => !known.has(messageId)))
  const answers = await applyAndKeep(tx, handlers, delivery, today, [...fresh.values()])
  const result = delivery.messages.map(message => {
    const first = fresh.get(message.messageId)
    const answer = answers.get(message.messageId)
    if (first === message && answer) return toAnswer(message.messageId, answer, false)
    const earlier = known.get(message.messageId) ?? (first && answer && knownOf(first, answer))
    return replay(message, earlier)
  })
  await recordRefusals(
    tx,
    delivery.messages.flatMap((message, index) => {
      const problem = result[index]?.problem
      return problem?.code === KEY_REUSED ? [reusedKey(delivery, message, problem)] : []
    }),
  )
  return result
}

function firstOfEach(messages: readonly SignedMessage[]): Map<string, SignedMessage> {
  const first = new Map<string, SignedMessage>()
  for (const message of messages) if (!first.has(message.messageId)) first.set(message.messageId, message)
  return first
}

/** Gives each handler its messages, and keeps all with their answers. */
async function applyAndKeep(
  tx: Tx,
  handlers: Handlers,
  delivery: Delivery,
  today: PlainDate,
  messages: readonly SignedMessage[],
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  if (messages.length === 0) return answers
  const received = messages.map(message => toReceived(message))
  const changes: OutcomeChange[] = []
  const byHandler = Map.groupBy(received, ({ kind }) => handlers.get(kind))
  for (const [handler, batch] of byHandler) {
    if (!handler) {
      for (const { messageId, kind } of batch)
        answers.set(messageId, { outcome: 'refused', problem: kindUnknown(kind, handlers) })
      continue
    }
    const effect = await handler.apply(tx, {
      bankCode: delivery.bankCode,
      businessDate: today,
      messages: batch,
    })
    batch.forEach(({ messageId }, index) => {
      const answer = effect.answers[index]
      if (!answer)
        throw new Error(`The handler of ${handler.kinds.join(', ')} left message ${messageId} unanswered`)
      answers.set(messageId, answer)
    })
    changes.push(...effect.changes)
  }
  await insertMessages(
    tx,
    { bankCode: delivery.bankCode, channel: delivery.channel, dropId: delivery.dropId, businessDate: today },
    messages.map((message, index) => {
      const { outcome, problem } = getAnswer(answers, message.messageId)
      return {
        id: received[index]?.id ?? newId(),
        messageId: message.messageId,
        kind: message.kind,
        loanReceipt: message.subject,
        line: message.line,
        keyId: message.keyId,
        signature: message.signature,
        body: message.body,
        sha256: message.sha256,
        outcome,
        problem,
      }
    }),
  )
  if (changes.length > 0) await insertChanges(tx, changes)
  return answers
}

function getAnswer(answers: ReadonlyMap<string, Answer>, messageId: string): Answer {
  const answer = answers.get(messageId)
  if (answer) return answer
  throw new Error(`Message ${messageId} was left unanswered`)
}

function toReceived({ messageId, kind, subject, fields }: SignedMessage): ReceivedMessage {
  return { id: newId(), messageId, kind, subject, fields }
}

function toAnswer(messageId: string, answer: Answer, replayed: boolean): MessageAnswer {
  return { messageId, outcome: answer.outcome, replayed, problem: answer.problem }
}

function knownOf(message: SignedMessage, answer: Answer): KnownMessage {
  return {
    message_id: message.messageId,
    sha256: message.sha256,
    outcome: answer.outcome,
    problem: answer.problem ?? null,
  }
}

function replay(message: SignedMessage, earlier: KnownMessage | undefined): MessageAnswer {
  if (earlier?.sha256 !== message.sha256) {
    return {
      messageId: message.messageId,
      outcome: 'refused',
      replayed: false,
      problem: keyReused(message.messageId),
    }
  }
  return {
    messageId: message.messageId,
    outcome: earlier.outcome,
    replayed: true,
    problem: earlier.problem ?? undefined,
  }
}

const KEY_REUSED = 'bank.key-reused'

function keyReused(messageId: string): MessageProblem {
  return messageProblem(
    KEY_REUSED,
    'message_id',
    messageId,
    '这个 message_id 已用于内容不同的另一条消息，先收到的有效：请换一个 message_id 报送；要更正，先冲正原消息。',
    'This message_id was used for a message with another body, and the first one stands: use another message_id; to correct, reverse the first.',
  )
}

function kindUnknown(kind: string, handlers: Handlers): MessageProblem {
  const kinds = [...handlers.keys()]
  const known = { zh: kinds.join('、'), en: kinds.join(', ') }
  return messageProblem(
    'bank.kind-unknown',
    'kind',
    kind === 'unknown' ? undefined : kind,
    `${kind === 'unknown' ? '缺少“kind”，或它不是消息种类的名称' : `没有“${kind}”这种消息`}：可用的有 ${known.zh}；请以新的 message_id 报送。`,
    `${kind === 'unknown' ? '"kind" is missing or no name of a kind' : `There is no kind of message "${kind}"`}: the kinds are ${known.en}; report under a new message_id.`,
  )
}

function reusedKey(delivery: Delivery, message: SignedMessage, problem: MessageProblem) {
  return {
    problem,
    bankCode: delivery.bankCode,
    keyId: message.keyId,
    idempotencyKey: message.messageId,
    dropId: delivery.dropId,
    line: message.line,
    body: Buffer.from(message.body),
  }
}
