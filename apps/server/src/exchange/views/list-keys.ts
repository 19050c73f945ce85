import { createHash } from 'node:crypto'
import type { Db } from '../../platform/db/index.ts'

export interface ListedKey {
  readonly key_id: string
  readonly bank_code: string
  readonly bank_name: string
  readonly algorithm: string
  /** SHA-256 of the key as registered, to compare over the telephone. */
  readonly fingerprint: string
  readonly valid_from: Date
  readonly revoked_at: Date | null
}

/** The keys with which banks sign, those in force first. */
export async function listBankKeys(db: Db, bankCode: string | undefined): Promise<ListedKey[]> {
  const rows = await db
    .selectFrom('bank_key')
    .innerJoin('bank', 'bank.code', 'bank_key.bank_code')
    .select([
      'key_id',
      'bank_code',
      'bank.name as bank_name',
      'algorithm',
      'public_key',
      'valid_from',
      'revoked_at',
    ])
    .$if(bankCode !== undefined, query => query.where('bank_code', '=', bankCode ?? ''))
    .orderBy('revoked_at', order => order.desc().nullsFirst())
    .orderBy('key_id')
    .execute()
  return rows.map(({ public_key, ...key }) => ({
    ...key,
    fingerprint: createHash('sha256').update(public_key).digest('hex').slice(0, 32),
  }))
}
