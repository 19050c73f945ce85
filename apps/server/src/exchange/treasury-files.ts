import { createHash } from 'node:crypto'
import type { Db, Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

export type TreasuryFileKind = 'pain.001.001.10' | 'pain.002.001.11' | 'camt.054.001.08'

export interface TreasuryFile {
  readonly direction: 'out' | 'in'
  readonly kind: TreasuryFileKind
  /** `MsgId` of its group header: its sender never uses one twice. */
  readonly messageId: string
  readonly paymentBatchId: string | null
  readonly xml: string
}

/**
 * Keeps a file to or from the treasury as it is. The same file again is known and changes nothing; two transactions
 * with the same file wait for each other.
 *
 * @returns its id, and whether it was there before
 * @throws DomainError `treasury.message-id-reused` when another file bore the same message id
 */
export async function recordTreasuryFile(
  tx: Tx,
  file: TreasuryFile,
): Promise<{ id: string; replayed: boolean }> {
  const sha256 = createHash('sha256').update(file.xml).digest()
  const added = await tx
    .insertInto('treasury_file')
    .values({
      id: newId(),
      direction: file.direction,
      kind: file.kind,
      message_id: file.messageId,
      payment_batch_id: file.paymentBatchId,
      xml: file.xml,
      sha256,
    })
    .onConflict(conflict => conflict.columns(['direction', 'kind', 'message_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added !== undefined) return { id: added.id, replayed: false }
  const first = await tx
    .selectFrom('treasury_file')
    .select(['id', 'sha256'])
    .where('direction', '=', file.direction)
    .where('kind', '=', file.kind)
    .where('message_id', '=', file.messageId)
    .executeTakeFirstOrThrow()
  if (!first.sha256.equals(sha256)) throw reused(file)
  return { id: first.id, replayed: true }
}

/** The payment file of a batch, byte for byte as the treasury gets it. */
export async function findPaymentFile(db: Db, paymentBatchId: string): Promise<string | undefined> {
  const file = await db
    .selectFrom('treasury_file')
    .select('xml')
    .where('direction', '=', 'out')
    .where('payment_batch_id', '=', paymentBatchId)
    .executeTakeFirst()
  return file?.xml
}

function reused({ kind, messageId }: TreasuryFile): DomainError {
  return new DomainError({
    code: 'treasury.message-id-reused',
    value: messageId,
    where: 'MsgId',
    zh: `报文标识 ${messageId} 已用于另一份 ${kind} 报文，内容不同：先收到的有效，更正请使用新的报文标识。`,
    en: `Another ${kind} bore the message id ${messageId}: the first one stands; send a correction under a new id.`,
    status: 409,
  })
}
