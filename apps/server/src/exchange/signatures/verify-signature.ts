import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { promisify } from 'node:util'
import smCrypto from 'sm-crypto'
import type { SignatureAlgorithm } from './signature-headers.ts'
import { verifySm2 } from './verify-sm2.ts'

/** A public key ready to verify with. */
export type PublicKey =
  | { readonly algorithm: 'ed25519'; readonly key: KeyObject }
  | { readonly algorithm: 'sm2-sm3'; readonly point: string }

const verifyInPool = promisify(verify)
const SM2_POINT = /^04[0-9a-f]{128}$/
const SM2_SIGNATURE_BYTES_MAX = 72

/**
 * Reads a public key as it is registered.
 *
 * @param text ed25519: the raw 32 bytes in base64; sm2: the uncompressed point (04…) in hexadecimal
 * @returns undefined when the text is no key of that algorithm
 */
export function readPublicKey(algorithm: 'ed25519' | 'sm2', text: string): PublicKey | undefined {
  if (algorithm === 'sm2') {
    const point = text.toLowerCase()
    return SM2_POINT.test(point) && isOnCurve(point) ? { algorithm: 'sm2-sm3', point } : undefined
  }
  const raw = Buffer.from(text, 'base64')
  if (raw.length !== 32 || raw.toString('base64') !== text) return undefined
  try {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    })
    return { algorithm: 'ed25519', key }
  } catch {
    return undefined
  }
}

/** The library's own check of a point, which its type declarations leave out. */
function isOnCurve(point: string): boolean {
  const sm2: object = smCrypto.sm2
  return 'verifyPublicKey' in sm2 && typeof sm2.verifyPublicKey === 'function'
    ? sm2.verifyPublicKey(point) === true
    : false
}

/**
 * Whether the signature over the text holds. A key verifies its own algorithm only. Neither algorithm runs on the
 * thread that answers requests.
 */
export async function signatureHolds(
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  text: string,
  signature: Buffer,
): Promise<boolean> {
  if (key.algorithm !== algorithm) return false
  const message = Buffer.from(text, 'latin1')
  if (key.algorithm === 'sm2-sm3') {
    return signature.length <= SM2_SIGNATURE_BYTES_MAX && verifySm2(message, signature, key.point)
  }
  return signature.length === 64 && verifyInPool(null, message, key.key, signature)
}
