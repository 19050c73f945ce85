import { createHash } from 'node:crypto'
import type { Db, Tx } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'

/** An ISO 20022 file between Millrace and the treasury. */
export interface TreasuryFile {
  readonly direction: 'out' | 'in'
  readonly kind: 'pain.001.001.10' | 'pain.002.001.11' | 'camt.054.001.08'
  /** The file's own, from its group header. */
  readonly messageId: string
  readonly paymentBatchId?: string | undefined
  readonly xml: string
}

/** A file that is kept, and whether it was before. */
export interface RecordedTreasuryFile {
  readonly id: string
  /** The same file was recorded earlier; nothing was done. */
  readonly replayed: boolean
  /** Another file has this direction, kind and message id: it stands, and this one was not kept. */
  readonly differs: boolean
}

/**
 * Keeps a file byte for byte, in the transaction of what it causes. Two at once: one waits for the other and is
 * then the replay.
 */
export async function recordTreasuryFile(tx: Tx, file: TreasuryFile): Promise<RecordedTreasuryFile> {
  const id = newId()
  const sha256 = createHash('sha256').update(file.xml).digest()
  const inserted = await tx
    .insertInto('treasury_file')
    .values({
      id,
      direction: file.direction,
      kind: file.kind,
      message_id: file.messageId,
      payment_batch_id: file.paymentBatchId ?? null,
      xml: file.xml,
      sha256,
    })
    .onConflict(conflict => conflict.columns(['direction', 'kind', 'message_id']).doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 1n) return { id, replayed: false, differs: false }
  const standing = await tx
    .selectFrom('treasury_file')
    .select(['id', 'sha256'])
    .where('direction', '=', file.direction)
    .where('kind', '=', file.kind)
    .where('message_id', '=', file.messageId)
    .executeTakeFirstOrThrow()
  const differs = !standing.sha256.equals(sha256)
  return { id: standing.id, replayed: !differs, differs }
}

/** The `pain.001` file of a payment batch, as it was written when the batch was ordered. */
export async function findPaymentFile(db: Db, paymentBatchId: string): Promise<string | undefined> {
  const file = await db
    .selectFrom('treasury_file')
    .select('xml')
    .where('payment_batch_id', '=', paymentBatchId)
    .where('direction', '=', 'out')
    .executeTakeFirst()
  return file?.xml
}
