import { sql } from 'kysely'
import { recordTreasuryFile } from '../exchange/index.ts'
import { actorName, recordAudit, type SystemActor } from '../platform/audit.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import type { Actor } from '../platform/permissions.ts'
import { post } from './journal.ts'
import { type CreditTransfer, writePain001 } from './pain001.ts'
import type { AccountDetails } from './payee-account.ts'

export interface PaymentToOrder {
  readonly organisationId: string
  /** In force, of that organisation. */
  readonly payeeAccountId: string
  readonly amountFen: Fen
  /** The number of what is paid, for the payee's books: at most 35 characters. */
  readonly reference: string
  /** What the payee reads: at most 140 characters. */
  readonly remittance: string
}

export interface PaymentsToOrder {
  readonly orders: readonly PaymentToOrder[]
  /** The budget year in which the money is held. */
  readonly budgetYear: number
  readonly businessDate: PlainDate
  readonly actor: Actor | SystemActor
  /** From which the treasury pays. */
  readonly payer: AccountDetails
}

export interface OrderedPayments {
  readonly batchId: string
  /** Also the message id of the file. */
  readonly number: string
  readonly totalFen: Fen
  /** In the order given. */
  readonly orders: readonly { readonly id: string; readonly endToEndId: string }[]
}

const ORDERS_MAX = 50_000
const ROWS_MAX = 1_000

/**
 * Orders payments from the treasury: a batch, an order for each payment, the money moved from held to ordered, and
 * the `pain.001.001.10` file, all in the caller's transaction. Numbers count up within the budget year, so that the
 * same story gives the same end-to-end ids.
 *
 * @throws InsufficientFundsError `funds.insufficient` when less is held than is ordered
 * @throws DomainError `payment.nothing-to-pay`, `payment.too-many`, `payment.order-malformed`,
 *   `payment.account-not-in-force`, `funds.amount-not-positive`
 */
export async function orderPayments(tx: Tx, request: PaymentsToOrder): Promise<OrderedPayments> {
  const { orders, budgetYear, businessDate, actor, payer } = request
  requireOrders(orders)
  const payees = await lockPayees(tx, orders)
  const number = await nextNumber(tx, budgetYear)
  const totalFen = orders.reduce((sum, order) => sum + order.amountFen, 0n)
  const batchId = newId()
  const placed = orders.map((order, i) => ({
    ...order,
    id: newId(),
    endToEndId: `${number}-${String(i + 1).padStart(5, '0')}`,
  }))
  await post(
    tx,
    'order',
    placed.map(({ id, amountFen, endToEndId }) => ({
      year: budgetYear,
      amountFen,
      businessDate,
      actor: actorName(actor),
      reference: { kind: 'payment_order', id },
      memo: endToEndId,
    })),
  )
  const { recorded_at: createdAt } = await tx
    .insertInto('payment_batch')
    .values({
      id: batchId,
      number,
      budget_year: budgetYear,
      total_fen: totalFen,
      order_count: orders.length,
      state: 'sent',
      business_date: businessDate,
      recorded_by: actorName(actor),
    })
    .returning('recorded_at')
    .executeTakeFirstOrThrow()
  await insertOrders(tx, batchId, placed)
  const transfers = placed.map((order): CreditTransfer => {
    const { endToEndId, amountFen, reference, remittance } = order
    return { endToEndId, amountFen, reference, remittance, payee: payeeOf(payees, order) }
  })
  await recordTreasuryFile(tx, {
    direction: 'out',
    kind: 'pain.001.001.10',
    messageId: number,
    paymentBatchId: batchId,
    xml: writePain001({ messageId: number, createdAt, executionDate: businessDate, payer, transfers }),
  })
  await recordAudit(tx, {
    actor,
    businessDate,
    action: 'payment-batch.ordered',
    subjectKind: 'payment_batch',
    subjectId: batchId,
    detail: { number, orders: orders.length, total: formatYuan(totalFen) },
  })
  return { batchId, number, totalFen, orders: placed.map(({ id, endToEndId }) => ({ id, endToEndId })) }
}

/** One batch at a time gets the year's next number; the lock ends with the transaction. */
async function nextNumber(tx: Tx, budgetYear: number): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtext('payment_batch.number'), ${budgetYear}::int)`.execute(tx)
  const { count } = await tx
    .selectFrom('payment_batch')
    .select(query => query.fn.countAll<bigint>().as('count'))
    .where('budget_year', '=', budgetYear)
    .executeTakeFirstOrThrow()
  return `PB${budgetYear}-${String(count + 1n).padStart(4, '0')}`
}

type Payees = ReadonlyMap<string, AccountDetails & { organisationId: string }>

/** The accounts in force; none of them can be rejected or replaced until this transaction ends. */
async function lockPayees(tx: Tx, orders: readonly PaymentToOrder[]): Promise<Payees> {
  const ids = [...new Set(orders.map(({ payeeAccountId }) => payeeAccountId))]
  const rows = await tx
    .selectFrom('payee_account')
    .select(['id', 'organisation_id', 'holder_name', 'account_number', 'bank_code'])
    .where(where => where('id', '=', where.fn.any(where.val(ids))))
    .where('state', '=', 'in_force')
    .orderBy('id')
    .forShare()
    .execute()
  const payees: Payees = new Map(
    rows.map(row => [
      row.id,
      {
        organisationId: row.organisation_id,
        holderName: row.holder_name,
        accountNumber: row.account_number,
        bankCode: row.bank_code,
      },
    ]),
  )
  for (const order of orders) payeeOf(payees, order)
  return payees
}

function payeeOf(payees: Payees, { organisationId, payeeAccountId }: PaymentToOrder): AccountDetails {
  const payee = payees.get(payeeAccountId)
  if (payee?.organisationId === organisationId) return payee
  throw new DomainError({
    code: 'payment.account-not-in-force',
    value: organisationId,
    zh: '收款账户已被退回、替换，或不属于该企业：请先由企业更正账户，再下达付款。',
    en: 'The payee’s account was rejected, replaced, or is not the enterprise’s: have it corrected first, then order the payment.',
    status: 409,
  })
}

async function insertOrders(
  tx: Tx,
  batchId: string,
  placed: readonly (PaymentToOrder & { id: string; endToEndId: string })[],
): Promise<void> {
  const rows = placed.map(order => ({
    id: order.id,
    end_to_end_id: order.endToEndId,
    payment_batch_id: batchId,
    organisation_id: order.organisationId,
    payee_account_id: order.payeeAccountId,
    amount_fen: order.amountFen,
    reference: order.reference,
    remittance: order.remittance,
    state: 'ordered',
  }))
  for (let at = 0; at < rows.length; at += ROWS_MAX) {
    await tx
      .insertInto('payment_order')
      .values(rows.slice(at, at + ROWS_MAX))
      .execute()
  }
}

function requireOrders(orders: readonly PaymentToOrder[]): void {
  if (orders.length === 0) {
    throw new DomainError({
      code: 'payment.nothing-to-pay',
      zh: '没有可付款的项目。',
      en: 'There is nothing to pay.',
    })
  }
  if (orders.length > ORDERS_MAX) {
    throw new DomainError({
      code: 'payment.too-many',
      value: orders.length,
      zh: `一个付款批次最多 ${ORDERS_MAX} 笔：请分批下达。`,
      en: `A payment batch has at most ${ORDERS_MAX} payments: order them in several.`,
    })
  }
  for (const { reference, remittance } of orders) {
    if (isPrintable(reference, 35) && isPrintable(remittance, 140)) continue
    throw new DomainError({
      code: 'payment.order-malformed',
      value: reference,
      zh: '付款编号须为 1 至 35 个字，附言须为 1 至 140 个字，不含换行。',
      en: 'A payment’s reference has 1 to 35 characters, its remittance text 1 to 140, without line breaks.',
    })
  }
}

function isPrintable(text: string, length_max: number): boolean {
  return text.length <= length_max && /^[^\p{Cc}\p{Cs}]+$/u.test(text)
}
