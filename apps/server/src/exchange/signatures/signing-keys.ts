import { DomainError } from '../../platform/errors.ts'
import { type PublicKey, readPublicKey } from './verify-signature.ts'

/** A key as the register of keys has it, whoever holds it. */
export interface RegisteredKey {
  readonly key_id: string
  readonly algorithm: 'ed25519' | 'sm2'
  readonly public_key: string
  readonly valid_from: Date
  readonly revoked_at: Date | null
  /** Whom the key speaks for: a bank's code, or the treasury. */
  readonly holder: string
}

export interface SigningKey {
  readonly keyId: string
  readonly holder: string
  readonly publicKey: PublicKey
  readonly validFrom_ms: number
  readonly revokedAt_ms: number | undefined
}

export type FindKey = (keyId: string) => Promise<SigningKey | undefined>

/** How long a process may go on with what it knows of a key: a revocation is in force everywhere after this. */
const KEY_KNOWN_MS_MAX = 1000
const KEYS_MAX = 1000

/**
 * Looks keys up in a register and remembers them for a second: a busy bank costs one query a second, and a
 * revoked key is refused a second later at the latest.
 */
export function rememberKeys(
  find: (keyId: string) => Promise<RegisteredKey | undefined>,
  now: () => number = Date.now,
): FindKey {
  const known = new Map<
    string,
    { readonly until_ms: number; readonly key: Promise<SigningKey | undefined> }
  >()
  return keyId => {
    const remembered = known.get(keyId)
    if (remembered && remembered.until_ms > now()) return remembered.key
    const key = find(keyId).then(row => row && toSigningKey(row))
    // An unknown key is not remembered: strangers must not be able to fill the memory.
    key.then(found => found ?? known.delete(keyId)).catch(() => known.delete(keyId))
    if (known.size >= KEYS_MAX) known.clear()
    known.set(keyId, { until_ms: now() + KEY_KNOWN_MS_MAX, key })
    return key
  }
}

function toSigningKey(row: RegisteredKey): SigningKey {
  return {
    keyId: row.key_id,
    holder: row.holder,
    publicKey: getPublicKey(row.algorithm, row.public_key),
    validFrom_ms: row.valid_from.getTime(),
    revokedAt_ms: row.revoked_at?.getTime(),
  }
}

/**
 * Reads a public key that must be one.
 *
 * @throws DomainError `bank.public-key-malformed`
 */
export function getPublicKey(algorithm: 'ed25519' | 'sm2', text: string): PublicKey {
  const key = readPublicKey(algorithm, text)
  if (key) return key
  throw new DomainError({
    code: 'bank.public-key-malformed',
    where: 'public_key',
    value: text,
    zh: '公钥无法识别：ed25519 为 32 字节的 Base64，sm2 为以 04 开头的未压缩点的十六进制。',
    en: 'The public key cannot be read: ed25519 is 32 bytes in base64, sm2 the uncompressed point (04…) in hexadecimal.',
  })
}
