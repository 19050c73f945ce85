import { DomainError } from '../../platform/errors.ts'
import { excerptOf, messageProblem } from './problem.ts'
import { identify, type ReadMessage, readText, wrongEncoding } from './read-message.ts'

const REQUIRED = ['message_id', 'kind', 'loan_receipt', 'occurred_on']

/**
 * Reads the header line of a CSV file. Columns may stand in any order and those that no row needs may be left
 * out; a column that no kind of message has is refused, since a misspelt one would be lost silently.
 *
 * @throws DomainError `bank.header-malformed`
 */
export function readHeader(line: Uint8Array, known: readonly string[]): readonly string[] {
  const text = readText(line)
  const columns = text === undefined ? undefined : splitCells(text)
  if (!columns) {
    throw headerMalformed(
      undefined,
      'CSV 首行无法识别：请以 UTF-8 导出，首行写字段名，重新发送整个文件。',
      'The header line of the CSV file cannot be read: export it as UTF-8, with the field names in the first line, and send the whole file again.',
    )
  }
  const unknown = columns.find(column => !known.includes(column))
  if (unknown !== undefined) {
    throw headerMalformed(
      unknown,
      `没有名为“${unknown.slice(0, 100)}”的字段：请改正列名或去掉这一列，重新发送整个文件。`,
      `There is no field "${unknown.slice(0, 100)}": correct the column's name or leave it out, and send the whole file again.`,
    )
  }
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index)
  if (repeated !== undefined) {
    throw headerMalformed(
      repeated,
      `列“${repeated}”出现了两次：请只保留一列，重新发送整个文件。`,
      `The column "${repeated}" stands there twice: keep one of them and send the whole file again.`,
    )
  }
  const missing = REQUIRED.find(column => !columns.includes(column))
  if (missing !== undefined) {
    throw headerMalformed(
      missing,
      `首行缺少列“${missing}”：请补上这一列，重新发送整个文件。`,
      `The header has no column "${missing}": add it and send the whole file again.`,
    )
  }
  return columns
}

function headerMalformed(column: string | undefined, zh: string, en: string): DomainError {
  return new DomainError({
    code: 'bank.header-malformed',
    where: 'header',
    ...(column === undefined ? {} : { value: column.slice(0, 100) }),
    zh,
    en,
  })
}

/**
 * Reads a row. An empty cell is a field that the message does not have.
 *
 * @param terminated whether a line end follows; without one a cut row could pass for a whole one
 */
export function readCsvMessage(
  line: Uint8Array,
  columns: readonly string[],
  terminated: boolean,
): ReadMessage {
  const body = readText(line)
  if (body === undefined) return { problem: wrongEncoding() }
  if (!terminated) {
    return {
      problem: messageProblem(
        'bank.row-cut',
        undefined,
        excerptOf(body),
        '最后一行没有换行符，可能被截断：请在每一行（包括最后一行）之后换行，重新发送。',
        'The last line has no line end and may have been cut: end every line, the last one too, and send it again.',
      ),
    }
  }
  const cells = splitCells(body)
  if (!cells) {
    return {
      problem: messageProblem(
        'bank.row-malformed',
        undefined,
        excerptOf(body),
        '这一行的引号不成对：含逗号或引号的内容用双引号括起，其中的引号写两个；一条消息不能跨行。改正后重新发送。',
        'The quotes of this row do not pair: put cells with commas or quotes in double quotes and double the quotes inside; a message stays on one line. Correct it and send it again.',
      ),
    }
  }
  if (cells.length !== columns.length) {
    return {
      problem: messageProblem(
        'bank.row-cells',
        undefined,
        String(cells.length),
        `这一行有 ${cells.length} 格，首行有 ${columns.length} 列：请核对逗号（含逗号的内容用双引号括起），改正后重新发送。`,
        `This row has ${cells.length} cells and the header ${columns.length}: check the commas (cells with commas go in double quotes), and send it again.`,
      ),
    }
  }
  return identify(fieldsOf(columns, cells), body, line)
}

/** The fields of a row that was kept, by the header of its file. */
export function fieldsOfRow(columns: readonly string[], body: string): Record<string, string> {
  return fieldsOf(columns, splitCells(body) ?? [])
}

/** Reads a header that was kept. */
export function columnsOf(header: string): readonly string[] {
  return splitCells(header) ?? []
}

function fieldsOf(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  columns.forEach((column, index) => {
    const cell = cells[index]
    if (cell !== undefined && cell !== '') fields[column] = cell
  })
  return fields
}

/** @returns undefined when quotes do not pair. Source: RFC 4180, of one line */
function splitCells(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',')
  const cells: string[] = []
  for (let at = 0; at <= line.length; at++) {
    if (line[at] !== '"') {
      const comma = line.indexOf(',', at)
      const end = comma === -1 ? line.length : comma
      const cell = line.slice(at, end)
      if (cell.includes('"')) return undefined
      cells.push(cell)
      at = end
      continue
    }
    const end = closingQuote(line, at + 1)
    if (end === undefined || (end + 1 < line.length && line[end + 1] !== ',')) return undefined
    cells.push(line.slice(at + 1, end).replaceAll('""', '"'))
    at = end + 1
  }
  return cells
}

function closingQuote(line: string, from: number): number | undefined {
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 2)) {
    if (line[at + 1] !== '"') return at
  }
  return undefined
}
