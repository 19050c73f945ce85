import type { Command } from 'commander'
import { determineClaims, importFilings } from '../lending/index.ts'
import { importOrganisations, indexNames } from '../registry/index.ts'
import { importCommand, type OpenedInstance } from './import-file.ts'

/** `millrace import organisations FILE`, `millrace import filings FILE`. */
export function importCommands(open: () => Promise<OpenedInstance>): Command[] {
  return [
    importCommand(
      {
        name: 'organisations',
        description: 'take organisations from a CSV or .xlsx file into the registry / 导入单位名录',
        importFile: importOrganisations,
        afterwards: ({ db }, onProgress) => indexNames(db, { onProgress }),
      },
      open,
    ),
    importCommand(
      {
        name: 'filings',
        description: 'take filings of projects from a CSV or .xlsx file / 导入项目备案',
        importFile: importFilings,
        // What the file bears on is decided at once, and not only by the next run of the server.
        afterwards: ({ db }) => determineClaims(db),
      },
      open,
    ),
  ]
}
