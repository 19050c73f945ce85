import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { commandLine, type ExpectOptions, type PlayOptions, type StoryOptions } from './cli.ts'
import { serveControl } from './control.ts'
import { parcelsOf } from './faults.ts'
import { follow } from './follow.ts'
import { expectPayments } from './model.ts'
import { Platform } from './platform.ts'
import { Player } from './player.ts'
import { report } from './report.ts'
import { signerOf } from './signature.ts'
import { stateFile } from './state-file.ts'
import { type Story, tellStory } from './story.ts'
import { businessDate, Treasury } from './treasury.ts'
import { parseWorld, type World } from './world.ts'

/** Everything was sent, and the platform refused something that is right. */
const EXIT_REFUSED = 3

function read({ world: file, loans, quarters }: StoryOptions): { world: World; story: Story } {
  const world = parseWorld(JSON.parse(readFileSync(file, 'utf8')))
  return { world, story: tellStory(world, { loans, quarters }) }
}

async function play(options: PlayOptions): Promise<void> {
  const { world, story } = read(options)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

  const platform = new Platform(options.platform, stop.signal)
  const faults = [...options.faults].sort().join(',')
  const state = stateFile(options.state, `${world.seed} ${options.loans} ${options.quarters} ${faults}`)
  const player = new Player(
    platform,
    new Map(world.banks.map(bank => [bank.code, signerOf(bank)])),
    parcelsOf(world, story, options.faults),
    story.ends_on,
    state,
  )
  const treasury = new Treasury(
    platform,
    signerOf(world.treasury),
    story.faulty_accounts,
    options.faults.has('duplicates'),
  )
  const control =
    options.control === undefined ? undefined : await serveControl(options.control, { player, treasury })
  if (control) console.error(`millrace-bank: control on ${control.listeningOrigin}`)
  try {
    if (options.follow) {
      await follow({
        today: () => businessDate(platform),
        turn: async day => {
          await player.playThrough(day)
          await treasury.settle()
        },
        stopped: stop.signal,
      })
    } else if (control) {
      await once(stop.signal, 'abort')
    } else {
      await player.playThrough(options.through ?? story.ends_on)
      await treasury.settle()
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    await control?.close()
    // Said also of a story that broke off: what has been told, stands.
    const played = { ...player.played(), loans: story.loans, treasury: treasury.settled() }
    process.stdout.write(options.json ? `${JSON.stringify(played)}\n` : report(played))
    if (played.unexpected_refusals > 0) process.exitCode = EXIT_REFUSED
  }
}

async function expect(options: ExpectOptions): Promise<void> {
  const { world, story } = read(options)
  const [first = options.through ?? story.ends_on, ...rest] = options.evaluatedOn
  const { claims, ...expected } = expectPayments(world, story.messages, [first, ...rest])
  const result = { ...expected, ...(options.claims && { claims }) }
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'bigint' ? value.toString() : value instanceof Map ? Object.fromEntries(value) : value
  process.stdout.write(`${JSON.stringify(result, plain)}\n`)
}

try {
  await commandLine({ play, expect }).parseAsync()
} catch (error) {
  console.error(`millrace-bank: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
