import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { COPY_STAGED } from './apply-staged.sql.ts'
import { FACTS } from './facts.ts'
import type { OrganisationRow } from './read-row.ts'

/** Rows on their way into the staging table. */
export interface RowStage {
  add(row: OrganisationRow): void
  /** Passes on what was added; resolves when more can be taken. */
  flush(): Promise<void>
  /** No more rows; resolves when the database has them all. */
  end(): Promise<void>
  /** Gives up: the transaction is about to be rolled back. */
  abandon(): Promise<void>
}

const ESCAPED = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Opens COPY into the staging table on a connection that is used for nothing else until it ends. */
export function stageRows(client: pg.PoolClient): RowStage {
  const copy = client.query(copyFrom(COPY_STAGED))
  let failure: Error | undefined
  copy.on('error', error => {
    failure = error
  })
  let lines = ''
  return {
    add: row => {
      lines += copyLine(row)
    },
    async flush() {
      if (failure) throw failure
      if (lines === '') return
      const ready = copy.write(lines)
      lines = ''
      if (!ready) await drained(copy)
    },
    async end() {
      await this.flush()
      copy.end()
      await finished(copy)
    },
    async abandon() {
      copy.destroy()
    },
  }
}

/** One row in COPY's text form. */
function copyLine(row: OrganisationRow): string {
  let line = `${row.line}\t${row.credit_code}\t${row.code_check}`
  for (const fact of FACTS) {
    const value = row[fact]
    line +=
      value === null
        ? '\t\\N'
        : `\t${typeof value === 'string' && ESCAPED.test(value) ? escaped(value) : value}`
  }
  return `${line}\n`
}

function escaped(value: string): string {
  return value.replace(/[\\\t\n\r]/g, character => ESCAPES[character] ?? character)
}

function drained(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void) => () => {
      stream.off('drain', onDrain).off('error', onError)
      act()
    }
    const onDrain = done(resolve)
    const onError = (error: Error) => done(() => reject(error))()
    stream.once('drain', onDrain).once('error', onError)
  })
}
