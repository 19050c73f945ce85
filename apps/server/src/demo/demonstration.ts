import type { Logger } from 'pino'
import type { DemonstrationSize } from '../app/purpose.ts'
import { determineClaims } from '../lending/index.ts'
import type { Auth } from '../platform/auth/index.ts'
import type { City } from '../platform/city.ts'
import { businessDate, setBusinessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Database } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { appropriateBudgets } from './appropriate-budgets.ts'
import { correctAccounts } from './correct-accounts.ts'
import { type BankStatus, type ExampleBank, startExampleBank } from './example-bank.ts'
import { signIn } from './http-client.ts'
import { readStory } from './load-demonstration.ts'
import { fileProjects } from './load-filings.ts'
import { nextStop } from './next-stop.ts'
import { type Officers, playOfficers } from './play-officers.ts'
import { createProgress, type Progress } from './progress.ts'
import type { StoryData } from './story-data.ts'

export interface DemonstrationContext {
  readonly database: Database
  readonly auth: Auth
  readonly city: City
  readonly size: DemonstrationSize
  readonly log: Logger
  readonly worldFile: string
  readonly bankStateFile: string
  /** Settlement quarters that the example bank has a story for. */
  readonly quarters: number
  readonly faults?: string | undefined
  /** Told of the example bank's process, whenever there is a new one. */
  readonly onBankProcess: (pid: number) => void
}

export interface Advanced {
  readonly business_date: PlainDate
  readonly messages: BankStatus['messages']
  /** Claims that are new or whose determination changed. */
  readonly claims_changed: number
  /** Number of the batch that the officers approved; null: none. */
  readonly batch: string | null
  readonly payments: { readonly paid: number; readonly rejected: number }
  readonly accounts_corrected: number
}

/** A running demonstration: its clock can be moved, and everyone in it plays their part. */
export interface Demonstration {
  readonly progress: Progress
  /**
   * Starts the example bank.
   *
   * @param platform where the platform answers
   */
  start(platform: string): Promise<void>
  /** @throws DomainError `demonstration.advancing`, `clock.backwards` */
  advance(to: PlainDate | undefined, withOfficers: boolean): Promise<Advanced>
  bankStatus(): Promise<BankStatus>
  stop(): Promise<void>
}

export function createDemonstration(context: DemonstrationContext): Demonstration {
  const progress = createProgress()
  let bank: ExampleBank | undefined
  let platform = ''
  let advancing = false
  let officers: Officers | undefined
  /** The bank that runs; one that has ended, for whatever reason, is started again where it stopped. */
  const running = async () => {
    if (platform === '') return notStarted()
    if (!bank?.alive) {
      bank = await startExampleBank({
        ...context,
        platform,
        loans: context.size.loans,
        stateFile: context.bankStateFile,
        onProcess: context.onBankProcess,
      })
    }
    return bank
  }
  const signedIn = async () => {
    officers ??= {
      officer: await signIn(platform, 'officer@millrace.example'),
      approver: await signIn(platform, 'approver@millrace.example'),
      finance: await signIn(platform, 'finance@millrace.example'),
    }
    return officers
  }
  return {
    progress,
    start: async address => {
      platform = address
      await running()
    },
    advance: async (to, withOfficers) => {
      if (advancing) throw alreadyAdvancing()
      advancing = true
      try {
        const turn = {
          context,
          platform,
          bank: await running(),
          progress,
          officers: withOfficers ? signedIn : undefined,
        }
        return await advance(turn, to)
      } catch (error) {
        // A session may have ended; the next turn signs in again.
        officers = undefined
        const business_date = await businessDate(context.database.db)
        progress.tell({ kind: 'failed', zh: '推进未完成', en: 'Advancing did not finish', business_date })
        throw error
      } finally {
        advancing = false
      }
    },
    bankStatus: async () => (await running()).status(),
    stop: async () => bank?.stop(),
  }
}

interface Turn {
  readonly context: DemonstrationContext
  readonly platform: string
  readonly bank: ExampleBank
  readonly progress: Progress
  readonly officers: (() => Promise<Officers>) | undefined
}

/** Moves the clock and lets everything happen that happens until then: projects, banks, rules, people, treasury. */
async function advance(turn: Turn, wished: PlainDate | undefined): Promise<Advanced> {
  const { context, bank, platform, progress } = turn
  const { database, auth, city } = context
  const { db } = database
  const story = await readStory(context)
  const to = wished ?? nextStop(await businessDate(db))
  const tell = (zh: string, en: string) => progress.tell({ kind: 'step', zh, en, business_date: to })

  await moveClock(db, story, to)
  tell(`平台日期推进到 ${to}`, `The business date is ${to}`)
  const { messages } = await bank.playThrough(to)
  tell(`银行已报送到 ${to}`, `The banks have reported through ${to}`)
  const determined = await determineClaims(db)
  tell(
    `规则核定了 ${determined.subjects} 个计息期，${determined.changed} 笔有变化`,
    `The rules decided on ${determined.subjects} loan periods; ${determined.changed} claims changed`,
  )
  let batch: string | undefined
  let accounts_corrected = 0
  if (turn.officers) {
    accounts_corrected = await correctAccounts(database, auth, city, platform, story.treasury.bank_code)
    if (accounts_corrected > 0) {
      tell(
        `${accounts_corrected} 户企业更正了收款账户`,
        `${accounts_corrected} enterprises corrected their account`,
      )
    }
    const waitUntil = async (day: PlainDate) => {
      if (day > (await businessDate(db))) await moveClock(db, story, day)
    }
    batch = (await playOfficers(await turn.officers(), { told: tell, waitUntil })).batch
  }
  const { paid, rejected } = await bank.settle()
  const business_date = await businessDate(db)
  progress.tell({
    kind: 'done',
    zh: `国库回执：${paid} 笔到账，${rejected} 笔退回`,
    en: `Receipts of the treasury: ${paid} paid, ${rejected} rejected`,
    business_date,
  })
  return {
    business_date,
    messages,
    claims_changed: determined.changed,
    batch: batch ?? null,
    payments: { paid, rejected },
    accounts_corrected,
  }
}

/** Before the clock moves, what happens outside the banks until then is put on record. */
async function moveClock(db: Database['db'], story: StoryData, to: PlainDate): Promise<void> {
  await appropriateBudgets(db, story, to)
  await fileProjects(db, story, to)
  await setBusinessDate(db, to)
}

function alreadyAdvancing(): DomainError {
  return new DomainError({
    code: 'demonstration.advancing',
    status: 409,
    zh: '演示正在推进，请等它完成。',
    en: 'The demonstration is being advanced already: wait for it to finish.',
  })
}

function notStarted(): never {
  throw new DomainError({
    code: 'demonstration.no-bank',
    status: 503,
    zh: '示例银行还没有启动，请稍后再试。',
    en: 'The example bank has not started yet: try again in a moment.',
  })
}
