import type { Demonstration } from '../demo/demonstration.ts'
import { demonstrationRoutes } from '../demo/routes.ts'
import { exchangeRoutes } from '../exchange/index.ts'
import { fundsRoutes } from '../funds/index.ts'
import { lendingRoutes } from '../lending/index.ts'
import type { App } from '../platform/http/index.ts'
import { policyRoutes } from '../policy/index.ts'
import { registryRoutes } from '../registry/index.ts'
import { clockRoutes } from './clock-routes.ts'
import { EXCHANGE_HANDLERS } from './exchange-handlers.ts'
import { logRequests } from './request-log.ts'
import { webRoutes } from './web.ts'

/** What the server answers: every module's routes, the lowest floor first. */
export function routesOf(demonstration: Demonstration | undefined): ((app: App) => void)[] {
  return [
    logRequests,
    clockRoutes,
    registryRoutes,
    app => exchangeRoutes(app, EXCHANGE_HANDLERS),
    policyRoutes,
    fundsRoutes,
    lendingRoutes,
    ...(demonstration ? [(app: App) => demonstrationRoutes(app, demonstration)] : []),
    webRoutes,
  ]
}
