import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import { STAFF_ACCOUNTS } from '../demo/accounts.ts'
import type { Advanced } from '../demo/advance.ts'
import { type ExpectedPayments, expectedPayments } from '../demo/expected-payments.ts'
import { signIn } from '../demo/http-client.ts'
import type { ProgressEvent } from '../demo/progress.ts'
import { reportStory, type StoryReport } from '../demo/story-report.ts'
import type { PlainDate } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'
import { sealStreams } from '../platform/evidence/index.ts'
import type { Fen } from '../platform/money.ts'
import type { DemonstrationSize } from './purpose.ts'
import { type RunningServer, serve } from './serve.ts'
import { type Verification, verify } from './verify.ts'

/** A rejected payment is corrected and ordered again; what still comes back after so many rounds is a fault. */
const CLOSING_ROUNDS_MAX = 5

export interface HeadlessStoryOptions {
  readonly quarters: number
  readonly size: DemonstrationSize
  readonly city?: string | undefined
  /** `false`: on the database that DATABASE_URL names, which must be empty, instead of one that is thrown away. */
  readonly embedded?: boolean
  /** What goes wrong between bank and platform: a list with commas, or `all`. */
  readonly faults?: string | undefined
  readonly log: Logger
  readonly onProgress: (event: ProgressEvent) => void
  /** Breaks the story off: what was started is stopped, and nothing is left behind. */
  readonly signal: AbortSignal
}

export interface HeadlessStory extends StoryReport {
  readonly messages: Advanced['messages']
  /** Messages that are right and were refused all the same. */
  readonly unexpected_refusals: number
  readonly expected: ExpectedPayments
  /** Paid, less what the bank's independent model says should have been. */
  readonly difference_fen: Fen
  readonly verification: Verification
  readonly evaluated_on: readonly PlainDate[]
  readonly business_date: PlainDate
}

/**
 * Plays the story on a database of its own, over HTTP as anyone would: the example bank in its own process, the
 * officers with password and one-time code, the treasury with signed receipts. At the end everything is verified.
 */
export async function playHeadlessStory(options: HeadlessStoryOptions): Promise<HeadlessStory> {
  const dataDir = mkdtempSync(join(tmpdir(), 'millrace-demo-'))
  chmodSync(dataDir, 0o755)
  try {
    const server = await serve({
      host: '127.0.0.1',
      port: 0,
      dataDir,
      embedded: options.embedded ?? true,
      city: options.city,
      purpose: { empty: false, size: options.size },
      quarters: options.quarters,
      faults: options.faults,
      web: false,
      log: options.log,
    })
    try {
      return await Promise.race([play(server, options), brokenOff(options.signal)])
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function brokenOff(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw new DomainError({
    code: 'demonstration.broken-off',
    zh: '演示已中断，没有留下任何东西。',
    en: 'The story was broken off; nothing was left behind.',
  })
}

async function play(server: RunningServer, options: HeadlessStoryOptions): Promise<HeadlessStory> {
  const { demonstration, installation } = server
  if (!demonstration) throw new Error('A fresh installation is a demonstration')
  const { database, directory } = installation
  demonstration.progress.listen(options.onProgress)
  const officer = await signIn(server.address, STAFF_ACCOUNTS.officer)
  const advance = (to?: PlainDate) =>
    officer.post(
      '/api/v1/demonstration/advance',
      { with_officers: true, ...(to === undefined ? {} : { to }) },
      AdvancedAnswer,
    )

  const evaluated_on: PlainDate[] = []
  for (let quarter = 0; quarter < options.quarters; quarter++) {
    evaluated_on.push((await advance()).business_date)
  }
  const business_date = evaluated_on.at(-1) ?? demonstration.businessDate
  for (let round = 0; round < CLOSING_ROUNDS_MAX; round++) {
    const { payments, accounts_corrected } = await advance(business_date)
    if (payments.paid + payments.rejected + accounts_corrected === 0) break
  }

  const { messages, unexpected_refusals } = await demonstration.bankStatus()
  const expected = await expectedPayments({
    worldFile: directory.worldFile,
    loans: options.size.loans,
    quarters: options.quarters,
    evaluatedOn: evaluated_on,
  })
  const report = await reportStory(database.db)
  await sealStreams(database)
  return {
    ...report,
    messages,
    unexpected_refusals,
    expected,
    difference_fen: report.paid_fen - expected.total_fen,
    verification: await verify(database),
    evaluated_on,
    business_date,
  }
}

const AdvancedAnswer = z.object({
  business_date: z.string(),
  payments: z.object({ paid: z.number(), rejected: z.number() }),
  accounts_corrected: z.number(),
})
