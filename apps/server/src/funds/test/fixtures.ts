import type { SystemActor } from '../../platform/audit.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import { type Fen, parseYuan } from '../../platform/money.ts'
import { orderPayments } from '../order-payments.ts'
import { appropriate, hold } from '../transaction.ts'

export const ACTOR: SystemActor = { name: 'test', role: 'system' }
export const TODAY = '2022-07-01'
export const BANK = '102100099996'
export const OTHER_BANK = '103100000026'

export async function addSource(db: Db, kind: 'bank' | 'person' | 'generated'): Promise<string> {
  const id = newId()
  await db
    .insertInto('source')
    .values({ id, name: `a ${kind}`, kind, as_of: TODAY, recorded_by: 'test' })
    .execute()
  return id
}

/** Organisations with invented credit codes. */
export async function addOrganisations(db: Db, names: readonly string[]): Promise<string[]> {
  const sourceId = await addSource(db, 'generated')
  const rows = names.map(name => {
    const id = newId()
    return { id, credit_code: `TEST${id.replaceAll('-', '').slice(-14)}`, name, source_id: sourceId }
  })
  if (rows.length > 0) await db.insertInto('organisation').values(rows).execute()
  return rows.map(({ id }) => id)
}

export const payer = {
  holderName: '测试市财政局',
  accountNumber: '9901000000000001',
  bankCode: BANK,
}

export interface Payee {
  readonly organisationId: string
  readonly payeeAccountId: string
  readonly accountNumber: string
}

/** Organisations that can be paid, each with an account of its own in force. */
export async function payees(db: Db, names: readonly string[]): Promise<Payee[]> {
  const organisationIds = await addOrganisations(db, names)
  const sourceId = await addSource(db, 'bank')
  const rows = organisationIds.map((organisation_id, i) => ({
    id: newId(),
    organisation_id,
    holder_name: names[i] ?? '',
    account_number: `62220000${String(i).padStart(8, '0')}`,
    bank_code: OTHER_BANK,
    source_id: sourceId,
    recorded_by: 'test',
  }))
  await db.insertInto('payee_account').values(rows).execute()
  return rows.map(row => ({
    organisationId: row.organisation_id,
    payeeAccountId: row.id,
    accountNumber: row.account_number,
  }))
}

export interface OrderedPayment extends Payee {
  readonly paymentOrderId: string
  readonly endToEndId: string
  readonly amountFen: Fen
}

export interface OrderedBatch {
  readonly batchId: string
  readonly number: string
  readonly payments: readonly [OrderedPayment, OrderedPayment, OrderedPayment, ...OrderedPayment[]]
}

/** A budget with all of its money ordered: one payment to a new payee for each amount; at least three amounts. */
export async function orderedBatch(
  db: Db,
  budgetYear: number,
  yuan: readonly string[],
): Promise<OrderedBatch> {
  const amounts = yuan.map(parseYuan)
  const to = await payees(
    db,
    yuan.map((_, i) => `测试第${i + 1}有限公司`),
  )
  const posting = {
    year: budgetYear,
    amountFen: amounts.reduce((sum, fen) => sum + fen, 0n),
    businessDate: TODAY,
    actor: 'test',
    reference: { kind: 'subsidy_batch', id: newId() },
    memo: 'a test',
  }
  const ordered = await inTransaction(db, async tx => {
    await appropriate(tx, posting)
    await hold(tx, posting)
    const orders = to.map(({ organisationId, payeeAccountId }, i) => ({
      organisationId,
      payeeAccountId,
      amountFen: amounts[i] ?? 0n,
      reference: 'SB2022Q3-01',
      remittance: '数字贷贴息',
    }))
    return orderPayments(tx, { orders, budgetYear, businessDate: TODAY, actor: ACTOR, payer })
  })
  const payments = to.map((payee, i) => ({
    ...payee,
    paymentOrderId: ordered.orders[i]?.id ?? '',
    endToEndId: ordered.orders[i]?.endToEndId ?? '',
    amountFen: amounts[i] ?? 0n,
  }))
  const [a, b, c, ...others] = payments
  if (a === undefined || b === undefined || c === undefined)
    throw new Error('A batch of the tests has three payments')
  return { batchId: ordered.batchId, number: ordered.number, payments: [a, b, c, ...others] }
}
