import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError, type Language } from '../platform/errors.ts'
import { type App, notFound, route } from '../platform/http/index.ts'
import { findImport, listImports, readProblems } from './find-imports.ts'
import { importOrganisations } from './import-organisations.ts'
import { type Problem, problemSentence, severityOf } from './problem.ts'
import { problemCsv } from './problem-csv.ts'

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

const organisationImport = { zh: '导入记录', en: 'import' }
const Id = z.object({ id: z.uuid() })

/** Imports over HTTP: upload a file (or try it), see what it brought, download what was wrong. */
export function importRoutes(app: App): void {
  route(app, {
    method: 'POST',
    url: '/api/v1/organisation-imports',
    permission: 'organisation.import',
    summary: 'Imports a file of organisations (multipart: one CSV or .xlsx file), or tries it with dry_run',
    query: z.object({
      dry_run: z.stringbool().default(false),
      as_of: z.iso.date().optional().describe('the day on which the facts of the file were so'),
    }),
    response: ImportPage,
    handler: async ({ request, query, actor, database, city, language }) =>
      withUploadedFile(request, async (file, fileName) => {
        const { dry_run: dryRun, as_of } = query
        const asOf = as_of === undefined ? {} : { asOf: as_of }
        const { importId } = await importOrganisations({
          file,
          fileName,
          city,
          database,
          actor,
          dryRun,
          ...asOf,
        })
        return importPage(app, importId, language)
      }),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/organisation-imports',
    permission: 'organisation.import',
    summary: 'The latest imports',
    response: z.object({ items: z.array(ImportSummary) }),
    handler: async ({ database }) => ({ items: await listImports(database.db) }),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/organisation-imports/:id',
    permission: 'organisation.import',
    summary: 'One import: its counts and the first of its problems',
    params: Id,
    response: ImportPage,
    handler: async ({ params, language }) => importPage(app, params.id, language),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/organisation-imports/:id/problems.csv',
    permission: 'organisation.import',
    summary: 'The problems of an import by line, as CSV',
    params: Id,
    produces: ['text/csv'],
    response: z.string(),
    handler: async ({ params, database, language, reply }) => {
      if (!(await findImport(database.db, params.id))) throw notFound(organisationImport, params.id)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-problems-${params.id}.csv"`)
        .serializer((text: unknown) => text as string)
        .send(problemCsv(await readProblems(database.db, params.id), language))
    },
  })
}

async function importPage(app: App, id: string, language: Language): Promise<z.input<typeof ImportPage>> {
  const found = await findImport(app.database.db, id)
  if (!found) throw notFound(organisationImport, id)
  const problems = await readProblems(app.database.db, id, PROBLEMS_SHOWN)
  return {
    ...found,
    problems: problems.map(problem => problemOfRow(problem, language)),
    problems_url: `/api/v1/organisation-imports/${id}/problems.csv`,
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

/** Streams the upload to a file of its own, which is gone when the work is done. */
async function withUploadedFile<T>(
  request: FastifyRequest,
  work: (file: string, fileName: string) => Promise<T>,
): Promise<T> {
  const upload = request.isMultipart() ? await request.file() : undefined
  if (!upload) throw noFile()
  const folder = await mkdtemp(join(tmpdir(), 'millrace-import-'))
  try {
    const file = join(folder, 'upload')
    await pipeline(upload.file, createWriteStream(file))
    if (upload.file.truncated) throw tooLarge(upload.filename)
    return await work(file, upload.filename.slice(0, 200))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const noFile = () =>
  new DomainError({
    code: 'import.no-file',
    status: 400,
    zh: '请求中没有文件：请以表单（multipart/form-data）上传一个 CSV 或 .xlsx 文件。',
    en: 'The request carries no file: upload one CSV or .xlsx file as a form (multipart/form-data).',
  })

const tooLarge = (name: string) =>
  new DomainError({
    code: 'import.file-too-large',
    status: 413,
    value: name,
    zh: '文件超过 1 GB：请拆分后上传，或在服务器上用命令行导入。',
    en: 'The file is larger than 1 GB: split it, or import it on the server from the command line.',
  })
