import { sql } from 'kysely'
import { businessDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/index.ts'
import { addJob } from '../platform/jobs.ts'
import { closeFinishedBatches } from './order-batch.ts'
import { PUBLISH_FIGURES_JOB } from './publish-figures.ts'

/** What the treasury said of one payment order. */
export interface PaymentOutcome {
  readonly paymentOrderId: string
  readonly outcome: 'settled' | 'rejected' | 'returned'
}

/**
 * Carries the treasury's word into claims and batches, and tells the enterprises: the money has come, or the
 * account must be corrected.
 */
export async function applyPaymentOutcomes(tx: Tx, outcomes: readonly PaymentOutcome[]): Promise<void> {
  const settled = outcomes
    .filter(({ outcome }) => outcome === 'settled')
    .map(({ paymentOrderId }) => paymentOrderId)
  const failed = outcomes
    .filter(({ outcome }) => outcome !== 'settled')
    .map(({ paymentOrderId }) => paymentOrderId)
  await markPaid(tx, settled)
  await markRejected(tx, failed)
  await notify(tx, 'subsidy-paid', settled)
  await notify(tx, 'account-rejected', failed)
  await closeFinishedBatches(tx)
  if (outcomes.length > 0) await addJob(tx, PUBLISH_FIGURES_JOB, {}, { key: PUBLISH_FIGURES_JOB })
}

async function markPaid(tx: Tx, orders: readonly string[]): Promise<void> {
  await sql`
    with paid as (
      update subsidy_batch_line set state = 'paid'
      where payment_order_id = any(${orders}::uuid[]) and state = 'ordered'
      returning claim_id, amount_fen
    )
    update claim c set paid_fen = c.paid_fen + p.amount_fen
    from (select claim_id, sum(amount_fen)::bigint as amount_fen from paid group by claim_id) p
    where c.id = p.claim_id`.execute(tx)
}

/** Also takes back what a payment that was returned after settlement had marked as paid. */
async function markRejected(tx: Tx, orders: readonly string[]): Promise<void> {
  await sql`
    with before as (
      select batch_id, claim_id, amount_fen, state from subsidy_batch_line
      where payment_order_id = any(${orders}::uuid[]) and state in ('ordered', 'paid')
      for update
    ), undone as (
      update claim c set paid_fen = c.paid_fen - b.amount_fen
      from (select claim_id, sum(amount_fen)::bigint as amount_fen from before where state = 'paid' group by claim_id) b
      where c.id = b.claim_id
    ), reopened as (
      update subsidy_batch s set state = 'ordered'
      where s.state = 'closed' and s.id in (select batch_id from before)
    )
    update subsidy_batch_line l set state = 'rejected'
    from before b where b.batch_id = l.batch_id and b.claim_id = l.claim_id`.execute(tx)
}

async function notify(tx: Tx, kind: string, orders: readonly string[]): Promise<void> {
  const day = await businessDate(tx)
  await sql`
    insert into notification (id, organisation_id, kind, parameters, business_date)
    select new_id(), o.organisation_id, ${kind},
      jsonb_build_object('amount', (o.amount_fen * 0.01)::text, 'end_to_end_id', o.end_to_end_id,
        'reason', o.reason_code), ${day}
    from payment_order o where o.id = any(${orders}::uuid[])`.execute(tx)
}
