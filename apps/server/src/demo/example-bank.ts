import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { PlainDate } from '../platform/dates.ts'

const MAIN = join(import.meta.dirname, '../../../bank/src/main.ts')
const START_MS = 20_000
const STOP_MS = 10_000

const Status = z.object({
  played_through: z.string().nullable(),
  messages: z.object({ accepted: z.number(), replayed: z.number(), refused: z.number() }),
  unexpected_refusals: z.number(),
  refusals: z.array(z.unknown()),
  treasury: z.object({ batches: z.number(), paid: z.number(), rejected: z.number() }),
})
export type BankStatus = z.infer<typeof Status>

const Settled = z.object({ batches: z.number(), paid: z.number(), rejected: z.number() })
export type TreasurySettled = z.infer<typeof Settled>

export interface ExampleBankOptions {
  /** Where the platform answers. */
  readonly platform: string
  readonly worldFile: string
  readonly stateFile: string
  readonly loans: number
  readonly quarters: number
  /** What goes wrong on the way: a list with commas, or `all`. */
  readonly faults?: string | undefined
  readonly log: Logger
  /** Told the process as soon as there is one. */
  readonly onProcess: (pid: number) => void
}

/** The example bank and treasury: a program of its own, which speaks to the platform as any bank would. */
export interface ExampleBank {
  /** Whether its process still runs. */
  readonly alive: boolean
  /** Reports everything that happens up to a day, and answers when the platform has answered all of it. */
  playThrough(day: PlainDate): Promise<BankStatus>
  /** Pays what was ordered and sends the receipts. */
  settle(): Promise<TreasurySettled>
  status(): Promise<BankStatus>
  stop(): Promise<void>
}

/**
 * Starts the example bank beside the platform. It follows the platform's clock, and can be asked over a loopback
 * port to play or to pay at once.
 */
export async function startExampleBank(options: ExampleBankOptions): Promise<ExampleBank> {
  const child = spawn(process.execPath, [MAIN, 'play', ...flagsOf(options)], {
    // In a group of its own: a Ctrl-C in the terminal is ours to pass on when it is time.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (child.pid !== undefined) options.onProcess(child.pid)
  const ended = once(child, 'exit')
  const control = await controlAddress(child, options.log)
  const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${control}${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`The example bank answered ${answer.status}: ${text.slice(0, 300)}`)
    return JSON.parse(text)
  }
  return {
    get alive() {
      return child.exitCode === null && child.signalCode === null
    },
    playThrough: async day => Status.parse(await ask('POST', '/play', { through: day })),
    settle: async () => Settled.parse(await ask('POST', '/settle')),
    status: async () => Status.parse(await ask('GET', '/status')),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(patience)
    },
  }
}

function flagsOf(options: ExampleBankOptions): string[] {
  return [
    ...['--platform', options.platform, '--world', options.worldFile, '--state', options.stateFile],
    ...['--loans', String(options.loans), '--quarters', String(options.quarters)],
    ...['--follow', '--control', '0'],
    ...(options.faults === undefined ? [] : ['--faults', options.faults]),
  ]
}

/** The bank says on its standard error where it can be asked; whatever else it says there goes into the log. */
function controlAddress(child: ChildProcess, log: Logger): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The example bank did not start')), START_MS)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`The example bank ended with ${code}`)))
    if (!child.stderr) return
    createInterface({ input: child.stderr }).on('line', line => {
      const address = /control on (http:\S+)/.exec(line)?.[1]
      if (address === undefined) {
        log.warn({ said: line.replaceAll(/\p{Script=Han}+|\w*\d{6,}\w*/gu, '…') }, 'example bank')
        return
      }
      clearTimeout(late)
      resolve(address)
    })
  })
}
