import { correctPayeeAccount } from '../funds/index.ts'
import { businessDate } from '../platform/clock.ts'
import { type Db, inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import type { Actor } from '../platform/permissions.ts'

/** An enterprise names the account it is to be paid into; what was rejected is paid there with the next batch. */
export async function correctAccount(
  db: Db,
  organisationId: string,
  account: { readonly accountNumber: string; readonly bankCode: string },
  actor: Actor,
): Promise<void> {
  await inTransaction(db, async tx => {
    const day = await businessDate(tx)
    const sourceId = newId()
    await tx
      .insertInto('source')
      .values({ id: sourceId, name: actor.name, kind: 'person', as_of: day, recorded_by: actor.id })
      .execute()
    await correctPayeeAccount(tx, { organisationId, ...account, sourceId, actor, businessDate: day })
  })
}
