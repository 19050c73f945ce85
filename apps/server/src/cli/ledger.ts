import { Command } from 'commander'
import type { Installation } from '../app/installation.ts'
import { exportSeals } from '../platform/evidence/index.ts'
import { columns } from './box.ts'
import { printJson } from './output.ts'

interface SealsOptions {
  readonly newest: boolean
  readonly json: boolean
}

/**
 * `millrace ledger …`: what proves that history was not edited.
 *
 * @param open opens the data for one command
 */
export function ledgerCommand(open: () => Promise<Installation>): Command {
  const ledger = new Command('ledger').description('what proves that history was not edited')
  ledger
    .command('seals')
    .description(
      'the seals: kept elsewhere, they show later whether a chain was written anew (verify --seals)',
    )
    .option('--newest', 'only the newest of each history', false)
    .option('--json', 'print one JSON document, the one that verify --seals reads', false)
    .action(async ({ newest, json }: SealsOptions) => {
      const { database, city, close } = await open()
      try {
        const seals = await exportSeals(database, { cityCode: city.code, newestOnly: newest })
        if (json) return printJson(seals)
        const rows = seals.seals.map(({ stream, number, hash, rows, sealed_at }) => [
          ...[stream, String(number), hash, `${rows} rows`, sealed_at],
        ])
        console.log(columns(rows).join('\n'))
      } finally {
        await close()
      }
    })
  for (const command of ledger.commands) command.exitOverride()
  return ledger
}
