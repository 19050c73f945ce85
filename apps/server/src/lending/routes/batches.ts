import { z } from 'zod'
import { businessDate } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { type App, plainText, route } from '../../platform/http/index.ts'
import { formatYuan } from '../../platform/money.ts'
import { ANSWERS } from '../../policy/index.ts'
import { approveBatch, returnBatch, submitBatch } from '../approve-batch.ts'
import { BATCH_RECORD, BATCH_STATES, lockBatch } from '../batch.ts'
import { recordRemark } from '../batch-remarks.ts'
import { describeBatch, EXCEPTIONS, listBatches } from '../describe-batch.ts'
import { orderBatch } from '../order-batch.ts'
import { prepareBatch, refreshBatch } from '../prepare-batch.ts'

const BatchSummary = z.object({
  id: z.string(),
  /** The version of the batch: what a step on it sends as If-Match. */
  etag: z.string(),
  number: z.string(),
  quarter: z.string(),
  budget_year: z.number().int(),
  state: z.enum(BATCH_STATES),
  /** What may be done in this state, by whoever has the permission. */
  actions: z.array(z.string()),
  claims: z.number().int(),
  total: z.string(),
  prepared_by: z.string(),
  prepared_on: z.string(),
  submitted_on: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_on: z.string().nullable(),
  /** First and last day of the public notice; null: there is none. */
  notice_from: z.string().nullable(),
  notice_until: z.string().nullable(),
  payable_from: z.string().nullable(),
  /** Until they are decided nothing of the batch is paid. */
  open_objections: z.number().int(),
})

const Line = z.object({
  claim_id: z.string(),
  kind: z.enum([...EXCEPTIONS, 'sample']),
  enterprise_name: z.string(),
  credit_code: z.string(),
  bank_name: z.string(),
  quarter: z.string(),
  amount: z.string(),
  checked: z.boolean(),
})

const Batch = BatchSummary.extend({
  by_bank: z.array(
    z.object({ bank_code: z.string(), bank_name: z.string(), claims: z.number().int(), amount: z.string() }),
  ),
  exceptions: z.array(Line),
  sample: z.array(Line),
  outside: z.array(z.object({ answer: z.enum(ANSWERS), claims: z.number().int(), interest: z.string() })),
  payments: z.array(
    z.object({
      state: z.enum(['batched', 'ordered', 'paid', 'rejected']),
      claims: z.number().int(),
      amount: z.string(),
    }),
  ),
  remarks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      claim_id: z.string().nullable(),
      text: z.string(),
      by: z.string(),
      business_date: z.string(),
      recorded_at: z.string(),
    }),
  ),
})

const params = z.object({ id: z.uuid() })
const ofBatch = {
  record: {
    kind: BATCH_RECORD,
    id: (context: { readonly params: { readonly id: string } }) => context.params.id,
  },
}
const Text = z.strictObject({ text: plainText(0, 2000).default('') })
const Reason = z.strictObject({ reason: plainText(1, 2000) })

export function batchRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/batches',
    permission: 'batch.read',
    summary: 'Batches, newest first',
    query: z.object({
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      state: z.enum(BATCH_STATES).optional(),
      in_payment: z.stringbool().optional().describe('only approved and ordered ones'),
      q: plainText(0, 100).optional().describe('part of the number'),
    }),
    response: z.object({ items: z.array(BatchSummary), next: z.string().nullable() }),
    handler: ({ database, query: { state, in_payment, q, cursor, limit } }) =>
      listBatches(database.db, { state, inPayment: in_payment, text: q || undefined, after: cursor, limit }),
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches',
    permission: 'batch.prepare',
    summary: 'Prepare a batch of everything that is owed',
    change: {},
    response: Batch,
    handler: async ({ database, actor }) =>
      describeBatch(database.db, await prepareBatch(database.db, actor)),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/batches/:id',
    permission: 'batch.read',
    summary: 'A batch: totals, exceptions first, a sample, what was noted',
    params,
    response: Batch,
    handler: ({ database, params: { id } }) => describeBatch(database.db, id),
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches/:id/refresh',
    permission: 'batch.prepare',
    summary: 'Take up what has changed since the batch was prepared',
    change: ofBatch,
    params,
    response: Batch,
    handler: async ({ database, params: { id }, actor }) => {
      await refreshBatch(database.db, id, actor)
      return describeBatch(database.db, id)
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches/:id/submit',
    permission: 'batch.prepare',
    summary: 'Hand the batch to the approver',
    change: ofBatch,
    params,
    body: Text,
    response: Batch,
    handler: async ({ database, params: { id }, body, actor }) => {
      await submitBatch(database.db, id, body.text, actor)
      return describeBatch(database.db, id)
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches/:id/return',
    permission: 'batch.decide',
    summary: 'Send the batch back to its preparer with a reason',
    change: ofBatch,
    params,
    body: Reason,
    response: Batch,
    handler: async ({ database, params: { id }, body, actor }) => {
      await returnBatch(database.db, id, body.reason, actor)
      return describeBatch(database.db, id)
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches/:id/approve',
    permission: 'batch.decide',
    summary: 'Approve the batch: its money is held from this moment',
    change: ofBatch,
    params,
    body: Text,
    response: Batch,
    handler: async ({ database, params: { id }, body, actor }) => {
      await approveBatch(database.db, id, body.text, actor)
      return describeBatch(database.db, id)
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches/:id/order',
    permission: 'batch.order',
    summary: 'Order the payments from the treasury',
    change: ofBatch,
    params,
    response: z.object({
      payment_batch_id: z.string().nullable(),
      orders: z.number().int(),
      total: z.string(),
      without_account: z.number().int(),
    }),
    handler: async ({ database, params: { id }, city, actor }) => {
      const ordered = await orderBatch(database.db, id, city, actor)
      return {
        payment_batch_id: ordered.paymentBatchId,
        orders: ordered.orders,
        total: formatYuan(ordered.totalFen),
        without_account: ordered.withoutAccount,
      }
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/batches/:id/remarks',
    permission: 'batch.read',
    summary: 'Note something, or mark a claim of the sample as checked',
    change: {},
    params,
    body: z.strictObject({
      kind: z.enum(['note', 'sample_checked']),
      claim_id: z.uuid().optional(),
      text: plainText(0, 2000).default(''),
    }),
    response: Batch,
    handler: async ({ database, params: { id }, body, actor }) => {
      await inTransaction(database.db, async tx => {
        await lockBatch(tx, id)
        const claim = body.claim_id === undefined ? {} : { claimId: body.claim_id }
        await recordRemark(
          tx,
          { batchId: id, kind: body.kind, text: body.text, ...claim },
          actor,
          await businessDate(tx),
        )
      })
      return describeBatch(database.db, id)
    },
  })
}
