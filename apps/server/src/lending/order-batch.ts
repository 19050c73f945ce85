import { sql } from 'kysely'
import { orderPayments } from '../funds/index.ts'
import type { City } from '../platform/city.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import type { Fen } from '../platform/money.ts'
import type { Actor } from '../platform/permissions.ts'
import { type Batch, lockBatch, requireState } from './batch.ts'
import { recordRemark } from './batch-remarks.ts'
import { readPayer } from './city-payer.ts'

export interface OrderedBatch {
  readonly paymentBatchId: string | null
  readonly orders: number
  readonly totalFen: Fen
  /** Enterprises that are owed money and have no account in force: they are asked for one. */
  readonly withoutAccount: number
}

interface Payee {
  readonly organisation_id: string
  readonly payee_account_id: string | null
  readonly total_fen: Fen
}

/**
 * Orders the payments of an approved batch whose notice is over, one payment an enterprise, and with them what an
 * earlier batch of the same budget year could not pay: a rejected account that has been corrected since. What
 * corrections have set off against each other entirely needs no payment and is done.
 *
 * @throws DomainError `batch.wrong-state`, `batch.under-notice`, `batch.objection-open`
 */
export async function orderBatch(db: Db, id: string, city: City, actor: Actor): Promise<OrderedBatch> {
  return inTransaction(db, async tx => {
    const batch = await lockBatch(tx, id)
    requireState(batch, 'order')
    const day = await businessDate(tx)
    if (batch.payable_from !== null && day < batch.payable_from)
      throw underNotice(batch.number, batch.payable_from)
    await requireNoOpenObjection(tx, batch)
    const payees = await findPayees(tx, batch.budget_year, day)
    const payable = payees.filter(hasAccount).filter(({ total_fen }) => total_fen > 0n)
    await settleNothings(tx, batch.budget_year, day)
    const ordered =
      payable.length === 0
        ? undefined
        : await orderPayments(tx, {
            orders: payable.map(payee => ({
              organisationId: payee.organisation_id,
              payeeAccountId: payee.payee_account_id,
              amountFen: payee.total_fen,
              reference: batch.number,
              remittance: `数字贷贴息 ${batch.number}`,
            })),
            budgetYear: batch.budget_year,
            businessDate: day,
            actor,
            payer: readPayer(city),
          })
    if (ordered) {
      await linkLines(
        tx,
        batch.budget_year,
        day,
        payable.map((payee, index) => ({
          organisationId: payee.organisation_id,
          orderId: ordered.orders[index]?.id ?? '',
        })),
      )
    }
    await tx.updateTable('subsidy_batch').set({ state: 'ordered' }).where('id', '=', id).execute()
    await recordRemark(tx, { batchId: id, kind: 'ordered', text: ordered?.number ?? '' }, actor, day)
    await closeFinishedBatches(tx)
    return {
      paymentBatchId: ordered?.batchId ?? null,
      orders: payable.length,
      totalFen: ordered?.totalFen ?? 0n,
      withoutAccount: payees.filter(payee => !hasAccount(payee) && payee.total_fen > 0n).length,
    }
  })
}

function hasAccount(payee: Payee): payee is Payee & { readonly payee_account_id: string } {
  return payee.payee_account_id !== null
}

/** Lines that may be paid now: approved, past their notice, without an open objection, not paid before. */
const payableLines = (year: number, day: PlainDate) => sql`
  subsidy_batch_line l join subsidy_batch b on b.id = l.batch_id
  where l.state in ('batched', 'rejected') and b.state in ('approved', 'ordered')
    and b.budget_year = ${year} and b.payable_from <= ${day}
    and not exists (select from open_objection o where o.batch_id = b.id)`

async function findPayees(tx: Tx, year: number, day: PlainDate): Promise<Payee[]> {
  const { rows } = await sql<Payee>`
    select t.organisation_id, a.id as payee_account_id, t.total_fen
    from (
      select l.organisation_id, sum(l.amount_fen)::bigint as total_fen
      from ${payableLines(year, day)} group by l.organisation_id) t
    left join payee_account a on a.organisation_id = t.organisation_id and a.state = 'in_force'
    order by t.organisation_id`.execute(tx)
  return rows
}

async function linkLines(
  tx: Tx,
  year: number,
  day: PlainDate,
  orders: readonly { organisationId: string; orderId: string }[],
): Promise<void> {
  const organisations = orders.map(({ organisationId }) => organisationId)
  const orderIds = orders.map(({ orderId }) => orderId)
  await sql`
    update subsidy_batch_line line set state = 'ordered', payment_order_id = o.order_id
    from unnest(${organisations}::uuid[], ${orderIds}::uuid[]) as o (organisation_id, order_id)
    where line.organisation_id = o.organisation_id
      and (line.batch_id, line.claim_id) in (select l.batch_id, l.claim_id from ${payableLines(year, day)})`.execute(
    tx,
  )
}

/** An enterprise whose lines add up to nothing is owed nothing: its lines are done, their claims brought to par. */
async function settleNothings(tx: Tx, year: number, day: PlainDate): Promise<void> {
  await sql`
    with nothing as (
      select l.organisation_id from ${payableLines(year, day)}
      group by l.organisation_id having sum(l.amount_fen) = 0
    ), done as (
      update subsidy_batch_line line set state = 'paid'
      where line.organisation_id in (select organisation_id from nothing)
        and (line.batch_id, line.claim_id) in (select l.batch_id, l.claim_id from ${payableLines(year, day)})
      returning line.claim_id, line.amount_fen
    )
    update claim c set paid_fen = c.paid_fen + d.amount_fen
    from (select claim_id, sum(amount_fen)::bigint as amount_fen from done group by claim_id) d
    where c.id = d.claim_id`.execute(tx)
}

/** A batch is closed when each of its lines is paid. */
export async function closeFinishedBatches(tx: Tx): Promise<void> {
  await sql`
    update subsidy_batch b set state = 'closed'
    where b.state = 'ordered'
      and not exists (select from subsidy_batch_line l where l.batch_id = b.id and l.state <> 'paid')`.execute(
    tx,
  )
}

async function requireNoOpenObjection(tx: Tx, { id, number }: Batch): Promise<void> {
  const open = await tx
    .selectFrom('open_objection')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('batch_id', '=', id)
    .executeTakeFirstOrThrow()
  if (open.count === 0n) return
  throw new DomainError({
    code: 'batch.objection-open',
    status: 409,
    value: number,
    zh: `批次 ${number} 有 ${open.count} 件异议尚未处理，不能拨付：请先处理异议。`,
    en: `Objections to batch ${number} are open (${open.count}) and it cannot be paid: decide them first.`,
  })
}

function underNotice(number: string, payableFrom: PlainDate): DomainError {
  return new DomainError({
    code: 'batch.under-notice',
    status: 409,
    value: payableFrom,
    zh: `批次 ${number} 正在公示，${payableFrom} 起可以拨付。`,
    en: `Batch ${number} is under public notice; payment may be ordered from ${payableFrom}.`,
  })
}
