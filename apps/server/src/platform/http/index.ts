export { requireUnchanged } from './change.ts'
export { languageOf, notFound } from './problem.ts'
export { type Access, type App, type RouteContext, route } from './route.ts'
export { createHttp, type HttpOptions } from './server.ts'
