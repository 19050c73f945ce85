import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { Logger } from 'pino'
import type { App } from '../platform/http/index.ts'
import { REPOSITORY } from './data-directory.ts'

const WEB = join(REPOSITORY, 'apps/web')
const DIST = join(WEB, 'dist')
const YEAR_MS = 365 * 24 * 60 * 60 * 1000
const NOT_PAGES = /^\/(api|health|ready|metrics)(\/|$)/

/** Builds the web client when it was never built, or its sources have changed since. A failure is told, not fatal. */
export async function buildWeb(log: Logger): Promise<void> {
  if (!existsSync(join(WEB, 'index.html')) || isBuilt()) return
  const started = performance.now()
  const vite = join(REPOSITORY, 'node_modules/vite/bin/vite.js')
  const code = await new Promise<number | null>(resolve => {
    const child = spawn(process.execPath, [vite, 'build', WEB, '--logLevel', 'warn'], {
      cwd: REPOSITORY,
      stdio: ['ignore', 2, 2],
    })
    child.on('error', () => resolve(null))
    child.on('exit', resolve)
  })
  const duration_ms = Math.round(performance.now() - started)
  if (code === 0) log.info({ duration_ms }, 'web client built')
  else log.error({ code, duration_ms }, 'the web client could not be built; the API is served without it')
}

function isBuilt(): boolean {
  const page = join(DIST, 'index.html')
  if (!existsSync(page)) return false
  const built = statSync(page).mtimeMs
  const sources = ['src/**/*', 'public/**/*', 'index.html', 'package.json', 'vite.config.ts']
  return globSync(sources, { cwd: WEB }).every(file => statSync(join(WEB, file)).mtimeMs <= built)
}

/** Serves the client: files by their names, and its one page for every address that a browser opens. */
export function webRoutes({ http }: App): void {
  mkdirSync(DIST, { recursive: true })
  http.register(staticFiles, { root: DIST, serve: false })
  http.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if (NOT_PAGES.test(path)) return reply.callNotFound()
    if (/\.[a-z0-9]+$/i.test(path)) {
      // Names under assets/ carry a hash of the content: the same name is the same file for ever.
      return path.startsWith('/assets/')
        ? reply.sendFile(path, { immutable: true, maxAge: YEAR_MS })
        : reply.sendFile(path, { maxAge: 0 })
    }
    if (!existsSync(join(DIST, 'index.html'))) return reply.callNotFound()
    return reply.sendFile('index.html', { maxAge: 0 })
  })
}
