import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'
import { STAFF_ACCOUNTS } from './accounts.ts'
import { type Advanced, advance } from './advance.ts'
import type { DemonstrationContext } from './demonstration-context.ts'
import { type BankStatus, type ExampleBank, startExampleBank } from './example-bank.ts'
import { signIn } from './http-client.ts'
import type { Officers } from './play-officers.ts'
import { createProgress, type Progress } from './progress.ts'

/** Sessions last for half a day; the officers sign in anew well before that. */
const SIGNED_IN_MS = 60 * 60 * 1000

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
  let bank: Promise<ExampleBank> | undefined
  let platform = ''
  let advancing = false
  let officers: (Officers & { readonly since: number }) | undefined
  /** The bank that runs; one that has ended, for whatever reason, is started again where it stopped. */
  const running = async (): Promise<ExampleBank> => {
    if (platform === '') return notStarted()
    // Whoever asks while it starts waits for the same one: there is never a second.
    bank ??= startBank()
    const started = await bank
    if (started.alive) return started
    bank = undefined
    return running()
  }
  const startBank = () =>
    startExampleBank({
      ...context,
      platform,
      loans: context.size.loans,
      stateFile: context.bankStateFile,
      onProcess: context.onBankProcess,
    }).catch(error => {
      bank = undefined
      throw error
    })
  const signedIn = async () => {
    if (!officers || performance.now() - officers.since > SIGNED_IN_MS) {
      officers = {
        since: performance.now(),
        officer: await signIn(platform, STAFF_ACCOUNTS.officer),
        approver: await signIn(platform, STAFF_ACCOUNTS.approver),
        finance: await signIn(platform, STAFF_ACCOUNTS.finance),
      }
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
    stop: async () => (await bank)?.stop(),
  }
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
