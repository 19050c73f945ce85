import { z } from 'zod'
import { signedBankRoutes } from '../../exchange/index.ts'
import { type App, route } from '../../platform/http/index.ts'
import { determineClaims } from '../determine-claims.ts'
import { acceptDiscrepancy, listDiscrepancies } from '../discrepancies.ts'

const Discrepancy = z.object({
  id: z.string(),
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

export function discrepancyRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/discrepancies',
    permission: 'discrepancy.read',
    summary: 'Reported interest that disagrees with the computed',
    query: z.object({ open: z.enum(['true', 'false']).optional() }),
    response: z.object({ items: z.array(Discrepancy) }),
    handler: async ({ database, query, scope }) => ({
      items: await listDiscrepancies(database.db, scope, query.open && query.open === 'true', 500),
    }),
  })

  signedBankRoutes(app, (inside, bankOf) =>
    route(inside, {
      method: 'GET',
      url: '/api/v1/bank/discrepancies',
      permission: 'signed',
      summary: 'Interest that the bank reported and that disagrees with the computed',
      tag: 'bank',
      query: z.strictObject({ open: z.enum(['true', 'false']).optional() }),
      response: z.object({ items: z.array(Discrepancy) }),
      handler: async ({ database, query, request }) => {
        const own = { kind: 'bank', bankCode: bankOf(request) } as const
        return { items: await listDiscrepancies(database.db, own, query.open && query.open === 'true', 500) }
      },
    }),
  )

  route(app, {
    method: 'POST',
    url: '/api/v1/discrepancies/:id/accept',
    permission: 'discrepancy.accept',
    summary: 'Accept the reported interest, with a reason',
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    response: z.object({}),
    handler: async ({ database, params, body, actor }) => {
      await acceptDiscrepancy(database.db, params.id, body.reason, actor)
      await determineClaims(database.db)
      return {}
    },
  })
}
