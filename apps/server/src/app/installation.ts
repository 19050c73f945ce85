import type { Logger } from 'pino'
import { type Auth, createAuth } from '../platform/auth/index.ts'
import { type City, readCity } from '../platform/city.ts'
import { appUrl, connect, type Database, migrate } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { freeInterruptedJobs } from '../platform/jobs.ts'
import { type DataDirectory, openDataDirectory, readSecrets } from './data-directory.ts'
import { databaseOf, openDatabaseServer } from './database-server.ts'
import { defaultCity } from './default-city.ts'
import {
  claimInstance,
  findRunningInstance,
  type InstanceClaim,
  type InstanceRecord,
} from './instance-file.ts'
import { explainFailure } from './known-failures.ts'
import { loadCity } from './load-city.ts'
import { createTeardown } from './teardown.ts'

export interface InstallationOptions {
  readonly command: string
  readonly log: Logger
  readonly dataDir?: string | undefined
  readonly city?: string | undefined
  /** Uses the embedded database even where DATABASE_URL is set: for data that are thrown away. */
  readonly embedded?: boolean | undefined
}

/** A city's data, open for work: what the server and every command stand on. */
export interface Installation {
  readonly directory: DataDirectory
  readonly city: City
  readonly database: Database
  readonly auth: Auth
  /** Connects as the owner, for what only the owner may do. */
  readonly ownerUrl: string
  /** Connects as the application's role. */
  readonly appUrl: string
  /** undefined: the data belongs to an instance in another process. */
  readonly claim: InstanceClaim | undefined
  /** Closes connections, stops the database if it was started here, and gives the data directory back. */
  close(): Promise<void>
}

/**
 * Opens the data for this process alone: claims it, starts the database, migrates, loads the city.
 *
 * @throws DomainError `instance.running`, `database.…`, `disk.full`
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const city = readCity(options.city ?? defaultCity())
  const directory = openDataDirectory(options.dataDir)
  const claim = claimInstance(directory, options.command)
  const teardown = createTeardown(options.log)
  teardown.add('the claim on the data', () => claim.release())
  try {
    const server = await openDatabaseServer(directory, {
      embedded: options.embedded ?? false,
      log: options.log,
    })
    teardown.add('the database', () => server.stop())
    claim.update({ database_port: server.port, city: city.slug })
    await migrate(server.ownerUrl, city)
    // The embedded database belongs to this process alone: whoever had jobs in hand before was killed.
    if (server.port !== null) await freeInterruptedJobs(server.ownerUrl)
    const database = connect(appUrl(server.ownerUrl), city.code)
    teardown.add('connections', () => database.close())
    await loadCity(database, city)
    return {
      directory,
      city,
      database,
      auth: createAuth(database, readSecrets(directory).auth_secret),
      ownerUrl: server.ownerUrl,
      appUrl: appUrl(server.ownerUrl),
      claim,
      close: teardown.run,
    }
  } catch (error) {
    const explained = explainFailure(error, directory.path)
    await teardown.run()
    throw explained
  }
}

/** Opens the data for a command: through the running instance's database if there is one, else for itself. */
export async function joinInstallation(options: InstallationOptions): Promise<Installation> {
  const directory = openDataDirectory(options.dataDir)
  const running = findRunningInstance(directory)
  if (!running) return openInstallation(options)
  const city = readCity(cityOf(running, options.city))
  const ownerUrl = databaseOf(directory, running)
  const database = connect(appUrl(ownerUrl), city.code)
  return {
    directory,
    city,
    database,
    auth: createAuth(database, readSecrets(directory).auth_secret),
    ownerUrl,
    appUrl: appUrl(ownerUrl),
    claim: undefined,
    close: () => database.close(),
  }
}

/** A command works on the city that the instance serves, unless several share the database that DATABASE_URL names. */
function cityOf({ city, command, pid }: InstanceRecord, asked: string | undefined): string {
  const elsewhere = asked !== undefined && city !== null && asked !== city && !process.env.DATABASE_URL
  if (!elsewhere) return asked ?? city ?? defaultCity()
  throw new DomainError({
    code: 'instance.other-city',
    value: asked,
    where: '--city',
    zh: `“millrace ${command}”（进程 ${pid}）运行的是 ${city}，不是 ${asked}：请去掉 --city，或用 --data-dir 指定 ${asked} 的数据目录。`,
    en: `"millrace ${command}" (process ${pid}) runs ${city}, not ${asked}: leave --city out, or name the --data-dir of ${asked}.`,
  })
}
