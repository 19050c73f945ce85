import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { citySchema } from './migrate.ts'

const MAPPING = JSON.stringify({
  int8: 'bigint',
  date: 'string',
  numeric: 'string',
  timestamptz: 'Date',
  bytea: 'Buffer',
})

/**
 * The types of all tables, read from a migrated database: the city's and, behind them on the search path, the
 * shared ones.
 *
 * @param url connects to the migrated database
 * @returns the text of `schema.generated.ts`
 */
export function generateTypes(url: string, cityCode: string): string {
  const city = interfaceOf(url, citySchema(cityCode))
  const shared = interfaceOf(url, 'millrace')
  const sharedTables = declarations(shared).filter(
    ({ name }) => !new RegExp(`^export (?:interface|type) ${name}\\b`, 'm').test(city),
  )
  return `${city.replace('export interface DB {\n', `export interface DB {\n${interfaceBody(shared)}`)}
${sharedTables.map(({ text }) => text).join('\n\n')}
`
}

function declarations(text: string): { name: string; text: string }[] {
  return text.split(/\n\n(?=export )/).flatMap(block => {
    const name = /^export (?:interface|type) (\w+)/.exec(block)?.[1]
    return name === undefined ? [] : [{ name, text: block.trim() }]
  })
}

function interfaceBody(text: string): string {
  return /export interface DB \{\n([\s\S]*?)\}/.exec(text)?.[1] ?? ''
}

function interfaceOf(url: string, schema: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-types-'))
  const file = join(folder, 'types.ts')
  try {
    execFileSync(
      process.execPath,
      [
        join(import.meta.dirname, '../../../../../node_modules/kysely-codegen/dist/cli/bin.js'),
        ...['--dialect', 'postgres', '--url', url, '--out-file', file, '--default-schema', schema],
        ...['--include-pattern', `${schema}.*`, '--type-mapping', MAPPING],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
