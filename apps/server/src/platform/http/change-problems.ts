import { type Db, findLastChange } from '../db/index.ts'
import { DomainError } from '../errors.ts'

/** The record is not as it was seen: says by whom and when, as far as the audit trail knows. */
export async function changedSince(
  db: Db,
  subjectKind: string,
  id: string,
  version: string,
  timeZone: string,
): Promise<DomainError> {
  const { by, at } = await findLastChange(db, subjectKind, id, version)
  const time = at && wallClock(at, timeZone)
  return new DomainError({
    code: 'record.changed-since',
    status: 412,
    value: { changed_by: by, changed_at: at?.toISOString() ?? null, etag: version },
    zh: time
      ? `您打开之后，${by ?? '平台'}已于 ${time} 改动过这条记录，您的操作没有生效：请重新载入，核对后再办理。`
      : '您打开之后，平台根据银行或国库的报文更新了这条记录，您的操作没有生效：请重新载入，核对后再办理。',
    en: time
      ? `${by ?? 'The platform'} changed this after you opened it, at ${time}. Nothing of yours took effect: reload, look again, and then act.`
      : 'The platform changed this after you opened it, on what a bank or the treasury reported. Nothing of yours took effect: reload, look again, and then act.',
  })
}

/** `2022-06-22 14:05`, as the clock on the city's wall shows it; Swedish writes dates this way. */
function wallClock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
}

export const preconditionMissing = () =>
  new DomainError({
    code: 'request.precondition-missing',
    status: 428,
    where: 'headers.if-match',
    zh: '请求没有说明所依据的版本：请先读取这条记录，把它的 etag 放在 If-Match 里再提交。',
    en: 'The request does not say which version it is about: read the record first and send its etag as If-Match.',
  })

export const idempotencyKeyMissing = () =>
  new DomainError({
    code: 'request.idempotency-key-missing',
    status: 400,
    where: 'headers.idempotency-key',
    zh: '请求缺少 Idempotency-Key：每件要办的事用一个新的键，重试时用同一个键，就不会办两次。',
    en: 'The request lacks an Idempotency-Key: use a new one for each thing to be done and the same one to try again, and nothing is done twice.',
  })

export const idempotencyKeyMalformed = () =>
  new DomainError({
    code: 'request.idempotency-key-malformed',
    status: 400,
    where: 'headers.idempotency-key',
    zh: 'Idempotency-Key 须为 8 至 200 个可见的 ASCII 字符，例如一个 UUID。',
    en: 'An Idempotency-Key has 8 to 200 visible ASCII characters, such as a UUID.',
  })

export const idempotencyKeyReused = () =>
  new DomainError({
    code: 'request.idempotency-key-reused',
    status: 422,
    where: 'headers.idempotency-key',
    zh: '这个键已用于另一项内容，那一项已经办成：请重新载入看结果；要办别的，请换一个新的键。',
    en: 'This key was used for another content, and that was done: reload to see it. For something else use a new key.',
  })
