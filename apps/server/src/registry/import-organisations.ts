import { basename } from 'node:path'
import type pg from 'pg'
import { actorName, recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { inTransaction, type Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { addJob } from '../platform/jobs.ts'
import { type Columns, readHeading } from './file/columns.ts'
import { readRecords } from './file/read-records.ts'
import { brokenHeading, sizeOfFile } from './file/whole-file.ts'
import type { ImportOptions, ImportProgress, ImportResult } from './import-result.ts'
import { onOneConnection } from './one-connection.ts'
import { createProblemLog, type ProblemLog } from './problem-log.ts'
import { createRowReader, type RowReader } from './read-row.ts'
import { type ImportedFile, recordImport } from './record-import.ts'
import { createTownFinder } from './rules/town-finder.ts'
import { loadTowns, readTowns } from './towns.ts'
import { allCodes, type Changes, type OrganisationWriter, openOrganisations } from './write-organisations.ts'

/**
 * Takes a file of organisations into the registry, in one transaction: a killed import leaves nothing. Rows with an
 * error are left out and named; the others are taken. The same file again changes nothing. A cell that says nothing
 * takes no fact away. Of rows with the same code the first counts; the others are noted and counted as unchanged.
 *
 * @throws DomainError `import.file-*`, `import.heading-*`, `import.sheet-*` when the file as a whole cannot be read
 */
export async function importOrganisations(options: ImportOptions): Promise<ImportResult> {
  const { database } = options
  return onOneConnection(database, (db, client) => inTransaction(db, tx => importInto(tx, client, options)))
}

async function importInto(tx: Tx, client: pg.PoolClient, options: ImportOptions): Promise<ImportResult> {
  const started = performance.now()
  const { dryRun = false, actor } = options
  const log = createProblemLog()
  const today = await businessDate(tx)
  const asOf = options.asOf ?? today
  const sourceId = newId()
  await client.query(`set local work_mem = '256MB'`)
  const writer = await openOrganisations(client, { sourceId, asOf, dryRun, knownCodes: allCodes })
  const reading = await readFile(tx, writer, options, today, log)
  options.onProgress?.({ ...reading.progress(), step: 'writing' })
  const changes = await writer.finish()
  const changed = changes.created + changes.updated > 0
  const file: ImportedFile = {
    kind: 'organisations',
    sourceId: changed && !dryRun ? sourceId : null,
    fileName: options.fileName ?? basename(options.file),
    sha256: reading.sha256,
    recordedBy: actorName(actor),
  }
  if (file.sourceId !== null) {
    await recordSource(tx, file.sourceId, file, asOf)
    await announceChanges(tx, file.sourceId, changes)
  }
  const result: ImportResult = {
    importId: newId(),
    dryRun,
    rows: reading.rows,
    created: changes.created,
    updated: changes.updated,
    unchanged: changes.unchanged + reading.repeated,
    rejected: reading.rows - reading.taken,
    warnings: log.warnings(),
    seconds: Math.round(performance.now() - started) / 1000,
    unknownColumns: reading.unknownColumns,
    problemCounts: log.counts,
    problems: log.kept(),
  }
  await recordImport(tx, result, file)
  const { rows, created, updated, rejected } = result
  await recordAudit(tx, {
    actor,
    businessDate: today,
    action: dryRun ? 'organisations.import-tried' : 'organisations.imported',
    subjectKind: 'organisation-import',
    subjectId: result.importId,
    detail: { rows, created, updated, rejected },
  })
  return result
}

/** The job that makes the names of an import searchable. */
export const INDEX_NAMES_JOB = 'registry.index-names'

/** Tells, with the `source_id`, that facts of organisations that were known have changed. The floors above listen. */
export const ORGANISATIONS_CHANGED_JOB = 'registry.organisations-changed'

/** What follows from changes travels with them. */
export async function announceChanges(tx: Tx, sourceId: string, { updated }: Changes): Promise<void> {
  await addJob(tx, INDEX_NAMES_JOB, {}, { key: INDEX_NAMES_JOB })
  if (updated > 0) await addJob(tx, ORGANISATIONS_CHANGED_JOB, { source_id: sourceId })
}

interface Reading {
  readonly sha256: Buffer
  readonly unknownColumns: readonly string[]
  readonly rows: number
  readonly taken: number
  /** Taken rows whose code an earlier row had. */
  readonly repeated: number
  progress(): Omit<ImportProgress, 'step'>
}

/** Reads the file's rows and hands them to the writer. */
async function readFile(
  tx: Tx,
  writer: OrganisationWriter,
  options: ImportOptions,
  today: PlainDate,
  log: ProblemLog,
): Promise<Reading> {
  const { city, file } = options
  const towns = readTowns(city)
  await loadTowns(tx, towns)
  const overridden = await tx.selectFrom('credit_code_override').select('credit_code').execute()
  const overrides = new Set(overridden.map(row => row.credit_code))
  const findTown = createTownFinder(towns, city.code)
  const bytesTotal = await sizeOfFile(file)
  let bytesRead = 0
  let rows = 0
  let taken = 0
  let repeated = 0
  let columns: Columns | undefined
  let readRow: RowReader | undefined
  const progress = () => ({ bytesRead, bytesTotal, rows })
  try {
    const sha256 = await readRecords(file, {
      record: (line, cells, faults) => {
        if (!readRow) {
          columns = readHeading(cells)
          readRow = createRowReader({ columns, findTown, today, overrides, log })
          return
        }
        rows++
        const row = readRow(line, cells, faults)
        if (!row) return
        taken++
        const earlier = writer.add(row)
        if (earlier === undefined) return
        repeated++
        log.add(
          'row.repeated',
          line,
          columns?.headings[columns.at.credit_code ?? 0] ?? '',
          row.credit_code,
          String(earlier),
        )
      },
      fault: (line, fault, text) => {
        if (!readRow) throw brokenHeading(text)
        rows++
        log.add(fault === 'record-too-long' ? 'row.too-long' : `row.${fault}`, line, '', text)
      },
      flush: async bytes => {
        bytesRead = bytes
        await writer.flush()
        options.onProgress?.({ ...progress(), step: 'reading' })
      },
    })
    if (!readRow) readHeading([''])
    return { sha256, unknownColumns: columns?.unknown ?? [], rows, taken, repeated, progress }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

async function recordSource(tx: Tx, id: string, file: ImportedFile, asOf: PlainDate): Promise<void> {
  await tx
    .insertInto('source')
    .values({
      id,
      name: file.fileName,
      kind: 'file',
      as_of: asOf,
      file_name: file.fileName,
      file_sha256: file.sha256,
      recorded_by: file.recordedBy,
    })
    .execute()
}
