import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type App, route } from '../../platform/http/index.ts'
import { describePublicFigures } from '../describe-public-figures.ts'

const Figures = z.object({
  enterprises: z.number().int(),
  loans: z.number().int(),
  /** Rounded to 10,000 yuan. */
  interest: z.string(),
  /** Calendar days from settlement of the interest to payment, on average over claims. */
  days: z.string(),
  published_on: z.string(),
})

const PublicFigures = z.object({
  /** Of fewer enterprises nothing is published. */
  enterprises_min: z.number().int(),
  /** All published quarters together; null: none is published yet. */
  total: Figures.nullable(),
  /** Withheld (null) where too few enterprises are in it, or one could be worked out from it. */
  quarters: z.array(z.object({ quarter: z.string(), figures: Figures.nullable() })),
})

/** Five minutes in any cache on the way; after that a cache asks whether anything is new. */
const CACHE = 'public, max-age=300, stale-while-revalidate=3600'

export function publicRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/public/figures',
    permission: 'public',
    summary:
      'What anyone may know of the programme: figures by quarter, none of which tells of a single enterprise',
    response: PublicFigures,
    handler: async ({ database, request, reply }) => {
      const figures = await describePublicFigures(database.db)
      const tag = `"${createHash('sha256').update(JSON.stringify(figures)).digest('base64url').slice(0, 22)}"`
      reply.header('cache-control', CACHE).header('etag', tag)
      if (request.headers['if-none-match'] === tag) return reply.code(304).send()
      return figures
    },
  })
}
