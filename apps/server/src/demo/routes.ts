import { z } from 'zod'
import { isDate } from '../platform/dates.ts'
import { type App, route } from '../platform/http/index.ts'
import { listDemonstrationAccounts } from './accounts.ts'
import type { Demonstration } from './demonstration.ts'
import { streamProgress } from './stream-progress.ts'

const Counts = z.object({ accepted: z.number(), replayed: z.number(), refused: z.number() })

/** The routes of a demonstration; an installation for work does not have them. */
export function demonstrationRoutes(app: App, demonstration: Demonstration): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/demonstration/accounts',
    permission: 'public',
    summary: 'The accounts of the demonstration, with their password and present one-time code',
    response: z.object({
      accounts: z.array(
        z.object({
          email: z.string(),
          password: z.string(),
          role: z.string(),
          name: z.string(),
          acts_for: z.string().nullable(),
          code: z.string().nullable(),
        }),
      ),
    }),
    handler: async ({ database, city }) => ({
      accounts: await listDemonstrationAccounts(database, app.auth, city),
    }),
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/demonstration/advance',
    permission: 'clock.advance',
    summary: 'Moves the business date, and lets banks, rules, people and treasury play until then',
    body: z.strictObject({
      /** The day after the next settlement where it is not said. */
      to: z.string().refine(isDate, { error: 'a date such as 2022-06-22' }).optional(),
      /** Officer, approver and finance do their part too; otherwise that is left to the visitor. */
      with_officers: z.boolean().default(false),
    }),
    response: z.object({
      business_date: z.string(),
      messages: Counts,
      claims_changed: z.number().int(),
      batch: z.string().nullable(),
      payments: z.object({ paid: z.number().int(), rejected: z.number().int() }),
      accounts_corrected: z.number().int(),
    }),
    handler: ({ body }) => demonstration.advance(body.to, body.with_officers),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/demonstration/progress',
    permission: 'clock.advance',
    summary: 'What the demonstration is doing, as server-sent events',
    response: z.string(),
    produces: ['text/event-stream'],
    handler: async ({ request, reply }) => streamProgress(app, demonstration.progress, request, reply),
  })
}
