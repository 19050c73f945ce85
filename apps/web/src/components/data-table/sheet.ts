import type { Column } from './columns.ts'
import { csv } from './csv.ts'
import { save } from './save.ts'

export type SheetFormat = 'xlsx' | 'csv'

/** Writes rows as they are shown, column by column, and hands the file to the browser. */
export async function saveSheet<Row>(
  format: SheetFormat,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const file =
    format === 'csv'
      ? new Blob(
          [csv([columns.map(({ title }) => title), ...rows.map(row => columns.map(c => c.text(row)))])],
          {
            type: 'text/csv;charset=utf-8',
          },
        )
      : await workbook(columns, rows)
  save(file, `${name}.${format}`)
}

async function workbook<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<Blob> {
  // A quarter of a megabyte that only an export needs.
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('Millrace', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map(column => ({
    header: column.title,
    key: column.key,
    width: column.figure ? 18 : 24,
    style: column.figure ? { numFmt: '#,##0.00', alignment: { horizontal: 'right' as const } } : {},
  }))
  for (const row of rows) {
    sheet.addRow(columns.map(column => cell(column.text(row), column.figure === true)))
  }
  sheet.getRow(1).font = { bold: true }
  const content = await book.xlsx.writeBuffer()
  return new Blob([content], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })
}

/** A spreadsheet's number is a double: a figure with more digits than it holds stays a text. */
function cell(text: string, figure: boolean): string | number {
  const EXACT_DIGITS = 15
  if (!figure || !/^-?\d+(\.\d+)?$/.test(text)) return text
  return text.replaceAll(/\D/g, '').length <= EXACT_DIGITS ? Number(text) : text
}
