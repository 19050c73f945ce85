import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { ImportResult } from './import-result.ts'

/** What a file is of. */
export type ImportKind = 'organisations' | 'filings'

export interface ImportedFile {
  readonly kind: ImportKind
  /** Null where nothing changed. */
  readonly sourceId: string | null
  readonly fileName: string
  readonly sha256: Buffer
  readonly recordedBy: string
}

/** Keeps what an import brought and what was wrong in its file, for the page and for download. */
export async function recordImport(tx: Tx, result: ImportResult, file: ImportedFile): Promise<void> {
  await tx
    .insertInto('organisation_import')
    .values({
      id: result.importId,
      kind: file.kind,
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
  await sql`
    insert into organisation_import_problem (import_id, number, line, code, column_name, value, detail)
    select ${result.importId}, row_number() over (), *
    from unnest(${problems.map(({ line }) => line)}::int[], ${problems.map(({ code }) => code)}::text[],
      ${problems.map(({ column }) => column)}::text[],
      ${problems.map(({ value }) => value.replaceAll('\0', '␀'))}::text[],
      ${problems.map(({ detail }) => detail)}::text[])`.execute(tx)
}
