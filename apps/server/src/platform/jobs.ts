import { parseCronItems, run, Logger as WorkerLogger } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { citySchema, type Database, type Tx } from './db/index.ts'

const CONNECTIONS_MAX = 4
const ABORT_MS = 15_000

export interface JobContext {
  readonly database: Database
  readonly log: Logger
  /** Aborted when the process is about to stop; long work ends at its next safe point. */
  readonly signal: AbortSignal
}

/** Work done apart from the request that asked for it; run again when it fails, so it must bear repetition. */
export interface Task {
  /** Module and verb: `lending.determine-claims`. */
  readonly name: string
  /** Five fields of cron, in UTC; a task that was missed while nothing ran is not made up for. */
  readonly cron?: string
  run(payload: unknown, context: JobContext): Promise<void>
}

export interface JobsOptions {
  /** Connects as the application's role. */
  readonly appUrl: string
  readonly cityCode: string
  readonly database: Database
  readonly tasks: readonly Task[]
  readonly log: Logger
}

export interface Jobs {
  /** Takes no more jobs, finishes those in hand or gives them back. */
  stop(): Promise<void>
}

/**
 * Asks for a job in the transaction of the change that needs it: the outbox. It runs when that commits, and never
 * if it does not.
 *
 * @param options.key a job with this key that still waits is replaced, so that many requests make one run
 */
export async function addJob(
  tx: Tx,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  options: { readonly key?: string } = {},
): Promise<void> {
  const { key } = options
  // Cities share one queue; the schema in the name keeps each to its own workers.
  await sql`
    select graphile_worker.add_job(
      current_schema() || '.' || ${name}::text, ${JSON.stringify(payload)}::json,
      job_key => ${key === undefined ? null : key}::text)`.execute(tx)
}

/** Runs a city's jobs in this process; any number of processes may do so at once. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { database, tasks, log } = options
  const schema = citySchema(options.cityCode)
  const taskList = Object.fromEntries(
    tasks.map(task => [
      `${schema}.${task.name}`,
      async (payload: unknown, { abortSignal }: { abortSignal: AbortSignal }) => {
        const started = performance.now()
        await task.run(payload, { database, log, signal: abortSignal })
        log.info({ job: task.name, duration_ms: Math.round(performance.now() - started) }, 'job done')
      },
    ]),
  )
  const pool = new pg.Pool({ connectionString: options.appUrl, max: CONNECTIONS_MAX })
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: parseCronItems(
      tasks.flatMap(({ name, cron }) =>
        cron === undefined
          ? []
          : [{ task: `${schema}.${name}`, match: cron, identifier: `${schema}.${name}` }],
      ),
    ),
    concurrency: 2,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: ABORT_MS,
    logger: new WorkerLogger(() => (level, message, meta) => {
      if (level !== 'error' && level !== 'warning') return
      log[level === 'error' ? 'error' : 'warn']({ err: errorOf(meta) }, message.replace(/\{.*\}/s, ''))
    }),
  })
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}

/**
 * Gives back the jobs that were in hand when their database ended: they would stay locked for four hours. Only for a
 * database of one process, whose other jobs have all ended with it.
 *
 * @param ownerUrl connects as the owner of the queue
 */
export async function freeInterruptedJobs(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(
      `select graphile_worker.force_unlock_workers(array(
         select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
    )
  } finally {
    await client.end()
  }
}

function errorOf(meta: object | undefined): unknown {
  return meta && 'error' in meta ? meta.error : undefined
}
