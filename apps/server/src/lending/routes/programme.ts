import { z } from 'zod'
import { businessDate } from '../../platform/clock.ts'
import { type App, route } from '../../platform/http/index.ts'
import { ANSWERS } from '../../policy/index.ts'
import { describeProgramme } from '../describe-programme.ts'

const Programme = z.object({
  year: z.number().int(),
  loans: z.object({ count: z.number().int(), principal: z.string() }),
  budget: z.object({
    appropriated: z.string(),
    available: z.string(),
    held: z.string(),
    ordered: z.string(),
    paid: z.string(),
  }),
  answers: z.array(
    z.object({ answer: z.enum(ANSWERS), claims: z.number().int(), interest: z.string(), amount: z.string() }),
  ),
  flow: z.object({
    nodes: z.array(z.object({ id: z.string() })),
    links: z.array(z.object({ source: z.string(), target: z.string(), amount: z.string() })),
  }),
  quarters: z.array(
    z.object({
      quarter: z.string(),
      claims: z.number().int(),
      interest: z.string(),
      amount: z.string(),
      paid: z.string(),
    }),
  ),
  /** Charged to another year's budget than the year of their interest. */
  cross_year_batches: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      interest_year: z.number().int(),
      budget_year: z.number().int(),
      total: z.string(),
    }),
  ),
  waiting: z.array(z.object({ kind: z.string(), count: z.number().int() })),
})

export function programmeRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/programme',
    permission: 'programme.read',
    summary: 'The programme at a glance: budget, flow from reported to paid, what waits for you',
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    response: Programme,
    handler: async ({ query, actor, scope, database }) => {
      const year = query.year ?? Number((await businessDate(database.db)).slice(0, 4))
      return describeProgramme(database.db, year, actor, scope)
    },
  })
}
