import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { FACTS } from './facts.ts'
import type { OrganisationRow } from './read-row.ts'

const ESCAPED = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One row in COPY's text form: identifier, code, check, source, then the facts in their order. */
export function copyLine(row: OrganisationRow, id: string, sourceId: string): string {
  let line = `${id}\t${row.credit_code}\t${row.code_check}\t${sourceId}`
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

/**
 * Lines on their way, encoded as they come: strings that lived until a portion is full would cost the garbage
 * collector as much as all the rest.
 */
export interface CopyPortion {
  readonly bytes: number
  add(line: string): void
  /** What was added; the portion is empty again. */
  take(): Buffer
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT_MAX = 3

export function createCopyPortion(size_bytes: number): CopyPortion {
  let buffer = Buffer.allocUnsafe(size_bytes)
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    add(line) {
      const needed = bytes + line.length * BYTES_PER_UNIT_MAX
      if (needed > buffer.length) {
        const larger = Buffer.allocUnsafe(needed * 2)
        buffer.copy(larger, 0, 0, bytes)
        buffer = larger
      }
      bytes += buffer.write(line, bytes)
    },
    take() {
      const taken = buffer.subarray(0, bytes)
      buffer = Buffer.allocUnsafe(size_bytes)
      bytes = 0
      return taken
    },
  }
}

/** Copies lines into a table by one statement; nothing else may use the connection meanwhile. */
export async function copyText(client: pg.PoolClient, statement: string, lines: Buffer): Promise<void> {
  const copy = client.query(copyFrom(statement))
  copy.end(lines)
  await finished(copy)
}
