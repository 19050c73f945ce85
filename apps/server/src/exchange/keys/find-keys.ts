import type { Db } from '../../platform/db/index.ts'
import type { RegisteredKey } from '../signatures/signing-keys.ts'

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
