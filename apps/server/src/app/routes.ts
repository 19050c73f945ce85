import { demonstrationRoutes } from '../demo/routes.ts'
import type { App } from '../platform/http/index.ts'
import { logRequests } from './request-log.ts'
import { webRoutes } from './web.ts'

/** What the server answers: every module's routes, the lowest floor first. */
export const ROUTES: readonly ((app: App) => void)[] = [logRequests, demonstrationRoutes, webRoutes]
