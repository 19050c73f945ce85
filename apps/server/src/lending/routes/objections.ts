import { z } from 'zod'
import { type App, plainText, route } from '../../platform/http/index.ts'
import { decideObjection, OUTCOMES, releaseWithheld } from '../decide-objection.ts'
import { determineClaims } from '../determine-claims.ts'
import { describeObjection, listObjections, OBJECTION_STATES } from '../list-objections.ts'
import { OBJECTION_RECORD } from '../objection.ts'

const Objection = z.object({
  id: z.string(),
  /** Its version: what deciding it sends as If-Match. */
  etag: z.string(),
  reference: z.string(),
  claim_id: z.string(),
  enterprise_name: z.string(),
  quarter: z.string(),
  amount: z.string(),
  name: z.string(),
  contact: z.string(),
  reason: z.string(),
  lodged_on: z.string(),
  state: z.enum(OBJECTION_STATES),
  outcome: z.enum(OUTCOMES).nullable(),
  decided_on: z.string().nullable(),
  decided_by: z.string().nullable(),
  decision_reason: z.string().nullable(),
  /** Its claim is held back by it still. */
  withheld: z.boolean(),
})

const params = z.object({ id: z.uuid() })
const Reason = plainText(4, 2000)
const ofObjection = {
  record: {
    kind: OBJECTION_RECORD,
    id: (context: { readonly params: { readonly id: string } }) => context.params.id,
  },
}

/** Objections as the bureau decides them. */
export function objectionRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/batches/:id/objections',
    permission: 'objection.read',
    summary: 'The objections to a batch, open ones first, with who objected',
    params,
    response: z.object({ items: z.array(Objection) }),
    handler: async ({ database, params: { id } }) => ({ items: await listObjections(database.db, id) }),
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/objections/:id/decide',
    permission: 'objection.decide',
    summary:
      'Uphold an objection (its line leaves the batch) or reject it; the reason is told to who objected',
    params,
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('rejected'), reason: Reason }),
      z.strictObject({ kind: z.literal('upheld'), outcome: z.enum(OUTCOMES), reason: Reason }),
    ]),
    response: Objection,
    change: ofObjection,
    handler: async ({ database, params: { id }, body, actor, afterwards }) => {
      await decideObjection(database.db, id, body, actor)
      if (body.kind === 'upheld') afterwards(() => determineClaims(app.database.db))
      return describeObjection(database.db, id)
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/objections/:id/release',
    permission: 'objection.decide',
    summary: 'Release a claim that an upheld objection holds back',
    params,
    body: z.strictObject({ reason: Reason }),
    response: Objection,
    change: ofObjection,
    handler: async ({ database, params: { id }, body, actor }) => {
      await releaseWithheld(database.db, id, body.reason, actor)
      return describeObjection(database.db, id)
    },
  })
}
