import { Command, InvalidArgumentError, Option } from 'commander'

function whole(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number is needed')
  return number
}

/** Every command of `millrace`, each loaded only when it is asked for. */
export function program(): Command {
  const millrace = new Command('millrace')
    .description('Millrace runs a city’s industrial support programme')
    .exitOverride()

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

  return millrace
}
