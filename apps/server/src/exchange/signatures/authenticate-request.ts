import { timingSafeEqual } from 'node:crypto'
import {
  digestMismatch,
  keyRevoked,
  keyUnknown,
  signatureInvalid,
  signatureMalformed,
  signatureStale,
} from './refusals.ts'
import { headerOf, type RequestHead, requiredComponents, signatureBase } from './signature-base.ts'
import { readContentDigest, readSignature, readSignatureInput } from './signature-headers.ts'
import type { FindKey } from './signing-keys.ts'
import { signatureHolds } from './verify-signature.ts'

/** A request whose head is the word of a known key's holder. Its body is that only once the digest is checked. */
export interface SignedHead {
  readonly keyId: string
  readonly holder: string
  /** SHA-256 that the body must have. */
  readonly digest: Buffer
  /** As received, to be kept beside the message. */
  readonly signature: string
}

/** Seconds that a signer's clock may be off, either way. */
const SKEW_S_MAX = 300

/**
 * Establishes who signed the head of a request: method, path, query, digest of the body and idempotency key.
 * Nothing of the body is needed, so a stranger's upload is refused before it is read.
 *
 * @param now_ms the wall clock (not the business date: a demonstration moves that one)
 * @throws DomainError 401 `bank.signature-missing`, `bank.signature-malformed`, `bank.signature-stale`,
 *   `bank.key-unknown`, `bank.key-revoked`, `bank.signature-invalid`
 */
export async function authenticateHead(
  head: RequestHead,
  findKey: FindKey,
  now_ms: number,
): Promise<SignedHead> {
  const input = readSignatureInput(headerOf(head, 'signature-input'))
  const signatureHeader = headerOf(head, 'signature')
  const signature = readSignature(signatureHeader)
  const digest = readContentDigest(headerOf(head, 'content-digest'))
  requireCoverage(head, input.components)
  if (Math.abs(now_ms / 1000 - input.created) > SKEW_S_MAX) throw signatureStale(input.created, SKEW_S_MAX)

  const key = await findKey(input.keyId)
  if (!key || key.validFrom_ms > now_ms) throw keyUnknown(input.keyId)
  if (key.revokedAt_ms !== undefined && key.revokedAt_ms <= now_ms) throw keyRevoked(input.keyId)
  const base = signatureBase(head, input)
  if (!(await signatureHolds(key.publicKey, input.algorithm, base, signature))) throw signatureInvalid()
  return { keyId: key.keyId, holder: key.holder, digest, signature: signatureHeader ?? '' }
}

/**
 * The body is the one that was signed.
 *
 * @throws DomainError 401 `bank.digest-mismatch`
 */
export function requireDigest(signed: SignedHead, sha256: Buffer): void {
  if (!timingSafeEqual(signed.digest, sha256)) throw digestMismatch()
}

function requireCoverage(head: RequestHead, covered: readonly string[]): void {
  const required = requiredComponents(head)
  const missing = required.find(component => !covered.includes(component))
  if (missing !== undefined) {
    throw signatureMalformed(
      'signature-input',
      `签名没有覆盖 ${missing}：请按此顺序覆盖 ${required.join('、')}。`,
      `The signature does not cover ${missing}: it covers ${required.join(', ')}.`,
    )
  }
  const absent = covered.find(component => !required.some(name => name === component))
  if (absent === undefined) return
  throw signatureMalformed(
    'signature-input',
    `签名覆盖了请求中没有的 ${absent}。`,
    `The signature covers ${absent}, which the request does not have.`,
  )
}
