import { z } from 'zod'
import { type App, plainText, route } from '../../platform/http/index.ts'
import { getNotice, listNoticeLines, listNotices } from '../list-notices.ts'
import { OBJECTION_STATES, trackObjection } from '../list-objections.ts'
import { lodgeObjection } from '../lodge-objection.ts'

/** Enough for a person, or an office behind one address; too few to flood the bureau or to try references. */
const OBJECTIONS_A_MINUTE_MAX = 5
const LOOKUPS_A_MINUTE_MAX = 30

const Notice = z.object({
  id: z.string(),
  number: z.string(),
  quarter: z.string(),
  from: z.string(),
  /** Objections are taken until the end of this day. */
  until: z.string(),
  lines: z.number().int(),
  total: z.string(),
})

const params = z.object({ id: z.uuid() })

/** What the public may see and do without signing in. */
export function noticeRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/notices',
    permission: 'public',
    summary: 'Batches on public notice today',
    response: z.object({ items: z.array(Notice) }),
    handler: async ({ database }) => ({ items: await listNotices(database.db) }),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/notices/:id',
    permission: 'public',
    summary: 'A public notice: who is to receive how much, for which quarter',
    params,
    query: z.object({
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      q: plainText(0, 100).optional(),
    }),
    response: Notice.extend({
      items: z.array(
        z.object({
          claim_id: z.string(),
          enterprise_name: z.string(),
          quarter: z.string(),
          amount: z.string(),
        }),
      ),
      next: z.string().nullable(),
    }),
    handler: async ({ database, params: { id }, query }) => {
      const notice = await getNotice(database.db, id)
      const filter = { text: query.q || undefined, after: query.cursor, limit: query.limit }
      return { ...notice, ...(await listNoticeLines(database.db, id, filter)) }
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/notices/:id/objections',
    permission: 'public',
    summary: 'Object to a line of a public notice; the answer carries the reference to ask with',
    params,
    body: z.strictObject({
      claim_id: z.uuid(),
      name: plainText(1, 50),
      contact: plainText(3, 100),
      reason: plainText(10, 2000),
    }),
    response: z.object({ reference: z.string(), until: z.string() }),
    change: {},
    requestsAMinute_max: OBJECTIONS_A_MINUTE_MAX,
    handler: ({ database, params: { id }, body: { claim_id, ...said } }) =>
      lodgeObjection(database.db, { batchId: id, claimId: claim_id, ...said }),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/objection-references/:reference',
    permission: 'public',
    summary: 'What became of an objection, for whoever holds its reference',
    params: z.object({ reference: z.string().max(40) }),
    response: z.object({
      reference: z.string(),
      batch_number: z.string(),
      enterprise_name: z.string(),
      quarter: z.string(),
      amount: z.string(),
      lodged_on: z.string(),
      notice_until: z.string(),
      state: z.enum(OBJECTION_STATES),
      decided_on: z.string().nullable(),
      decision_reason: z.string().nullable(),
    }),
    requestsAMinute_max: LOOKUPS_A_MINUTE_MAX,
    handler: ({ database, params: { reference } }) => trackObjection(database.db, reference),
  })
}
