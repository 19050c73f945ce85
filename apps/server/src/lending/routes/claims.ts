import { z } from 'zod'
import { type App, notFound, route } from '../../platform/http/index.ts'
import { ANSWERS } from '../../policy/index.ts'
import { explainClaim } from '../claim-explanation.ts'
import { ClaimExplanation } from '../claim-schemas.ts'
import { findClaim, listClaims } from '../list-claims.ts'

const Claim = z.object({
  id: z.string(),
  quarter: z.string(),
  answer: z.enum(ANSWERS),
  credit_code: z.string(),
  enterprise_name: z.string(),
  bank_code: z.string(),
  bank_name: z.string(),
  loan_receipt: z.string(),
  period_from: z.string(),
  period_to: z.string(),
  interest: z.string(),
  amount: z.string(),
  batched: z.string(),
  paid: z.string(),
  updated_at: z.string(),
  /** The batch out of which an upheld objection took it, while it is held back. */
  withheld_in: z.string().nullable(),
})

export const PageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

const Id = z.object({ id: z.uuid() })

export function claimRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/claims',
    permission: 'claim.read',
    summary: 'Claims, newest first',
    query: PageQuery.extend({
      quarter: z.string().optional(),
      answer: z.enum(ANSWERS).optional(),
      bank_code: z.string().optional(),
      credit_code: z.string().optional(),
      batch_id: z.uuid().optional(),
      withheld: z.stringbool().optional().describe('only those that an upheld objection holds back'),
      q: z.string().max(100).optional(),
    }),
    response: z.object({ items: z.array(Claim), next: z.string().nullable() }),
    handler: ({ query, scope, database }) =>
      listClaims(
        database.db,
        {
          quarter: query.quarter,
          answer: query.answer,
          bankCode: query.bank_code,
          creditCode: query.credit_code,
          batchId: query.batch_id,
          withheld: query.withheld,
          text: query.q,
          after: query.cursor,
          limit: query.limit,
        },
        scope,
      ),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/claims/:id',
    permission: 'claim.read',
    summary: 'One claim',
    params: Id,
    response: Claim,
    handler: async ({ params, scope, database }) => {
      const claim = await findClaim(database.db, params.id, scope)
      if (!claim) throw notFound({ zh: '贴息核定单', en: 'claim' }, params.id)
      return claim
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/claims/:id/explanation',
    permission: 'claim.read',
    summary:
      'Why a claim was decided as it was: conditions, arithmetic, approvals, payment, journal, evidence',
    params: Id,
    response: ClaimExplanation,
    handler: async ({ params, scope, database }) => {
      if (!(await findClaim(database.db, params.id, scope))) {
        throw notFound({ zh: '贴息核定单', en: 'claim' }, params.id)
      }
      return explainClaim(database.db, params.id)
    },
  })
}
