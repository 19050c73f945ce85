import type { App } from '../platform/http/index.ts'

/** One line a request: the route's pattern, never the address that was asked for, which may name someone. */
export function logRequests(app: App): void {
  app.http.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
  })
}
