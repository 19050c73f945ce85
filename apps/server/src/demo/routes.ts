import { z } from 'zod'
import { type App, route } from '../platform/http/index.ts'
import { listDemonstrationAccounts } from './accounts.ts'

/** The routes of a demonstration; an installation for work does not have them. */
export function demonstrationRoutes(app: App): void {
  if (!app.demonstration) return
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
}
