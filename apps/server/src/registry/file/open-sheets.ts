import type { Readable } from 'node:stream'
import ExcelJS from 'exceljs'

/** Steps of ExcelJS's reader that its types do not name; sheet.test.ts fails should a release rename them. */
interface Steps {
  _parseSharedStrings(strings: Readable): AsyncGenerator
  _parseWorksheet(portions: AsyncIterable<Uint8Array>, sheet: string): Generator
}

/**
 * The sheets of an .xlsx file, row by row. ExcelJS decodes every portion of a part for itself, so a character whose
 * bytes stand in two portions is lost (about one cell in a hundred of a Chinese register): here the parts are
 * decoded as one text before it sees them.
 */
export function openSheets(path: string): ExcelJS.stream.xlsx.WorkbookReader {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
  })
  const steps = reader as unknown as Steps & Record<keyof Steps, unknown>
  const { _parseSharedStrings: readStrings, _parseWorksheet: readWorksheet } = steps as Steps
  steps._parseSharedStrings = (strings: Readable) => readStrings.call(reader, strings.setEncoding('utf8'))
  steps._parseWorksheet = (portions: AsyncIterable<Uint8Array>, sheet: string) =>
    readWorksheet.call(reader, decoded(portions) as never, sheet)
  return reader
}

async function* decoded(portions: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const portion of portions) yield decoder.decode(portion, { stream: true })
  yield decoder.decode()
}
