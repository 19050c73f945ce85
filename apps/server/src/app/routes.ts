import { demonstrationRoutes } from '../demo/routes.ts'
import { lendingRoutes } from '../lending/index.ts'
import type { App } from '../platform/http/index.ts'
import { policyRoutes } from '../policy/index.ts'
import { registryRoutes } from '../registry/index.ts'
import { clockRoutes } from './clock-routes.ts'
import { logRequests } from './request-log.ts'
import { webRoutes } from './web.ts'

/** What the server answers: every module's routes, the lowest floor first. */
export const ROUTES: readonly ((app: App) => void)[] = [
  logRequests,
  clockRoutes,
  registryRoutes,
  policyRoutes,
  lendingRoutes,
  demonstrationRoutes,
  webRoutes,
]
