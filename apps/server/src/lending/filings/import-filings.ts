import { basename } from 'node:path'
import { actorName, recordAudit } from '../../platform/audit.ts'
import { businessDate } from '../../platform/clock.ts'
import type { PlainDate } from '../../platform/dates.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import { formatYuan } from '../../platform/money.ts'
import {
  createProblemLog,
  type ImportOptions,
  type ImportResult,
  loadTowns,
  type ProblemCode,
  type ProblemLog,
  readTowns,
  recordImport,
} from '../../registry/index.ts'
import { decideFilingRow, type RowDecision } from './decide-filing-row.ts'
import type { FilingFact } from './filing.ts'
import type { FilingColumns, FilingField } from './filing-columns.ts'
import { findEnterprises, lockFilings, townCodes } from './known-filings.ts'
import { readFilingFile } from './read-filing-file.ts'
import type { FilingRow } from './read-filing-row.ts'
import {
  addFilings,
  type FilingStatement,
  type NewFiling,
  recordSources,
  restateFilings,
} from './state-filings.ts'

/**
 * Takes a file of filings, in one transaction: a killed import leaves nothing. Rows with an error are left out and
 * named; the others are taken. The same file again changes nothing. Of rows with the same number the first counts.
 *
 * @throws DomainError `import.file-*`, `import.heading-*`, `import.sheet-*` when the file as a whole cannot be read
 */
export async function importFilings(options: ImportOptions): Promise<ImportResult> {
  return inTransaction(options.database.db, tx => importInto(tx, options))
}

interface Decided {
  readonly row: FilingRow
  readonly decision: RowDecision
  readonly filingId: string
  readonly organisationId: string
}

async function importInto(tx: Tx, options: ImportOptions): Promise<ImportResult> {
  const started = performance.now()
  const { actor, dryRun = false } = options
  const today = await businessDate(tx)
  const asOf = options.asOf ?? today
  const log = createProblemLog()
  await loadTowns(tx, readTowns(options.city))
  const file = await readFilingFile(options, { log, today, towns: await townCodes(tx) })
  const decided = await decideRows(tx, file.rows, { today, asOf }, log, file.columns)
  const importId = newId()
  const created = decided.filter(({ decision }) => decision.kind === 'create')
  const updated = decided.filter(({ decision }) => decision.kind === 'change')
  const fileName = options.fileName ?? basename(options.file)
  const sources = dryRun
    ? new Map<PlainDate, string>()
    : await recordSources(
        tx,
        decided.flatMap(({ decision }) => ('holdsFrom' in decision ? [decision.holdsFrom] : [])),
        { name: fileName, recordedBy: actorName(actor), file: { name: fileName, sha256: file.sha256 } },
      )
  if (!dryRun) await write(tx, decided, sources)
  options.onProgress?.({ ...file.progress, step: 'writing' })
  const rejected = file.rowCount - file.repeated - decided.length
  const result: ImportResult = {
    importId,
    dryRun,
    rows: file.rowCount,
    created: created.length,
    updated: updated.length,
    unchanged: file.rowCount - rejected - created.length - updated.length,
    rejected,
    warnings: log.warnings(),
    seconds: Math.round(performance.now() - started) / 1000,
    unknownColumns: file.columns.unknown,
    problemCounts: log.counts,
    problems: log.kept(),
  }
  const recordedBy = actorName(actor)
  const sourceId = sources.values().next().value ?? null
  await recordImport(tx, result, { kind: 'filings', sourceId, fileName, sha256: file.sha256, recordedBy })
  const about = { actor, businessDate: today }
  await recordAudit(tx, {
    ...about,
    action: dryRun ? 'filings.import-tried' : 'filings.imported',
    subjectKind: 'filing-import',
    subjectId: importId,
    detail: { rows: result.rows, created: result.created, updated: result.updated, rejected },
  })
  if (dryRun) return result
  for (const { filingId, decision } of updated) {
    const changed = decision.kind === 'change' ? decision.changed.join(', ') : ''
    await recordAudit(tx, {
      ...about,
      action: 'filing.changed',
      subjectKind: 'filing',
      subjectId: filingId,
      detail: { changed, import_id: importId },
    })
  }
  return result
}

/** Decides each row against what is on file; what is refused goes to the log. */
async function decideRows(
  tx: Tx,
  rows: readonly FilingRow[],
  days: { readonly today: PlainDate; readonly asOf: PlainDate },
  log: ProblemLog,
  columns: FilingColumns,
): Promise<Decided[]> {
  const known = await lockFilings(
    tx,
    rows.map(({ filing_number }) => filing_number),
  )
  const enterprises = await findEnterprises(tx, [...new Set(rows.map(({ credit_code }) => credit_code))])
  const refuse = (row: FilingRow, code: ProblemCode, field: FilingField, value: string, detail = '') =>
    log.add(code, row.line, columns.headings[columns.at[field] ?? -1] ?? field, value, detail)
  return rows.flatMap(row => {
    const organisationId = enterprises.get(row.credit_code)
    if (organisationId === undefined) {
      refuse(row, 'organisation.unknown', 'credit_code', row.credit_code)
      return []
    }
    const filing = known.get(row.filing_number)
    const decision = decideFilingRow(row, filing, days)
    if (decision.kind === 'refuse') {
      const { code, fact, detail } = decision
      if (fact) refuse(row, code, FIELD_OF[fact], statedIn(row, fact), detail)
      else refuse(row, code, 'filing_number', row.filing_number, detail)
      return []
    }
    return [{ row, decision, organisationId, filingId: filing?.id ?? newId() }]
  })
}

const FIELD_OF: Record<FilingFact, FilingField> = {
  project_name: 'project_name',
  approval_number: 'approval_number',
  site_in_city: 'site_in_city',
  site_town_code: 'site_town',
  contract_signed_on: 'contract_signed_on',
  verified_investment_fen: 'verified_investment',
  civil_works_fen: 'civil_works',
  filed_on: 'filed_on',
  state: 'state',
}

function statedIn(row: FilingRow, fact: FilingFact): string {
  const value = row[fact]
  return typeof value === 'bigint' ? formatYuan(value) : String(value ?? '')
}

async function write(
  tx: Tx,
  decided: readonly Decided[],
  sources: ReadonlyMap<PlainDate, string>,
): Promise<void> {
  const added: NewFiling[] = []
  const restated: FilingStatement[] = []
  for (const { row, decision, organisationId, filingId } of decided) {
    if (!('holdsFrom' in decision)) continue
    const sourceId = sources.get(decision.holdsFrom)
    if (sourceId === undefined) throw new Error(`${decision.holdsFrom} has no source`)
    const statement = { id: filingId, facts: decision.facts, sourceId }
    if (decision.kind === 'change') restated.push(statement)
    else added.push({ ...statement, filingNumber: row.filing_number, organisationId })
  }
  await addFilings(tx, added)
  await restateFilings(tx, restated)
}
