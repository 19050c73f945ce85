import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { MessageFields } from './message.ts'
import { excerptOf, type MessageProblem, messageProblem } from './problem.ts'

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
const NEVER_IN_TEXT = ['\u0000', '\u001e']

/** @returns undefined for what cannot be kept as text */
export function readText(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return NEVER_IN_TEXT.some(character => text.includes(character)) ? undefined : text
}

export function wrongEncoding(): MessageProblem {
  return messageProblem(
    'bank.message-encoding',
    undefined,
    undefined,
    '这一条不是 UTF-8 文本，或含有空字符（NUL）、记录分隔符：请以 UTF-8（而非 GBK、GB18030 或 UTF-16）重新导出后发送。',
    'This is not UTF-8 text, or there is a NUL or a record separator in it: export it as UTF-8 (not GBK, GB18030 or UTF-16) and send it again.',
  )
}

export function tooLong(): MessageProblem {
  return messageProblem(
    'bank.message-too-long',
    undefined,
    undefined,
    `这一条超过 ${MESSAGE_BYTES_MAX} 字节：请检查是否漏了换行，一行一条消息，改正后重新发送。`,
    `This is longer than ${MESSAGE_BYTES_MAX} bytes: check whether a line end is missing; send it again with one message a line.`,
  )
}

function notJson(body: string): MessageProblem {
  return messageProblem(
    'bank.message-malformed',
    undefined,
    excerptOf(body),
    body.trim() === ''
      ? '这一条是空的：消息是一个 JSON 对象，请检查导出程序后重新发送。'
      : '这一条不是完整的 JSON 对象（一行一个，以 { 开头、以 } 结尾）：可能在传输中被截断，或导出时换了行，请重新发送。',
    body.trim() === ''
      ? 'This is empty: a message is one JSON object; check what writes it and send it again.'
      : 'This is not a whole JSON object (one a line, from { to }): it may have been cut on its way, or broken over lines when it was written; send it again.',
  )
}

function noIdentity(messageId: unknown): MessageProblem {
  return messageProblem(
    'bank.message-id-malformed',
    'message_id',
    messageId,
    messageId === undefined
      ? '缺少“message_id”：每条消息都要有银行自己的编号（至多 64 个字符，A-Z a-z 0-9 . _ : -），补上后重新发送。'
      : '“message_id”不合要求：应为至多 64 个字符的文本（A-Z a-z 0-9 . _ : -），改正后重新发送。',
    messageId === undefined
      ? '"message_id" is missing: every message bears a number of the bank\'s own (at most 64 characters of A-Z a-z 0-9 . _ : -); add it and send it again.'
      : '"message_id" should be text of at most 64 characters of A-Z a-z 0-9 . _ : -; correct it and send it again.',
  )
}
