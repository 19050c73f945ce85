import { z } from 'zod'
import { type Db, inTransaction } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'

const DemonstrationSize = z.object({
  seed: z.int(),
  organisations: z.int().positive(),
  loans: z.int().positive(),
})
/** What the demonstration data are generated from: the same values give the same data. */
export type DemonstrationSize = z.infer<typeof DemonstrationSize>

/** What an installation is for. Settled at its first start; demonstration data never comes beside real data. */
export type Purpose =
  | { readonly kind: 'work' }
  | { readonly kind: 'demonstration'; readonly size: DemonstrationSize; readonly complete: boolean }

export interface WishedPurpose {
  readonly empty: boolean
  readonly size: DemonstrationSize
}

/**
 * Settles what the installation is for, or says what was settled before. Data that are already there, of whatever
 * origin, make it one for work.
 *
 * @throws DomainError `installation.is-demonstration` when real work is wished on a demonstration
 */
export async function settlePurpose(db: Db, wished: WishedPurpose): Promise<Purpose> {
  const settled = await findPurpose(db)
  if (settled) {
    if (wished.empty && settled.kind === 'demonstration') throw isDemonstration()
    return settled
  }
  return inTransaction(db, async tx => {
    const used = await tx.selectFrom('organisation').select('id').limit(1).executeTakeFirst()
    const demonstration = !wished.empty && used === undefined
    await tx
      .insertInto('installation')
      .values({
        purpose: demonstration ? 'demonstration' : 'work',
        demonstration: demonstration ? JSON.stringify(wished.size) : null,
        completed_at: demonstration ? null : new Date(),
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    return demonstration ? { kind: 'demonstration', size: wished.size, complete: false } : { kind: 'work' }
  })
}

export async function findPurpose(db: Db): Promise<Purpose | undefined> {
  const row = await db.selectFrom('installation').selectAll().executeTakeFirst()
  if (!row) return undefined
  if (row.purpose === 'work') return { kind: 'work' }
  const size = DemonstrationSize.parse(row.demonstration)
  return { kind: 'demonstration', size, complete: row.completed_at !== null }
}

/** All demonstration data stand; the next start need not load them again. */
export async function completePurpose(db: Db): Promise<void> {
  await db.updateTable('installation').set({ completed_at: new Date() }).execute()
}

function isDemonstration(): DomainError {
  return new DomainError({
    code: 'installation.is-demonstration',
    zh: '这个数据目录里是演示数据，不能再用 --empty：请用 --data-dir 指定另一个目录，或删除它。',
    en: 'This data directory holds demonstration data and cannot be started with --empty: name another --data-dir, or delete it.',
  })
}
