import { z } from 'zod'
import { signedBankRoutes } from '../../exchange/index.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { type App, plainText, requireUnchanged, route } from '../../platform/http/index.ts'
import { determineClaims } from '../determine-claims.ts'
import {
  acceptDiscrepancy,
  DISCREPANCY_CURSOR,
  DISCREPANCY_RECORD,
  type DiscrepancyFilter,
  listDiscrepancies,
} from '../discrepancies.ts'

const Discrepancy = z.object({
  id: z.string(),
  /** Its version: what accepting it sends as If-Match. */
  etag: z.string(),
  bank_code: z.string(),
  bank_name: z.string(),
  credit_code: z.string(),
  enterprise_name: z.string(),
  loan_receipt: z.string(),
  period_from: z.string(),
  period_to: z.string(),
  reported: z.string(),
  computed: z.string(),
  difference: z.string(),
  opened_on: z.string(),
  closed_on: z.string().nullable(),
  closing_reason: z.string().nullable(),
})

const pageQuery = {
  open: z.enum(['true', 'false']).optional(),
  q: plainText(0, 100).optional().describe('part of a name, a credit code, or a loan receipt'),
  cursor: z.string().regex(DISCREPANCY_CURSOR).optional(),
}

interface PageQuery {
  readonly open?: 'true' | 'false' | undefined
  readonly q?: string | undefined
  readonly cursor?: string | undefined
  readonly bank_code?: string | undefined
  readonly limit: number
}

function filterOf({ open, q, cursor, bank_code, limit }: PageQuery): DiscrepancyFilter {
  return {
    open: open && open === 'true',
    bankCode: bank_code,
    text: q || undefined,
    after: cursor,
    limit,
  }
}

const Reason = plainText(1, 2000)
const ACCEPTED_AT_ONCE_MAX = 500

export function discrepancyRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/discrepancies',
    permission: 'discrepancy.read',
    summary: 'Reported interest that disagrees with the computed',
    query: z.object({
      ...pageQuery,
      limit: z.coerce.number().int().min(1).max(500).default(50),
      bank_code: z.string().max(20).optional(),
    }),
    response: z.object({ items: z.array(Discrepancy), next: z.string().nullable() }),
    handler: ({ database, query, scope }) => listDiscrepancies(database.db, scope, filterOf(query)),
  })

  signedBankRoutes(app, (inside, bankOf) =>
    route(inside, {
      method: 'GET',
      url: '/api/v1/bank/discrepancies',
      permission: 'signed',
      summary: 'Interest that the bank reported and that disagrees with the computed',
      tag: 'bank',
      query: z.strictObject({
        ...pageQuery,
        limit: z.coerce.number().int().min(1).max(500).default(500),
      }),
      response: z.object({ items: z.array(Discrepancy), next: z.string().nullable() }),
      handler: async ({ database, query, request }) => {
        const own = { kind: 'bank', bankCode: bankOf(request) } as const
        return listDiscrepancies(database.db, own, filterOf(query))
      },
    }),
  )

  route(app, {
    method: 'POST',
    url: '/api/v1/discrepancies/:id/accept',
    permission: 'discrepancy.accept',
    summary: 'Accept the reported interest, with a reason',
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ reason: Reason }),
    response: z.object({}),
    change: { record: { kind: DISCREPANCY_RECORD, id: ({ params }) => params.id } },
    handler: async ({ database, params, body, actor, afterwards }) => {
      await acceptDiscrepancy(database.db, params.id, body.reason, actor)
      afterwards(() => determineClaims(app.database.db))
      return {}
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/discrepancies/accept',
    permission: 'discrepancy.accept',
    summary: 'Accept several reported amounts with one reason: all of them, or none',
    body: z.strictObject({
      items: z
        .array(z.strictObject({ id: z.uuid(), etag: z.string().max(100) }))
        .min(1)
        .max(ACCEPTED_AT_ONCE_MAX),
      reason: Reason,
    }),
    response: z.object({ accepted: z.number().int() }),
    change: {},
    handler: async ({ database, body, actor, city, afterwards }) => {
      // In the order of their ids, so that two officers who accept the same ones cannot wait for each other.
      const items = [...new Map(body.items.map(item => [item.id, item])).values()]
      await inTransaction(database.db, async tx => {
        for (const { id, etag } of items.sort((a, b) => (a.id < b.id ? -1 : 1))) {
          await requireUnchanged(tx, DISCREPANCY_RECORD, id, [etag], city.timeZone)
          await acceptDiscrepancy(tx, id, body.reason, actor)
        }
      })
      afterwards(() => determineClaims(app.database.db))
      return { accepted: items.length }
    },
  })
}
