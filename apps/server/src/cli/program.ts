import { Command, InvalidArgumentError, Option } from 'commander'
import type { Installation } from '../app/installation.ts'
import type { DataOptions } from './with-installation.ts'

function whole(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number is needed')
  return number
}

/**
 * Every command of `millrace`, each loaded only when it is asked for.
 *
 * @param first the first word after `millrace`
 */
export async function program(first: string | undefined): Promise<Command> {
  const millrace = new Command('millrace').description('Millrace runs a city’s industrial support programme')

  const dataDir = () => new Option('--data-dir <folder>', 'where the data lives').env('MILLRACE_DATA_DIR')
  const city = () => new Option('--city <slug>', 'which folder of cities/')

  millrace
    .command('serve')
    .description('run the platform')
    .addOption(new Option('--port <number>', 'where to listen').env('PORT').default(8080).argParser(whole))
    .addOption(
      new Option('--host <address>', 'whom to answer: 127.0.0.1 this machine only, 0.0.0.0 everyone')
        .env('HOST')
        .default('127.0.0.1'),
    )
    .addOption(dataDir())
    .addOption(city())
    .option('--empty', 'at the first start: without demonstration data, for real work', false)
    .option('--organisations <n>', 'at the first start: enterprises of the demonstration', whole, 5_000)
    .option('--loans <n>', 'at the first start: loans of the demonstration', whole, 600)
    .option('--seed <n>', 'at the first start: what the demonstration is generated from', whole, 1)
    .option('--no-web', 'do not build the web client')
    .action(async options => (await import('./serve.ts')).serveCommand(options))

  millrace
    .command('migrate')
    .description('bring the database to the present shape, and the city’s files into it')
    .addOption(dataDir())
    .addOption(city())
    .option('--json', 'end with one JSON object', false)
    .action(async options => (await import('./migrate.ts')).migrateCommand(options))

  millrace
    .command('demo')
    .description('play the story of the digital loan on a database of its own, and check every fen')
    .option('--quarters <n>', 'settlement quarters', whole, 4)
    .option('--seed <n>', 'what everything is generated from', whole, 1)
    .option('--organisations <n>', 'enterprises', whole, 5_000)
    .option('--loans <n>', 'loans', whole, 600)
    .option('--faults [list]', 'what goes wrong between bank and platform; all that can without a list')
    .addOption(city())
    .option('--json', 'print one JSON document', false)
    .action(async options => (await import('./demo.ts')).demoCommand(options))

  millrace
    .command('verify')
    .description(
      'recompute seals, accounts and claims from what is stored; exit code 7 when something does not hold',
    )
    .addOption(dataDir())
    .addOption(city())
    .option(
      '--seals <file...>',
      'seals that were kept elsewhere, as `millrace ledger seals --json` wrote them',
    )
    .option('--json', 'print one JSON document', false)
    .action(async options => {
      const { verifyCommand } = await import('./verify.ts')
      await onData('verify', options, installation => verifyCommand(installation, options))
    })

  // These bring their modules with them: not loaded for the others.
  const wanted = (name: string) => first === undefined || [name, 'help', '--help', '-h'].includes(first)
  if (wanted('import')) millrace.addCommand(await importCommand())
  if (wanted('bank')) millrace.addCommand(withData((await import('./bank.ts')).bankCommand))
  if (wanted('ledger')) millrace.addCommand(withData((await import('./ledger.ts')).ledgerCommand))
  if (wanted('user')) millrace.addCommand(withData((await import('./user.ts')).userCommand))

  const explain = millrace.command('explain').description('why something was decided as it was')
  explain
    .command('claim <id>')
    .description('the conditions, the facts and their sources, the arithmetic, the approvals and payments')
    .addOption(dataDir())
    .addOption(city())
    .option('--json', 'print one JSON document', false)
    .action(async (id, options) => {
      const { explainClaimCommand } = await import('./explain.ts')
      await onData('explain', options, installation => explainClaimCommand(installation, id, options.json))
    })

  return throwInsteadOfExiting(millrace)
}

async function importCommand(): Promise<Command> {
  const { importCommands } = await import('./import.ts')
  const command = new Command('import')
    .description('take files of organisations or filings into the platform')
    .option('--data-dir <folder>', 'where the data lives', process.env.MILLRACE_DATA_DIR)
    .option('--city <slug>', 'which folder of cities/')
  const open = async () =>
    (await import('./with-installation.ts')).openForCommand('import', command.opts<DataOptions>())
  for (const each of importCommands(open)) command.addCommand(each)
  return command
}

/** A command with commands of its own, which open the data that its options name. */
function withData(build: (open: () => Promise<Installation>) => Command): Command {
  const command: Command = build(async () =>
    (await import('./with-installation.ts')).openForCommand(command.name(), command.opts<DataOptions>()),
  )
  return command
    .option('--data-dir <folder>', 'where the data lives', process.env.MILLRACE_DATA_DIR)
    .option('--city <slug>', 'which folder of cities/')
}

/** A wrong command line is told by exit code 2, however deep the command stands. */
function throwInsteadOfExiting(command: Command): Command {
  command.exitOverride()
  for (const each of command.commands) throwInsteadOfExiting(each)
  return command
}

async function onData(
  command: string,
  options: DataOptions,
  work: (installation: Installation) => Promise<void>,
): Promise<void> {
  await (await import('./with-installation.ts')).withInstallation(command, options, work)
}
