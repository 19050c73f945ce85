import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ParityCase } from './parity-readings.ts'
import { type Row, rowOf } from './parity-rows.ts'

/** A model that once failed, as small as it was made, with the row it failed on. */
export interface ParityFixture {
  /** Which reading differed and how, and how it was found. */
  readonly found: string
  readonly case: ParityCase
  /** The row as PostgreSQL stores it. */
  readonly stored: Row['stored']
}

const FOLDER = join(import.meta.dirname, 'fixtures/parity')

/** @returns the file it was saved as, named by its content */
export function saveFixture(fixture: ParityFixture): string {
  const text = `${JSON.stringify(fixture, null, 2)}\n`
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`)
  writeFileSync(file, text)
  return file
}

export function readFixtures(): readonly {
  readonly name: string
  readonly fixture: ParityFixture
  readonly row: Row
}[] {
  return globSync(join(FOLDER, '*.json'))
    .sort()
    .map(file => {
      const fixture: ParityFixture = JSON.parse(readFileSync(file, 'utf8'))
      return { name: basename(file, '.json'), fixture, row: rowOf(fixture.stored) }
    })
}
