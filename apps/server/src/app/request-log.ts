import type { App } from '../platform/http/index.ts'

/** Asked every second by those who follow the clock; their answers are no news. */
const POLLED = new Set(['/api/v1/clock', '/api/v1/treasury/payment-batches'])

/** One line a request: the route's pattern, never the address that was asked for, which may name someone. */
export function logRequests(app: App): void {
  app.http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const quiet = POLLED.has(route) && reply.statusCode === 200
    request.log[quiet ? 'debug' : 'info'](
      {
        method: request.method,
        route,
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
  })
}
