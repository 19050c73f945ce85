import { DomainError } from '../../platform/errors.ts'

/** Why a request is not taken as the word of the one it names: each a 401 with a code of its own. */
export function signatureMissing(header: string): DomainError {
  return new DomainError({
    code: 'bank.signature-missing',
    where: header,
    zh: `请求缺少 ${header} 头：每个请求都要按 RFC 9421 签名。`,
    en: `The request has no ${header} header: every request is signed as in RFC 9421.`,
    status: 401,
  })
}

export function signatureMalformed(where: string, zh: string, en: string): DomainError {
  return new DomainError({ code: 'bank.signature-malformed', where, zh, en, status: 401 })
}

export function signatureInvalid(): DomainError {
  return new DomainError({
    code: 'bank.signature-invalid',
    where: 'signature',
    zh: '签名与请求不符：请核对签名原文（signature base）、密钥和算法。',
    en: 'The signature does not fit the request: check the signature base, the key and the algorithm.',
    status: 401,
  })
}

export function signatureStale(created: number, skew_s_max: number): DomainError {
  return new DomainError({
    code: 'bank.signature-stale',
    where: 'created',
    value: String(created),
    zh: `签名时间与服务器时钟相差超过 ${skew_s_max} 秒：请校准时钟后重新签名。`,
    en: `The signature is more than ${skew_s_max} seconds away from the server's clock: set the clock and sign again.`,
    status: 401,
  })
}

export function keyUnknown(keyId: string): DomainError {
  return new DomainError({
    code: 'bank.key-unknown',
    where: 'keyid',
    value: keyId,
    zh: `没有登记编号为“${keyId}”的密钥，或它尚未生效：请先向工信局登记公钥。`,
    en: `No key "${keyId}" is registered or in force yet: register the public key with the bureau first.`,
    status: 401,
  })
}

export function keyRevoked(keyId: string): DomainError {
  return new DomainError({
    code: 'bank.key-revoked',
    where: 'keyid',
    value: keyId,
    zh: `密钥“${keyId}”已停用：请用新登记的密钥签名。`,
    en: `The key "${keyId}" has been revoked: sign with the key that replaced it.`,
    status: 401,
  })
}

export function digestMismatch(): DomainError {
  return new DomainError({
    code: 'bank.digest-mismatch',
    where: 'content-digest',
    zh: '收到的内容与 Content-Digest 不符：传输中被改动或截断，请重新发送。',
    en: 'The body received is not the one that Content-Digest names: it was changed or cut on its way; send it again.',
    status: 401,
  })
}
