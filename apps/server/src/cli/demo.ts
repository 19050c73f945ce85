import { type HeadlessStory, playHeadlessStory } from '../app/headless-story.ts'
import { createLog } from '../app/log.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import { columns } from './box.ts'
import { EXIT } from './exit-codes.ts'
import { printJson, tellTerminal, yuan } from './output.ts'

export interface DemoCommandOptions {
  readonly quarters: number
  readonly seed: number
  readonly organisations: number
  readonly loans: number
  readonly city?: string
  /** `true`: the bare option, all of them. */
  readonly faults?: string | true
  readonly json: boolean
}

/** `millrace demo`: plays the story, prints what came of it, and fails unless every fen is where it should be. */
export async function demoCommand(options: DemoCommandOptions): Promise<void> {
  const { quarters, seed, organisations, loans, json } = options
  const started = performance.now()
  const { log, flush } = createLog(process.env.LOG_LEVEL ?? 'error')
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  const faults = options.faults === true ? 'all' : options.faults
  const story = await playHeadlessStory({
    quarters,
    size: { seed, organisations, loans },
    city: options.city,
    faults,
    log,
    signal: stop.signal,
    onProgress: ({ zh, en }) => (json ? tellTerminal(`${zh}  ${en}`) : console.log(`${zh}\n    ${en}`)),
  })
  flush()
  const seconds = Math.round((performance.now() - started) / 100) / 10
  if (json) printJson(documentOf(story, { quarters, seed, faults: faults ?? null, seconds }))
  else printStory(story, seconds)
  if (!holds(story)) process.exitCode = EXIT.unverified
}

function holds({ difference_fen, unexpected_refusals, verification }: HeadlessStory): boolean {
  return difference_fen === 0n && unexpected_refusals === 0 && verification.holds
}

/**
 * What was paid, what should have been and the difference are integers of fen, because whoever checks the story
 * compares them with each other; every other amount is in yuan, as everywhere (docs/conventions.md).
 */
function documentOf(story: HeadlessStory, run: object) {
  const { expected, verification, paid, journal, ...rest } = story
  return {
    ...run,
    ...rest,
    paid: paid.map(({ fen, ...line }) => ({ ...line, amount: formatYuan(fen) })),
    journal: {
      entries: journal.entries,
      moved: inYuan(journal.moved_fen),
      balance: inYuan(journal.balance_fen),
    },
    expected_fen: expected.total_fen,
    verification: {
      holds: verification.holds,
      claims: verification.claims.claims,
      accounts: verification.accounts.accounts,
      entries: verification.accounts.entries,
      sealed_rows: verification.seals.reduce((sum, { rows }) => sum + rows, 0n),
    },
  }
}

function inYuan(amounts: Readonly<Record<string, Fen>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([kind, fen]) => [kind, formatYuan(fen)]))
}

function printStory(story: HeadlessStory, seconds: number): void {
  const { messages, claims, journal, expected } = story
  console.log(
    [
      '',
      ...columns([
        ['企业 organisations', String(story.organisations)],
        ['贷款 loans', String(story.loans)],
        [
          '报文 messages',
          `${messages.accepted} accepted, ${messages.replayed} replayed, ${messages.refused} refused`,
        ],
        [
          '核定 claims',
          `${claims.eligible} eligible, ${claims.ineligible} ineligible, ${claims.unknown} unknown, ${claims.suspended} suspended`,
        ],
      ]),
      '',
      ...columns(
        story.paid.map(({ bank_name, quarter, fen }) => [bank_name, quarter, yuan(fen).padStart(18)]),
      ),
      '',
      ...columns([
        ...Object.entries(journal.moved_fen).map(([kind, fen]) => [
          `journal ${kind}`,
          yuan(fen).padStart(18),
        ]),
        ['已拨付 paid', yuan(story.paid_fen).padStart(18)],
        ['独立模型 independent model', yuan(expected.total_fen).padStart(18)],
        ['相差 difference', yuan(story.difference_fen).padStart(18)],
      ]),
      '',
      holds(story)
        ? `一分不差 Every fen is where it should be (${seconds} s)`
        : `有差异 Something does not agree (${seconds} s)`,
    ].join('\n'),
  )
}
