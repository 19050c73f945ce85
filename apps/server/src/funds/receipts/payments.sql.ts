import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { PaymentStanding, PaymentState } from './decide-transaction.ts'
import type { ReceiptKind } from './receipt.ts'

export interface LockedPayment extends PaymentStanding {
  readonly id: string
  readonly endToEndId: string
  readonly batchId: string
  readonly budgetYear: number
  readonly payeeAccountId: string
}

export interface LockedBatch {
  readonly id: string
  readonly number: string
}

/**
 * Locks the batches that a receipt speaks of, and with them all their payments: two receipts for one batch follow
 * each other, so that the second sees what the first did. Batches are locked in the order of their ids, before any
 * account.
 */
export async function lockBatches(
  tx: Tx,
  endToEndIds: readonly string[],
  batchNumbers: readonly string[],
): Promise<LockedBatch[]> {
  const { rows } = await sql<LockedBatch>`
    select id, number from payment_batch
    where number = any(${[...batchNumbers]})
      or id in (select payment_batch_id from payment_order where end_to_end_id = any(${[...endToEndIds]}))
    order by id for update
  `.execute(tx)
  return rows
}

interface PaymentRow {
  id: string
  end_to_end_id: string
  batch_id: string
  number: string
  budget_year: number
  state: string
  amount_fen: bigint
  payee_account_id: string
  account_number: string
  heard_from: ReceiptKind[]
}

/**
 * The payments that a receipt names, and all of the batches that it speaks of as a whole; each with the kinds of
 * receipt that settled, rejected or confirmed it before. Their batches must be locked.
 */
export async function readPayments(
  tx: Tx,
  endToEndIds: readonly string[],
  wholeBatches: readonly string[],
): Promise<LockedPayment[]> {
  const { rows } = await sql<PaymentRow>`
    select payment.id, payment.end_to_end_id, batch.id as batch_id, batch.number, batch.budget_year, payment.state,
      payment.amount_fen, payment.payee_account_id, account.account_number,
      array(
        select distinct heard.kind from receipt_transaction heard
        where heard.payment_order_id = payment.id
          and heard.outcome in ('settled', 'rejected', 'returned', 'confirmed')
      ) as heard_from
    from payment_batch batch
    join payment_order payment on payment.payment_batch_id = batch.id
    join payee_account account on account.id = payment.payee_account_id
    where payment.end_to_end_id = any(${[...endToEndIds]}) or batch.number = any(${[...wholeBatches]})
    order by payment.end_to_end_id
  `.execute(tx)
  return rows.map(row => ({
    id: row.id,
    endToEndId: row.end_to_end_id,
    batchId: row.batch_id,
    batchNumber: row.number,
    budgetYear: row.budget_year,
    state: row.state as PaymentState,
    amountFen: row.amount_fen,
    payeeAccountId: row.payee_account_id,
    accountNumber: row.account_number,
    heardFrom: new Set(row.heard_from),
  }))
}

export interface PaymentChange {
  readonly id: string
  readonly state: PaymentState
  readonly reasonCode: string | null
  readonly settledOn: PlainDate | null
  readonly treasuryReference: string | null
}

/** One statement for all payments of the receipt; a day of settlement once known stays. */
export async function changePayments(tx: Tx, changes: readonly PaymentChange[]): Promise<void> {
  await sql`
    update payment_order payment
    set state = change.state, reason_code = change.reason_code,
      settled_on = coalesce(change.settled_on, payment.settled_on),
      treasury_reference = coalesce(change.treasury_reference, payment.treasury_reference)
    from unnest(
      ${changes.map(({ id }) => id)}::uuid[], ${changes.map(({ state }) => state)}::text[],
      ${changes.map(({ reasonCode }) => reasonCode)}::text[], ${changes.map(({ settledOn }) => settledOn)}::date[],
      ${changes.map(({ treasuryReference }) => treasuryReference)}::text[]
    ) as change (id, state, reason_code, settled_on, treasury_reference)
    where payment.id = change.id
  `.execute(tx)
}

/** A batch is settled when nothing of it is on the way any more; until then it is acknowledged. */
export async function changeBatches(tx: Tx, batchIds: readonly string[]): Promise<void> {
  await sql`
    update payment_batch batch
    set state = case
      when exists (
        select from payment_order payment where payment.payment_batch_id = batch.id and payment.state = 'ordered'
      ) then 'acknowledged' else 'settled' end
    where id = any(${[...batchIds]}::uuid[])
  `.execute(tx)
}

/** Accounts that the treasury cannot pay into; the enterprise must name another. */
export async function rejectPayeeAccounts(
  tx: Tx,
  rejected: readonly { readonly payeeAccountId: string; readonly reasonCode: string }[],
): Promise<void> {
  await sql`
    update payee_account account set state = 'rejected', rejected_reason = rejected.reason
    from (
      select distinct on (id) id, reason
      from unnest(${rejected.map(row => row.payeeAccountId)}::uuid[], ${rejected.map(row => row.reasonCode)}::text[])
        as each (id, reason)
      order by id
    ) rejected
    where account.id = rejected.id and account.state <> 'rejected'
  `.execute(tx)
}
