import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { FACTS } from './facts.ts'
import type { OrganisationRow } from './read-row.ts'

const ESCAPED = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One row in COPY's text form: code, check, source, then the facts in their order. */
export function copyLine(row: OrganisationRow, sourceId: string): string {
  let line = `${row.credit_code}\t${row.code_check}\t${sourceId}`
  for (const fact of FACTS) {
    const value = row[fact]
    if (value === null) line += '\t\\N'
    else line += `\t${typeof value === 'string' && ESCAPED.test(value) ? escaped(value) : value}`
  }
  return `${line}\n`
}

function escaped(value: string): string {
  return value.replace(/[\\\t\n\r]/g, character => ESCAPES[character] ?? character)
}

/** Copies lines into a table by one statement; nothing else may use the connection meanwhile. */
export async function copyText(client: pg.PoolClient, statement: string, lines: string): Promise<void> {
  const copy = client.query(copyFrom(statement))
  copy.end(lines)
  await finished(copy)
}
