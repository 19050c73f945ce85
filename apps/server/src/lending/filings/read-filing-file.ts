import {
  brokenHeading,
  type ImportOptions,
  type ImportProgress,
  readRecords,
  sizeOfFile,
} from '../../registry/index.ts'
import { type FilingColumns, readFilingColumns } from './filing-columns.ts'
import { type FilingRow, type FilingRowContext, readFilingRow } from './read-filing-row.ts'

export interface FilingFile {
  readonly sha256: Buffer
  readonly columns: FilingColumns
  /** Rows below the heading, of any kind. */
  readonly rowCount: number
  /** Rows that can be read, each number once. */
  readonly rows: readonly FilingRow[]
  /** Rows whose number stands in the file before. */
  readonly repeated: number
  readonly progress: Omit<ImportProgress, 'step'>
}

/**
 * Reads a file of filings whole: there are thousands at most, not millions.
 *
 * @throws DomainError `import.*` when the file as a whole cannot be read
 */
export async function readFilingFile(
  { file, onProgress }: ImportOptions,
  context: Omit<FilingRowContext, 'columns'>,
): Promise<FilingFile> {
  const rows = new Map<string, FilingRow>()
  const bytesTotal = await sizeOfFile(file)
  let columns: FilingColumns | undefined
  let rowCount = 0
  let repeated = 0
  const sha256 = await readRecords(file, {
    record: (line, cells, faults) => {
      if (!columns) {
        columns = readFilingColumns(cells)
        return
      }
      rowCount++
      const row = readFilingRow({ ...context, columns }, line, cells, faults)
      if (!row) return
      const earlier = rows.get(row.filing_number)
      if (!earlier) {
        rows.set(row.filing_number, row)
        return
      }
      repeated++
      const heading = columns.headings[columns.at.filing_number ?? 0] ?? ''
      context.log.add('row.repeated', line, heading, row.filing_number, String(earlier.line))
    },
    fault: (line, fault, text) => {
      if (!columns) throw brokenHeading(text)
      rowCount++
      context.log.add(fault === 'record-too-long' ? 'row.too-long' : `row.${fault}`, line, '', text)
    },
    flush: async bytesRead => onProgress?.({ step: 'reading', bytesRead, bytesTotal, rows: rowCount }),
  })
  return {
    sha256,
    columns: columns ?? readFilingColumns(['']),
    rowCount,
    rows: [...rows.values()],
    repeated,
    progress: { bytesRead: bytesTotal, bytesTotal, rows: rowCount },
  }
}
