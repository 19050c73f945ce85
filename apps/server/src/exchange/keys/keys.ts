import type { Db } from '../../platform/db/index.ts'
import { getPublicKey, type RegisteredKey } from '../signatures/signing-keys.ts'

/** Who holds a treasury key; a bank's key is held by its code. */
export const TREASURY = 'treasury'

export async function findBankKey(db: Db, keyId: string): Promise<RegisteredKey | undefined> {
  const row = await db.selectFrom('bank_key').selectAll().where('key_id', '=', keyId).executeTakeFirst()
  return row && { ...row, algorithm: algorithmOf(row.algorithm), holder: row.bank_code }
}

export async function findTreasuryKey(db: Db, keyId: string): Promise<RegisteredKey | undefined> {
  const row = await db.selectFrom('treasury_key').selectAll().where('key_id', '=', keyId).executeTakeFirst()
  return row && { ...row, algorithm: algorithmOf(row.algorithm), holder: TREASURY }
}

function algorithmOf(text: string): 'ed25519' | 'sm2' {
  return text === 'sm2' ? 'sm2' : 'ed25519'
}

export interface KeyToRegister {
  readonly keyId: string
  readonly algorithm: 'ed25519' | 'sm2'
  /** ed25519: the raw 32 bytes in base64; sm2: the uncompressed point (04…) in hexadecimal. */
  readonly publicKey: string
}

/**
 * Registers a key of a bank, in force at once. A bank may have several: the next one is registered before the last
 * one is revoked.
 *
 * @throws DomainError `bank.public-key-malformed`
 */
export async function registerBankKey(db: Db, bankCode: string, key: KeyToRegister): Promise<void> {
  getPublicKey(key.algorithm, key.publicKey)
  await db
    .insertInto('bank_key')
    .values({
      key_id: key.keyId,
      bank_code: bankCode,
      algorithm: key.algorithm,
      public_key: key.publicKey,
    })
    .execute()
}

/**
 * Registers a key of the treasury, in force at once.
 *
 * @throws DomainError `bank.public-key-malformed`
 */
export async function registerTreasuryKey(db: Db, key: KeyToRegister): Promise<void> {
  getPublicKey(key.algorithm, key.publicKey)
  await db
    .insertInto('treasury_key')
    .values({ key_id: key.keyId, algorithm: key.algorithm, public_key: key.publicKey })
    .execute()
}
