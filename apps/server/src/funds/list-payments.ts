import { findPaymentFile } from '../exchange/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import type { Fen } from '../platform/money.ts'
import { maskAccountNumber } from './payee-account.ts'

export const BATCH_STATES = ['sent', 'acknowledged', 'settled'] as const
/** sent: nothing was heard yet; acknowledged: something was; settled: nothing of it is on the way any more. */
export type PaymentBatchState = (typeof BATCH_STATES)[number]

export interface PaymentBatchView {
  readonly id: string
  readonly number: string
  readonly budgetYear: number
  readonly totalFen: Fen
  readonly orderCount: number
  readonly state: PaymentBatchState
  readonly businessDate: PlainDate
  readonly recordedAt: Date
}

/** Payment batches, newest first. */
export async function listPaymentBatches(
  db: Db,
  filter: { readonly state?: PaymentBatchState; readonly limit: number },
): Promise<PaymentBatchView[]> {
  const { state, limit } = filter
  let query = db.selectFrom('payment_batch').selectAll().orderBy('recorded_at', 'desc').limit(limit)
  if (state !== undefined) query = query.where('state', '=', state)
  const rows = await query.execute()
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    budgetYear: row.budget_year,
    totalFen: row.total_fen,
    orderCount: row.order_count,
    state: row.state as PaymentBatchState,
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
  }))
}

/**
 * The `pain.001.001.10` file of a batch, byte for byte as it was written when the payments were ordered.
 *
 * @throws DomainError `payment-batch.unknown`
 */
export async function getPaymentFile(db: Db, paymentBatchId: string): Promise<string> {
  const xml = await findPaymentFile(db, paymentBatchId)
  if (xml !== undefined) return xml
  throw new DomainError({
    code: 'payment-batch.unknown',
    value: paymentBatchId,
    zh: '没有这个付款批次。',
    en: 'There is no such payment batch.',
    status: 404,
  })
}

export interface PaymentOrderView {
  readonly id: string
  readonly endToEndId: string
  readonly batchId: string
  readonly batchNumber: string
  readonly organisationId: string
  readonly amountFen: Fen
  readonly reference: string
  readonly remittance: string
  readonly state: string
  readonly reasonCode: string | null
  readonly orderedOn: PlainDate
  readonly settledOn: PlainDate | null
  readonly treasuryReference: string | null
  readonly holderName: string
  readonly maskedNumber: string
  readonly bankCode: string
}

/** Payments of a batch, of an enterprise, or some by their ids; newest batch first, in the order of the batch. */
export async function listPayments(
  db: Db,
  filter: { readonly batchId?: string; readonly organisationId?: string; readonly ids?: readonly string[] },
): Promise<PaymentOrderView[]> {
  const { batchId, organisationId, ids } = filter
  let query = db
    .selectFrom('payment_order as payment')
    .innerJoin('payment_batch as batch', 'batch.id', 'payment.payment_batch_id')
    .innerJoin('payee_account as account', 'account.id', 'payment.payee_account_id')
    .selectAll('payment')
    .select(['batch.number', 'batch.business_date'])
    .select(['account.holder_name', 'account.account_number', 'account.bank_code'])
    .orderBy('batch.recorded_at', 'desc')
    .orderBy('payment.end_to_end_id')
  if (batchId !== undefined) query = query.where('payment.payment_batch_id', '=', batchId)
  if (organisationId !== undefined) query = query.where('payment.organisation_id', '=', organisationId)
  if (ids !== undefined) {
    query = query.where(where => where('payment.id', '=', where.fn.any(where.val([...ids]))))
  }
  const rows = await query.execute()
  return rows.map(row => ({
    id: row.id,
    endToEndId: row.end_to_end_id,
    batchId: row.payment_batch_id,
    batchNumber: row.number,
    organisationId: row.organisation_id,
    amountFen: row.amount_fen,
    reference: row.reference,
    remittance: row.remittance,
    state: row.state,
    reasonCode: row.reason_code,
    orderedOn: row.business_date,
    settledOn: row.settled_on,
    treasuryReference: row.treasury_reference,
    holderName: row.holder_name,
    maskedNumber: maskAccountNumber(row.account_number),
    bankCode: row.bank_code,
  }))
}
