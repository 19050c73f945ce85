import type { Db } from '../platform/db/index.ts'
import { formatYuan } from '../platform/money.ts'
import type { ClaimPath } from './claim-schemas.ts'

/** The way of a claim's money: the batches that took it up, who prepared and approved them, payment and journal. */
export async function findPath(db: Db, claimId: string): Promise<ClaimPath> {
  const lines = await db
    .selectFrom('subsidy_batch_line as line')
    .innerJoin('subsidy_batch as batch', 'batch.id', 'line.batch_id')
    .leftJoin('payment_order as payment', 'payment.id', 'line.payment_order_id')
    .where('line.claim_id', '=', claimId)
    .orderBy('batch.id')
    .select([
      'batch.id as batch_id',
      'batch.number',
      'line.amount_fen',
      'line.state',
      'batch.prepared_by_name',
      'batch.prepared_on',
      'batch.decided_by_name',
      'batch.decided_on',
      'payment.id as payment_id',
      'payment.end_to_end_id',
      'payment.amount_fen as payment_fen',
      'payment.state as payment_state',
      'payment.settled_on',
      'payment.reason_code',
    ])
    .execute()
  const references = lines.flatMap(({ batch_id, payment_id }) =>
    payment_id ? [batch_id, payment_id] : [batch_id],
  )
  return {
    batches: lines.map(line => ({
      batch_id: line.batch_id,
      number: line.number,
      amount: formatYuan(line.amount_fen),
      state: line.state,
      prepared_by: line.prepared_by_name,
      prepared_on: line.prepared_on,
      decided_by: line.decided_by_name,
      decided_on: line.decided_on,
      payment:
        line.end_to_end_id === null || line.payment_fen === null || line.payment_state === null
          ? null
          : {
              end_to_end_id: line.end_to_end_id,
              amount: formatYuan(line.payment_fen),
              state: line.payment_state,
              settled_on: line.settled_on,
              reason_code: line.reason_code,
            },
    })),
    journal: references.length === 0 ? [] : await journalOf(db, references),
  }
}

async function journalOf(db: Db, references: readonly string[]): Promise<ClaimPath['journal']> {
  const entries = await db
    .selectFrom('journal_entry as entry')
    .innerJoin('journal_line as line', 'line.entry_id', 'entry.id')
    .where('entry.reference_id', 'in', references)
    .where('line.amount_fen', '>', 0n)
    .orderBy('entry.seq')
    .select(['entry.id', 'entry.kind', 'entry.business_date', 'entry.memo', 'line.amount_fen'])
    .execute()
  return entries.map(({ id, kind, business_date, memo, amount_fen }) => ({
    entry_id: id,
    kind,
    business_date,
    memo,
    amount: formatYuan(amount_fen),
  }))
}
