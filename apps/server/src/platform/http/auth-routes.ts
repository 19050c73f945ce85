import { z } from 'zod'
import { findSignedIn } from '../auth/index.ts'
import { permissionsOf, ROLES } from '../permissions.ts'
import { notSignedIn } from './problem.ts'
import { type App, route } from './route.ts'

/** Sign-in itself is better-auth's, under /api/auth; `/api/v1/me` says who is signed in and what they may do. */
export function authRoutes(app: App): void {
  app.http.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    handler: async (request, reply) => {
      const origin = `${request.protocol}://${request.headers.host ?? 'localhost'}`
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) {
        if (typeof value === 'string') headers.append(name, value)
      }
      headers.delete('content-length')
      // What the connection says, not what the client claims.
      headers.set('x-forwarded-for', request.ip)
      const hasBody = request.method === 'POST' && request.body !== undefined
      const answer = await app.auth.handler(
        new Request(`${origin}${request.url}`, {
          method: request.method,
          headers,
          ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
        }),
      )
      reply.status(answer.status)
      for (const [name, value] of answer.headers) {
        if (name !== 'set-cookie') reply.header(name, value)
      }
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
      return reply.send(answer.body === null ? '' : Buffer.from(await answer.arrayBuffer()))
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/me',
    permission: 'public',
    summary: 'Who is signed in, and what they may do',
    response: z.object({
      user: z
        .object({
          id: z.string(),
          name: z.string(),
          email: z.string(),
          role: z.enum(ROLES),
          bank_code: z.string().nullable(),
          credit_code: z.string().nullable(),
          town_code: z.string().nullable(),
          second_factor: z.boolean(),
        })
        .nullable(),
      permissions: z.array(z.string()),
      city: z.object({ code: z.string(), name_zh: z.string(), name_en: z.string() }),
      demonstration: z.boolean(),
    }),
    handler: async ({ request, city }) => {
      const headers = new Headers()
      if (request.headers.cookie !== undefined) headers.set('cookie', request.headers.cookie)
      const signedIn = await findSignedIn(app.auth, headers)
      if (signedIn && signedIn.cityCode !== city.code) throw notSignedIn()
      return {
        user: signedIn
          ? {
              id: signedIn.actor.id,
              name: signedIn.actor.name,
              email: signedIn.email,
              role: signedIn.actor.role,
              bank_code: signedIn.actor.bankCode,
              credit_code: signedIn.actor.creditCode,
              town_code: signedIn.actor.townCode,
              second_factor: signedIn.secondFactor,
            }
          : null,
        permissions: signedIn ? permissionsOf(signedIn.actor.role) : [],
        city: { code: city.code, name_zh: city.nameZh, name_en: city.nameEn },
        demonstration: app.demonstration,
      }
    },
  })
}
