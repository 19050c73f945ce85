import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type ExcelJS from 'exceljs'
import { DomainError } from '../../platform/errors.ts'
import type { CellFault } from '../read-row.ts'
import { openSheets } from './open-sheets.ts'
import type { RecordSink } from './read-records.ts'

/** A sheet is unpacked as it is read; one that is larger than this packed is no list of organisations. */
const SHEET_BYTES_MAX = 300 << 20
const ROWS_A_PORTION = 2_000
/** Sheets keep numbers as doubles: from here on the last digits are gone. */
const EXACT_INTEGER_MAX = 1e15

/**
 * Reads the first sheet of an .xlsx file row by row. Dates become `YYYY-MM-DD`; formulas, errors and numbers too
 * long to be exact are named as faults of their cells.
 *
 * @returns SHA-256 of the file's bytes
 * @throws DomainError `import.sheet-unreadable`, `import.sheet-too-large`
 */
export async function readSheet(path: string, sink: RecordSink): Promise<Buffer> {
  const { size } = await stat(path)
  if (size > SHEET_BYTES_MAX) throw tooLarge(size)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  try {
    for await (const worksheet of openSheets(path)) {
      let taken = 0
      let width = 0
      for await (const row of worksheet) {
        width ||= row.cellCount
        takeRow(row, width, sink)
        if (++taken % ROWS_A_PORTION === 0) await sink.flush(0)
      }
      if (taken > 0) break
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    throw unreadable(error)
  }
  await sink.flush(size)
  return hash.digest()
}

/** @param width of the heading; a row of a sheet ends with its last filled cell */
function takeRow(row: ExcelJS.Row, width: number, sink: RecordSink): void {
  const cells: string[] = Array.from({ length: width }, () => '')
  const faults = new Map<number, CellFault>()
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    const { text, fault } = cellText(cell.value)
    cells[column - 1] = text
    if (fault !== undefined) faults.set(column - 1, fault)
  })
  for (let index = 0; index < cells.length; index++) cells[index] ??= ''
  if (cells.some(text => text !== '') || faults.size > 0) sink.record(row.number, cells, faults)
}

function cellText(value: ExcelJS.CellValue): { text: string; fault?: CellFault } {
  if (value === null || value === undefined) return { text: '' }
  if (typeof value === 'string') return { text: value }
  if (typeof value === 'number') {
    return Math.abs(value) >= EXACT_INTEGER_MAX
      ? { text: String(value), fault: 'digits-lost' }
      : { text: String(value) }
  }
  if (typeof value === 'boolean') return { text: String(value) }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? { text: '' } : { text: value.toISOString().slice(0, 10) }
  }
  if ('formula' in value) return { text: `=${value.formula}`, fault: 'formula' }
  if ('sharedFormula' in value) return { text: `=${value.sharedFormula}`, fault: 'formula' }
  if ('error' in value) return { text: value.error, fault: 'sheet-error' }
  if ('richText' in value) return { text: value.richText.map(part => part.text).join('') }
  return 'text' in value ? { text: String(value.text) } : { text: '' }
}

function unreadable(error: unknown): DomainError {
  return new DomainError({
    code: 'import.sheet-unreadable',
    value: String(error),
    zh: `表格文件打不开，可能已损坏或加了密码（${String(error)}）：请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV。`,
    en: `The sheet cannot be opened; it may be damaged or protected (${String(error)}): open it and save it as .xlsx or CSV.`,
  })
}

function tooLarge(size: number): DomainError {
  return new DomainError({
    code: 'import.sheet-too-large',
    value: size,
    zh: '表格文件超过 300 MB：请另存为 CSV 后导入。',
    en: 'The sheet is larger than 300 MB: save it as CSV and import that.',
  })
}
