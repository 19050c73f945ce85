import { z } from 'zod'
import { businessDate } from '../platform/clock.ts'
import { type App, route } from '../platform/http/index.ts'

/** The business date: banks and pages follow it. */
export function clockRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/clock',
    permission: 'public',
    summary: 'The business date, and whether it is one of a demonstration',
    response: z.object({ business_date: z.iso.date(), demonstration: z.boolean() }),
    handler: async ({ database }) => ({
      business_date: await businessDate(database.db),
      demonstration: app.demonstration,
    }),
  })
}
