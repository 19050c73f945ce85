import { z } from 'zod'
import type { Db } from '../platform/db/index.ts'
import type { Language } from '../platform/errors.ts'
import { type App, notFound, route } from '../platform/http/index.ts'
import type { Permission } from '../platform/permissions.ts'
import { findImport, listImports, readProblems } from './find-imports.ts'
import type { ImportOptions, ImportResult } from './import-result.ts'
import { type Problem, problemSentence, severityOf } from './problem.ts'
import { problemCsv } from './problem-csv.ts'
import type { ImportKind } from './record-import.ts'
import { saveUploads, uploadedFile } from './uploaded-file.ts'

/** What an answer shows of a file's problems; all that are kept can be downloaded. */
const PROBLEMS_SHOWN = 200

const ProblemOfRow = z.object({
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  sentence: z.string(),
})

const ImportSummary = z.object({
  id: z.uuid(),
  file_name: z.string(),
  dry_run: z.boolean(),
  recorded_at: z.iso.datetime(),
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  warnings: z.number().int(),
  seconds: z.number(),
})

const ImportPage = ImportSummary.extend({
  problem_counts: z.record(z.string(), z.number().int()),
  problems: z.array(ProblemOfRow).describe(`the first ${PROBLEMS_SHOWN}, errors first`),
  problems_url: z.string(),
})

const importRecord = { zh: '导入记录', en: 'import' }
const Id = z.object({ id: z.uuid() })

/** What a kind of file is called and who takes it in. */
interface FileImports {
  readonly kind: ImportKind
  readonly url: `/api/v1/${string}`
  readonly permission: Permission
  /** `organisations`: what a file is of, for the summaries. */
  readonly of: string
  importFile(options: ImportOptions): Promise<ImportResult>
  /** Set where the import is a change like any other: one transaction, once, with what follows from it. */
  readonly change?: { afterwards(): Promise<unknown> }
}

/** Imports over HTTP: upload a file (or try it), see what it brought, download what was wrong. */
export function importRoutes(app: App, files: FileImports): void {
  app.http.register(async http => {
    saveUploads(http)
    routesOf({ ...app, http }, files)
  })
}

function routesOf(app: App, files: FileImports): void {
  const { kind, url, permission, of } = files

  route(app, {
    method: 'POST',
    url,
    permission,
    summary: `Imports a file of ${of} (multipart: one CSV or .xlsx file), or tries it with dry_run`,
    query: z.object({
      dry_run: z.stringbool().default(false),
      as_of: z.iso.date().optional().describe('the day on which the facts of the file were so'),
    }),
    response: ImportPage,
    ...(files.change === undefined ? {} : { change: {} }),
    handler: async ({ request, query, actor, database, city, language, afterwards }) => {
      const { path, fileName } = uploadedFile(request)
      const { dry_run: dryRun, as_of } = query
      const asOf = as_of === undefined ? {} : { asOf: as_of }
      const { importId, created, updated } = await files.importFile({
        file: path,
        fileName,
        city,
        database,
        actor,
        dryRun,
        ...asOf,
      })
      const { change } = files
      if (change && !dryRun && created + updated > 0) afterwards(change.afterwards)
      return importPage(database.db, files, importId, language)
    },
  })

  route(app, {
    method: 'GET',
    url,
    permission,
    summary: `The latest imports of ${of}`,
    response: z.object({ items: z.array(ImportSummary) }),
    handler: async ({ database }) => ({ items: await listImports(database.db, kind) }),
  })

  route(app, {
    method: 'GET',
    url: `${url}/:id`,
    permission,
    summary: 'One import: its counts and the first of its problems',
    params: Id,
    response: ImportPage,
    handler: async ({ params, language, database }) => importPage(database.db, files, params.id, language),
  })

  route(app, {
    method: 'GET',
    url: `${url}/:id/problems.csv`,
    permission,
    summary: 'The problems of an import by line, as CSV',
    params: Id,
    query: z.object({
      language: z
        .enum(['zh', 'en'])
        .optional()
        .describe('of the sentences, for a link, which cannot say Accept-Language'),
    }),
    produces: ['text/csv'],
    response: z.string(),
    handler: async ({ params, query, database, language, reply }) => {
      if (!(await findImport(database.db, kind, params.id))) throw notFound(importRecord, params.id)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-problems-${params.id}.csv"`)
        .serializer((text: unknown) => text as string)
        .send(problemCsv(await readProblems(database.db, params.id), query.language ?? language))
    },
  })
}

async function importPage(
  db: Db,
  { kind, url }: FileImports,
  id: string,
  language: Language,
): Promise<z.input<typeof ImportPage>> {
  const found = await findImport(db, kind, id)
  if (!found) throw notFound(importRecord, id)
  const problems = await readProblems(db, id, PROBLEMS_SHOWN)
  return {
    ...found,
    problems: problems.map(problem => problemOfRow(problem, language)),
    problems_url: `${url}/${id}/problems.csv`,
  }
}

function problemOfRow(problem: Problem, language: Language): z.input<typeof ProblemOfRow> {
  const { line, column, value, code } = problem
  return {
    line,
    column,
    value,
    code,
    severity: severityOf(code),
    sentence: problemSentence(problem, language),
  }
}
