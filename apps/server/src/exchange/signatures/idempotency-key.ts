import { DomainError } from '../../platform/errors.ts'

const KEY = /^"([A-Za-z0-9._:-]{1,64})"$/

/**
 * Reads `Idempotency-Key`, a quoted string (RFC 8941), required wherever something is sent.
 *
 * @throws DomainError 400 `bank.idempotency-key-missing`, `bank.idempotency-key-malformed`
 */
export function readIdempotencyKey(header: string | undefined): string {
  if (header === undefined) {
    throw new DomainError({
      code: 'bank.idempotency-key-missing',
      where: 'idempotency-key',
      zh: '请求缺少 Idempotency-Key 头：单条消息用其 message_id，文件用您自己的文件编号。',
      en: 'The request has no Idempotency-Key: a message uses its message_id, a file a number of your own.',
      status: 400,
    })
  }
  const key = KEY.exec(header)?.[1]
  if (key !== undefined) return key
  throw new DomainError({
    code: 'bank.idempotency-key-malformed',
    where: 'idempotency-key',
    value: header.slice(0, 100),
    zh: 'Idempotency-Key 应为双引号内至多 64 个字符（A-Z a-z 0-9 . _ : -）。',
    en: 'Idempotency-Key is a quoted string of at most 64 characters of A-Z a-z 0-9 . _ : -',
    status: 400,
  })
}
