import type { Tx } from '../platform/db/index.ts'
import type { StoryData } from './story-data.ts'

/** Puts the banks, their keys and the treasury's key on record; those that stand are left as they are. */
export async function loadBanks(tx: Tx, { banks, treasury }: StoryData): Promise<void> {
  await tx
    .insertInto('bank')
    .values(banks.map(({ key: _, ...bank }) => bank))
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await tx
    .insertInto('bank_key')
    .values(
      banks.map(({ code, key }) => ({
        key_id: key.key_id,
        bank_code: code,
        algorithm: key.algorithm,
        public_key: key.public_key,
        valid_from: new Date(0),
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { key_id, algorithm, public_key } = treasury.key
  await tx
    .insertInto('treasury_key')
    .values({ key_id, algorithm, public_key, valid_from: new Date(0) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
