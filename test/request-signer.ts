import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import smCrypto from 'sm-crypto'

/** What a bank does before it sends: for tests only, the example bank has a signer of its own. */
export interface TestSigner {
  readonly keyId: string
  readonly algorithm: 'ed25519' | 'sm2'
  /** As the register of keys wants it. */
  readonly publicKey: string
  sign(base: string): Buffer
}

export interface RequestToSign {
  readonly method: string
  readonly url: string
  readonly body?: string | Buffer
  readonly idempotencyKey?: string
  readonly created_s?: number
}

export function ed25519Signer(keyId: string): TestSigner {
  const pair: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519')
  const x = pair.publicKey.export({ format: 'jwk' }).x ?? ''
  return {
    keyId,
    algorithm: 'ed25519',
    publicKey: Buffer.from(x, 'base64url').toString('base64'),
    sign: base => sign(null, Buffer.from(base, 'latin1'), pair.privateKey),
  }
}

export function sm2Signer(keyId: string): TestSigner {
  const { publicKey, privateKey } = smCrypto.sm2.generateKeyPairHex()
  return {
    keyId,
    algorithm: 'sm2',
    publicKey,
    sign: base =>
      Buffer.from(
        smCrypto.sm2.doSignature([...Buffer.from(base, 'latin1')], privateKey, {
          der: true,
          hash: true,
          publicKey,
        }),
        'hex',
      ),
  }
}

/** The four headers of a signed request. */
export function signedHeaders(signer: TestSigner, request: RequestToSign): Record<string, string> {
  const digest = `sha-256=:${createHash('sha256')
    .update(request.body ?? '')
    .digest('base64')}:`
  const [path = '', ...query] = request.url.split('?')
  const key = request.idempotencyKey === undefined ? undefined : `"${request.idempotencyKey}"`
  const covered: [string, string][] = [
    ['@method', request.method],
    ['@path', path],
    ...(query.length > 0 ? [['@query', `?${query.join('?')}`] satisfies [string, string]] : []),
    ['content-digest', digest],
    ...(key === undefined ? [] : [['idempotency-key', key] satisfies [string, string]]),
  ]
  const created = request.created_s ?? Math.floor(Date.now() / 1000)
  const algorithm = signer.algorithm === 'sm2' ? 'sm2-sm3' : 'ed25519'
  const parameters = `(${covered.map(([name]) => `"${name}"`).join(' ')});created=${created};keyid="${signer.keyId}";alg="${algorithm}"`
  const base = [...covered, ['@signature-params', parameters]]
    .map(([name, value]) => `"${name}": ${value}`)
    .join('\n')
  return {
    'content-digest': digest,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${signer.sign(base).toString('base64')}:`,
  }
}
