import type pg from 'pg'
import type { Tx } from '../platform/db/index.ts'
import type { ImportResult } from './import-organisations.ts'

export interface ImportedFile {
  /** Null where nothing changed. */
  readonly sourceId: string | null
  readonly fileName: string
  readonly sha256: Buffer
  readonly recordedBy: string
}

/** Keeps what an import brought and what was wrong in its file, for the page and for download. */
export async function recordImport(
  tx: Tx,
  client: pg.PoolClient,
  result: ImportResult,
  file: ImportedFile,
): Promise<void> {
  await tx
    .insertInto('organisation_import')
    .values({
      id: result.importId,
      recorded_by: file.recordedBy,
      source_id: file.sourceId,
      file_name: file.fileName,
      file_sha256: file.sha256,
      dry_run: result.dryRun,
      row_count: BigInt(result.rows),
      created: BigInt(result.created),
      updated: BigInt(result.updated),
      unchanged: BigInt(result.unchanged),
      rejected: BigInt(result.rejected),
      warnings: BigInt(result.warnings),
      seconds: String(result.seconds),
      problem_counts: JSON.stringify(Object.fromEntries(result.problemCounts)),
    })
    .execute()
  const { problems } = result
  if (problems.length === 0) return
  // One array a column: a hundred thousand rows in one statement, without a parameter for each cell.
  await client.query(
    `insert into organisation_import_problem (import_id, number, line, code, column_name, value, detail)
     select $1, row_number() over (), * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [
      result.importId,
      problems.map(({ line }) => line),
      problems.map(({ code }) => code),
      problems.map(({ column }) => column),
      problems.map(({ value }) => value.replaceAll('\0', '␀')),
      problems.map(({ detail }) => detail),
    ],
  )
}
