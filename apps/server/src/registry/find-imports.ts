import type { Selectable } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { OrganisationImport } from '../platform/db/schema.generated.ts'
import { isProblemCode, PROBLEM_CODES, type Problem, severityOf } from './problem.ts'
import type { ImportKind } from './record-import.ts'

const LISTED_MAX = 50
const ERROR_CODES = PROBLEM_CODES.filter(code => severityOf(code) === 'error')

/** What an import brought. */
export interface ImportRecord {
  readonly id: string
  readonly file_name: string
  readonly dry_run: boolean
  readonly recorded_at: string
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly rejected: number
  readonly warnings: number
  readonly seconds: number
  readonly problem_counts: Record<string, number>
}

export async function listImports(db: Db, kind: ImportKind): Promise<ImportRecord[]> {
  const rows = await selectImports(db, kind).orderBy('recorded_at', 'desc').limit(LISTED_MAX).execute()
  return rows.map(importRecord)
}

export async function findImport(db: Db, kind: ImportKind, id: string): Promise<ImportRecord | undefined> {
  const row = await selectImports(db, kind).where('id', '=', id).executeTakeFirst()
  return row && importRecord(row)
}

/**
 * The problems that an import kept.
 *
 * @param limit the errors first, so many; without it all, by line
 */
export async function readProblems(db: Db, importId: string, limit?: number): Promise<Problem[]> {
  const rows = await db
    .selectFrom('organisation_import_problem')
    .select(['line', 'code', 'column_name', 'value', 'detail', 'number'])
    .where('import_id', '=', importId)
    .$if(limit !== undefined, query =>
      query
        .orderBy(({ eb, ref }) => eb(ref('code'), 'in', ERROR_CODES), 'desc')
        .orderBy('number')
        .limit(limit ?? 0),
    )
    .$if(limit === undefined, query => query.orderBy('number'))
    .execute()
  return rows.flatMap(({ line, code, column_name, value, detail }) =>
    // A code that a later release no longer knows has no sentence any more.
    isProblemCode(code) ? [{ line, code, column: column_name, value, detail }] : [],
  )
}

function selectImports(db: Db, kind: ImportKind) {
  return db.selectFrom('organisation_import').selectAll().where('kind', '=', kind)
}

function importRecord(row: Selectable<OrganisationImport>): ImportRecord {
  return {
    id: row.id,
    file_name: row.file_name,
    dry_run: row.dry_run,
    recorded_at: row.recorded_at.toISOString(),
    rows: Number(row.row_count),
    created: Number(row.created),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    rejected: Number(row.rejected),
    warnings: Number(row.warnings),
    seconds: Number(row.seconds),
    problem_counts: problemCounts(row.problem_counts),
  }
}

function problemCounts(stored: unknown): Record<string, number> {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(Object.entries(stored).map(([code, count]) => [code, Number(count)]))
}
