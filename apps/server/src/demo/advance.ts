import { determineClaims } from '../lending/index.ts'
import { businessDate, setBusinessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { appropriateBudgets } from './appropriate-budgets.ts'
import { correctAccounts } from './correct-accounts.ts'
import type { DemonstrationContext } from './demonstration-context.ts'
import type { BankStatus, ExampleBank } from './example-bank.ts'
import { readStory } from './load-demonstration.ts'
import { fileProjects } from './load-filings.ts'
import { nextStop } from './next-stop.ts'
import { type Officers, playOfficers } from './play-officers.ts'
import type { Progress } from './progress.ts'
import type { StoryData } from './story-data.ts'

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

export interface Turn {
  readonly context: DemonstrationContext
  readonly platform: string
  readonly bank: ExampleBank
  readonly progress: Progress
  readonly officers: (() => Promise<Officers>) | undefined
}

/** Moves the clock and lets everything happen that happens until then: projects, banks, rules, people, treasury. */
export async function advance(turn: Turn, wished: PlainDate | undefined): Promise<Advanced> {
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
async function moveClock(db: Db, story: StoryData, to: PlainDate): Promise<void> {
  await appropriateBudgets(db, story, to)
  await fileProjects(db, story, to)
  await setBusinessDate(db, to)
}
