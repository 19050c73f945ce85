import { Command, InvalidArgumentError } from 'commander'
import { isDate, type PlainDate } from './calendar.ts'
import { FAULTS, type Fault, parseFaults } from './fault-names.ts'

/** Which part of the story is meant: of which world, how many loans, how far. */
export interface StoryOptions {
  readonly world: string
  readonly loans: number
  readonly quarters: number
  readonly through?: PlainDate
}

export interface PlayOptions extends StoryOptions {
  readonly platform: string
  readonly faults: ReadonlySet<Fault>
  readonly follow: boolean
  readonly control?: number
  readonly state?: string
  readonly json: boolean
}

export interface ExpectOptions extends StoryOptions {
  readonly evaluatedOn: readonly PlainDate[]
  readonly claims: boolean
}

export interface Commands {
  readonly play: (options: PlayOptions) => Promise<void>
  readonly expect: (options: ExpectOptions) => Promise<void>
}

function count(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number is needed')
  return number
}

function day(text: string): PlainDate {
  if (!isDate(text)) throw new InvalidArgumentError('a date such as 2022-09-21 is needed')
  return text
}

function faults(text: string): ReadonlySet<Fault> {
  try {
    return parseFaults(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

function withStory(command: Command): Command {
  return command
    .requiredOption('--world <file>', 'the world file that the platform exports')
    .option('--loans <n>', 'how many loans the story has', count, 600)
    .option('--quarters <n>', 'how many settlement quarters the story has', count, 16)
    .option('--through <date>', 'the last business day to play; without it, the last day of the story', day)
}

/** The command line: what can be asked, and of which function. */
export function commandLine(commands: Commands): Command {
  const program = new Command('millrace-bank').description(
    'The example bank and the example treasury of Millrace',
  )
  withStory(program.command('play', { isDefault: true }))
    .description('tell the platform the story of the loans, day by day')
    .requiredOption('--platform <url>', 'where the platform listens, such as http://127.0.0.1:8080')
    .option(
      '--faults [list]',
      `what goes wrong on the way: ${FAULTS.join(',')}; all of them without a list`,
      faults,
    )
    .option('--follow', 'stay, and play on whenever the business date of the platform moves', false)
    .option(
      '--control <port>',
      'serve GET /status, POST /play and POST /settle on this loopback port; without --follow, play only when asked to',
      count,
    )
    .option('--state <file>', 'remember here through which day has been played')
    .option('--json', 'end with one JSON object', false)
    .action(options => commands.play({ ...options, faults: parseGiven(options.faults) }))
  withStory(program.command('expect'))
    .description('compute, without the platform, what the programme should pay for the story')
    .option(
      '--evaluated-on <dates>',
      'days on which batches are prepared, separated by commas; without it, the last day played',
      text => text.split(',').map(day),
      [],
    )
    .option('--claims', 'list every loan period with its reasons', false)
    .action(options => commands.expect(options))
  return program
}

/** The bare `--faults` arrives as true: all of them. */
function parseGiven(given: ReadonlySet<Fault> | boolean | undefined): ReadonlySet<Fault> {
  return typeof given === 'object' ? given : parseFaults(given)
}
