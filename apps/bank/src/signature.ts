import { createECDH, createHash, createPrivateKey, sign } from 'node:crypto'
import smCrypto from 'sm-crypto'
import type { SigningKey } from './world.ts'

/** PKCS #8 around a 32-byte Ed25519 seed (RFC 8410). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Signs with one key, whichever its algorithm. */
export interface Signer {
  readonly key_id: string
  /** As `alg` names it. */
  readonly alg: 'ed25519' | 'sm2-sm3'
  sign(text: string): Buffer
}

/** @throws Error that names the key where its private part is not what its algorithm needs */
export function signerOf({ key_id, algorithm, private_key }: SigningKey): Signer {
  if (algorithm === 'ed25519') {
    const seed = Buffer.from(private_key, 'base64')
    if (seed.length !== 32) throw new Error(`key ${key_id} must be a seed of 32 bytes in base64`)
    const key = createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' })
    return { key_id, alg: 'ed25519', sign: text => sign(null, Buffer.from(text), key) }
  }
  if (!/^[0-9a-f]{64}$/i.test(private_key)) throw new Error(`key ${key_id} must be 64 hexadecimal digits`)
  // OpenSSL knows the curve, though not the signature: the public key, which Z_A needs, is computed only once.
  const curve = createECDH('SM2')
  curve.setPrivateKey(private_key, 'hex')
  const publicKey = curve.getPublicKey('hex')
  return {
    key_id,
    alg: 'sm2-sm3',
    sign: text =>
      Buffer.from(smCrypto.sm2.doSignature(text, private_key, { hash: true, der: true, publicKey }), 'hex'),
  }
}

export interface RequestToSign {
  readonly method: 'GET' | 'POST'
  /** Without the query. */
  readonly path: string
  /** With its question mark. */
  readonly query?: string | undefined
  readonly body: string
  readonly idempotency_key?: string | undefined
  /** Seconds since 1970. */
  readonly created: number
}

/**
 * The headers that sign a request (RFC 9421, RFC 9530): method, path, query, digest of the body and
 * idempotency key.
 *
 * Source: docs/bank-api.md
 */
export function signedHeaders(request: RequestToSign, signer: Signer): Record<string, string> {
  const digest = `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`
  const key = request.idempotency_key === undefined ? undefined : `"${request.idempotency_key}"`
  const components: readonly (readonly [name: string, value: string])[] = [
    ['@method', request.method],
    ['@path', request.path],
    ...(request.query ? [['@query', request.query] as const] : []),
    ['content-digest', digest],
    ...(key === undefined ? [] : [['idempotency-key', key] as const]),
  ]
  const names = components.map(([name]) => `"${name}"`).join(' ')
  const parameters = `(${names});created=${request.created};keyid="${signer.key_id}";alg="${signer.alg}"`
  const base = [
    ...components.map(([name, value]) => `"${name}": ${value}`),
    `"@signature-params": ${parameters}`,
  ].join('\n')
  return {
    'content-digest': digest,
    ...(key !== undefined && { 'idempotency-key': key }),
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${signer.sign(base).toString('base64')}:`,
  }
}
