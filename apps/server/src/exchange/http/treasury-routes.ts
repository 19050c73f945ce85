import { z } from 'zod'
import { businessDate } from '../../platform/clock.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { DomainError } from '../../platform/errors.ts'
import { type App, route } from '../../platform/http/index.ts'
import { findTreasuryKey } from '../keys/find-keys.ts'
import { readText } from '../messages/read-message.ts'
import { rememberKeys } from '../signatures/signing-keys.ts'
import { contentType, getSignedBody, getSignedHead, signedRoutes } from './signed-routes.ts'

/** What an upper floor registers for the treasury's requests: exchange knows no payment. */
export interface TreasuryHandler {
  /** Newest first. */
  listPaymentBatches(
    db: Db,
    filter: { readonly state?: PaymentBatchState; readonly limit: number },
  ): Promise<readonly ListedPaymentBatch[]>
  /** @throws DomainError 404 when there is no such batch */
  getPaymentFile(db: Db, paymentBatchId: string): Promise<string>
  /** Takes a receipt with all that follows from it, in one transaction. */
  receiveReceipt(
    tx: Tx,
    receipt: { readonly xml: string; readonly businessDate: string; readonly keyId: string },
  ): Promise<ReceiptAnswered>
}

export type PaymentBatchState = 'sent' | 'acknowledged' | 'settled'

export interface ListedPaymentBatch {
  readonly id: string
  readonly number: string
  readonly totalFen: bigint
  readonly orderCount: number
  readonly state: PaymentBatchState
  readonly businessDate: string
}

export interface ReceiptAnswered {
  readonly kind: string
  readonly messageId: string
  readonly replayed: boolean
  readonly transactions: readonly {
    readonly position: number
    readonly endToEndId: string | null
    readonly outcome: string
    readonly reason: string | null
  }[]
}

const state = z.enum(['sent', 'acknowledged', 'settled'])
const XML = 'application/xml'
/** A receipt of as many payments as a batch may have. */
const RECEIPT_BYTES_MAX = 64 << 20

const PaymentBatches = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      total_fen: z.string(),
      order_count: z.int(),
      state,
      business_date: z.string(),
    }),
  ),
})

const ReceiptAnswer = z.object({
  message_id: z.string(),
  kind: z.string(),
  /** The same receipt came before: these are its first outcomes, and nothing changed. */
  replayed: z.boolean(),
  transactions: z.array(
    z.object({
      position: z.int(),
      end_to_end_id: z.string().nullable(),
      outcome: z.string(),
      reason: z.string().nullable(),
    }),
  ),
})

/** What the treasury's program asks for, signed with the treasury's own key. */
export function treasuryRoutes(app: App, treasury: TreasuryHandler): void {
  const { db } = app.database
  const findKey = rememberKeys(keyId => findTreasuryKey(db, keyId))
  signedRoutes(app, findKey, inside => {
    route(inside, {
      method: 'GET',
      url: '/api/v1/treasury/payment-batches',
      permission: 'signed',
      summary: 'Payment batches for the treasury, newest first',
      tag: 'treasury',
      query: z.strictObject({
        state: state.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      }),
      response: PaymentBatches,
      handler: async ({ query }) => {
        const filter = { limit: query.limit, ...(query.state === undefined ? {} : { state: query.state }) }
        const batches = await treasury.listPaymentBatches(db, filter)
        return {
          items: batches.map(batch => ({
            id: batch.id,
            number: batch.number,
            total_fen: batch.totalFen.toString(),
            order_count: batch.orderCount,
            state: batch.state,
            business_date: batch.businessDate,
          })),
        }
      },
    })
    route(inside, {
      method: 'GET',
      url: '/api/v1/treasury/payment-batches/:id/pain001',
      permission: 'signed',
      summary: 'The pain.001.001.10 file of a payment batch',
      tag: 'treasury',
      params: z.object({ id: z.uuid() }),
      response: z.string(),
      produces: [XML],
      handler: async ({ params, reply }) =>
        reply.type(`${XML}; charset=utf-8`).send(await treasury.getPaymentFile(db, params.id)),
    })
    route(inside, {
      method: 'POST',
      url: '/api/v1/treasury/receipts',
      permission: 'signed',
      summary: 'A receipt of the treasury: pain.002.001.11 or camt.054.001.08',
      tag: 'treasury',
      consumes: [XML],
      body: z.string(),
      response: ReceiptAnswer,
      bodyLimit_bytes: RECEIPT_BYTES_MAX,
      handler: async ({ request }) => {
        if (!request.headers['content-type']?.startsWith(XML)) throw contentType([XML])
        const xml = readText(getSignedBody(request))
        if (xml === undefined) throw wrongEncoding()
        const { keyId } = getSignedHead(request)
        const answered = await inTransaction(db, async tx =>
          treasury.receiveReceipt(tx, { xml, businessDate: await businessDate(tx), keyId }),
        )
        return {
          message_id: answered.messageId,
          kind: answered.kind,
          replayed: answered.replayed,
          transactions: answered.transactions.map(({ position, endToEndId, outcome, reason }) => ({
            position,
            end_to_end_id: endToEndId,
            outcome,
            reason,
          })),
        }
      },
    })
  })
}

function wrongEncoding(): DomainError {
  return new DomainError({
    code: 'treasury.receipt-encoding',
    zh: '回执不是 UTF-8 文本：请以 UTF-8 编码发送。',
    en: 'The receipt is not UTF-8 text: send it in UTF-8.',
  })
}
