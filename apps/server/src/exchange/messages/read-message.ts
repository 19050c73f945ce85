import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { MessageFields } from './message.ts'
import { type MessageProblem, messageProblem } from './problem.ts'

/** A message as it was sent: it has an identity, and nothing else of it has been checked. */
export interface SentMessage {
  readonly messageId: string
  readonly kind: string
  readonly subject: string | undefined
  readonly fields: MessageFields
  /** As received. */
  readonly body: string
  readonly sha256: string
}

export type ReadMessage =
  | { readonly message: SentMessage; readonly problem?: undefined }
  | { readonly message?: undefined; readonly problem: MessageProblem }

/** More than any message of the contract needs, several times over. */
export const MESSAGE_BYTES_MAX = 65_536

const MESSAGE_ID = /^[A-Za-z0-9._:-]{1,64}$/
const KIND = /^[a-z_]{1,40}$/
const SUBJECT = /^[^\p{Cc}\p{Cs}]{1,64}$/u

/** Reads a message that was sent as JSON: a body, or a line of an NDJSON file. */
export function readJsonMessage(bytes: Uint8Array): ReadMessage {
  const body = readText(bytes)
  if (body === undefined) return { problem: wrongEncoding() }
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { problem: notJson(body) }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: notJson(body) }
  return identify(value as MessageFields, body, bytes)
}

/**
 * Gives fields their identity.
 *
 * @param body what was received, as text; a repeated message is recognised by its bytes
 */
export function identify(fields: MessageFields, body: string, bytes: Uint8Array): ReadMessage {
  const { message_id: messageId, kind, loan_receipt: subject } = fields
  if (typeof messageId !== 'string' || !MESSAGE_ID.test(messageId)) return { problem: noIdentity(messageId) }
  return {
    message: {
      messageId,
      kind: typeof kind === 'string' && KIND.test(kind) ? kind : 'unknown',
      subject: typeof subject === 'string' && SUBJECT.test(subject) ? subject : undefined,
      fields,
      body,
      sha256: hash('sha256', bytes, 'hex'),
    },
  }
}

/** NUL, which Postgres does not keep, and the record separator: neither stands in a text that a person wrote. */
const NEVER_IN_TEXT = [0x00, 0x1e]

/** @returns undefined for what cannot be kept as text */
export function readText(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes) || NEVER_IN_TEXT.some(byte => bytes.includes(byte))) return undefined
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

export function wrongEncoding(): MessageProblem {
  return messageProblem(
    'bank.message-encoding',
    undefined,
    undefined,
    '这一条不是 UTF-8 文本：请以 UTF-8（而非 GBK、GB18030 或 UTF-16）重新导出后发送。',
    'This is not UTF-8 text: export it as UTF-8 (not GBK, GB18030 or UTF-16) and send it again.',
  )
}

export function tooLong(): MessageProblem {
  return messageProblem(
    'bank.message-too-long',
    undefined,
    undefined,
    `一条消息至多 ${MESSAGE_BYTES_MAX} 字节：请检查是否漏了换行。`,
    `A message has at most ${MESSAGE_BYTES_MAX} bytes: check whether a line end is missing.`,
  )
}

function notJson(body: string): MessageProblem {
  return messageProblem(
    'bank.message-malformed',
    undefined,
    body,
    '这一条不是完整的 JSON 对象：可能被截断，请重新发送。',
    'This is not a whole JSON object: it may have been cut; send it again.',
  )
}

function noIdentity(messageId: unknown): MessageProblem {
  return messageProblem(
    'bank.message-id-malformed',
    'message_id',
    messageId,
    'message_id 缺失或不合要求：至多 64 个字符（A-Z a-z 0-9 . _ : -）。',
    'message_id is missing or malformed: at most 64 characters of A-Z a-z 0-9 . _ : -',
  )
}
