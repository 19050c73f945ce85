import { createServer, type Server } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { listDemonstrationAccounts, type ShownAccount } from '../demo/accounts.ts'
import { createDemonstration, type Demonstration } from '../demo/demonstration.ts'
import { loadDemonstration, readStory } from '../demo/load-demonstration.ts'
import { endProgressStreams } from '../demo/stream-progress.ts'
import { writeWorldFile } from '../demo/world-file.ts'
import type { City } from '../platform/city.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'
import { createHttp } from '../platform/http/index.ts'
import { startJobs } from '../platform/jobs.ts'
import { codeOf, openDataDirectory } from './data-directory.ts'
import { type Installation, openInstallation } from './installation.ts'
import { requireNotRunning } from './instance-file.ts'
import { explainFailure } from './known-failures.ts'
import { identityOf } from './process-identity.ts'
import { type Purpose, settlePurpose, type WishedPurpose } from './purpose.ts'
import { routesOf } from './routes.ts'
import { TASKS } from './tasks.ts'
import { createTeardown } from './teardown.ts'
import { buildWeb } from './web.ts'

const DRAIN_MS = 20_000

export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly log: Logger
  readonly dataDir?: string | undefined
  readonly city?: string | undefined
  readonly embedded?: boolean | undefined
  /** At the first start: with demonstration data or, for real work, without. */
  readonly purpose: WishedPurpose
  /** Builds the web client when it needs it. */
  readonly web: boolean
  /** How many settlement quarters the story of the demonstration has. */
  readonly quarters: number
  /** What goes wrong between the example bank and the platform. */
  readonly faults?: string | undefined
}

export interface RunningServer {
  readonly address: string
  readonly city: City
  /** Only this machine can reach it. */
  readonly loopback: boolean
  /** undefined: the installation is for work. */
  readonly demonstration:
    | (Demonstration & { readonly businessDate: PlainDate; readonly accounts: readonly ShownAccount[] })
    | undefined
  readonly installation: Installation
  /** Stops listening, finishes what is in hand (20 s at most), and stops all that was started. */
  stop(): Promise<void>
}

/**
 * Starts everything: the database, the city, the web client, HTTP and jobs.
 *
 * @throws DomainError `server.port-taken`, `instance.running`, `database.…`
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { host, port, log } = options
  requireNotRunning(openDataDirectory(options.dataDir))
  await requireFreePort(host, port)
  const webBuilt = options.web ? buildWeb(log) : Promise.resolve()
  const installation = await openInstallation({ command: 'serve', ...options })
  const teardown = createTeardown(log)
  teardown.add('the installation', () => installation.close())
  try {
    const { city, database, auth, appUrl } = installation
    const purpose = await settlePurpose(database.db, options.purpose)
    const demonstration =
      purpose.kind === 'demonstration' ? await openDemonstration(options, installation, purpose) : undefined
    const jobs = await startJobs({ appUrl, cityCode: city.code, database, tasks: TASKS, log })
    teardown.add('jobs', () => jobs.stop())
    // Stopped after HTTP: a request in hand may still be waiting for it.
    if (demonstration) teardown.add('the example bank', () => demonstration.stop())
    const routes = routesOf(demonstration)
    const http = await createHttp({ database, auth, city, log, demonstration: !!demonstration, routes })
    teardown.add('HTTP', () => drain(http))
    await webBuilt
    const address = await http.listen({ host, port }).catch(error => {
      throw codeOf(error) === 'EADDRINUSE' ? portTaken(host, port) : error
    })
    installation.claim?.update({ host, port: portOf(http.server.address(), port) })
    await demonstration?.start(address)
    return {
      address,
      city,
      loopback: host === 'localhost' || host === '::1' || host.startsWith('127.'),
      demonstration: demonstration
        ? {
            ...demonstration,
            businessDate: await businessDate(database.db),
            accounts: await listDemonstrationAccounts(database, auth, city),
          }
        : undefined,
      installation,
      stop: teardown.run,
    }
  } catch (error) {
    const explained = explainFailure(error, installation.directory.path)
    await teardown.run()
    throw explained
  }
}

/** Loads the demonstration data where they do not stand yet, and tells the example bank of them. */
async function openDemonstration(
  { log, quarters, faults }: ServeOptions,
  { database, auth, city, directory, claim }: Installation,
  { size, complete }: Extract<Purpose, { kind: 'demonstration' }>,
): Promise<Demonstration> {
  const options = { database, auth, city, log, size }
  if (!complete) await loadDemonstration(options)
  await writeWorldFile(directory.worldFile, database.db, city, await readStory(options))
  const { worldFile, bankStateFile } = directory
  const onBankProcess = (pid: number) => claim?.update({ children: [identityOf(pid)] })
  return createDemonstration({ ...options, worldFile, bankStateFile, quarters, faults, onBankProcess })
}

/** Stops listening and lets requests in hand finish; those that take too long are cut off. */
async function drain(http: FastifyInstance): Promise<void> {
  endProgressStreams()
  const limit = setTimeout(() => http.server.closeAllConnections(), DRAIN_MS)
  // A connection that was answering when the closing began is kept open by its browser afterwards.
  const idle = setInterval(() => http.server.closeIdleConnections(), 50)
  try {
    await http.close()
  } finally {
    clearTimeout(limit)
    clearInterval(idle)
  }
}

function portOf(address: ReturnType<Server['address']>, asked: number): number {
  return typeof address === 'object' && address !== null ? address.port : asked
}

/** Asked first, before half a minute goes into a start that cannot succeed. */
function requireFreePort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error => {
      const code = codeOf(error)
      reject(code === 'EADDRINUSE' || code === 'EACCES' ? portTaken(host, port) : error)
    })
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

function portTaken(host: string, port: number): DomainError {
  return new DomainError({
    code: 'server.port-taken',
    value: `${host}:${port}`,
    zh: `端口 ${port} 已被占用或不允许使用：请换一个，例如 npm start -- --port ${port + 1}，或先停止占用它的程序。`,
    en: `Port ${port} is taken or not allowed: choose another, for example npm start -- --port ${port + 1}, or stop the program that uses it.`,
  })
}
