import { columnsOf, readCsvMessage, readHeader } from '../messages/csv.ts'
import type { FilePart, Line, Position } from '../messages/read-lines.ts'
import { readParts } from '../messages/read-lines.ts'
import { type ReadMessage, readJsonMessage, readText, tooLong } from '../messages/read-message.ts'
import type { SpooledFile } from './spool.ts'

export type DropFormat = 'ndjson' | 'csv'

/** A line of a drop, read. */
export type DropRow = ReadMessage & { readonly line: number; readonly bytes: Uint8Array }

export interface DropPart {
  readonly rows: readonly DropRow[]
  readonly byteEnd: number
  readonly lineEnd: number
  readonly final: boolean
}

/** What must be known of a drop before its rows can be read. */
export interface DropHead {
  readonly format: DropFormat
  /** csv: the header line. */
  readonly header: string | undefined
  /** Where the rows begin. */
  readonly begin: Position
}

/** Rows in a transaction: enough to make its cost small, few enough for other requests to get their turn. */
const PART_ROWS = 4000
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * Reads the beginning of a drop: a byte order mark is passed over, a CSV header is checked.
 *
 * @throws DomainError `bank.header-malformed`
 */
export async function readHead(
  file: SpooledFile,
  format: DropFormat,
  fields: readonly string[],
): Promise<DropHead> {
  const { bytesRead, buffer } = await file.handle.read(Buffer.alloc(3), 0, 3, 0)
  const byte = bytesRead === 3 && buffer.equals(BYTE_ORDER_MARK) ? 3 : 0
  const begin = { byte, line: 0 }
  if (format === 'ndjson') return { format, header: undefined, begin }
  for await (const part of readParts(file.handle, begin, 1)) {
    const bytes = part.lines[0]?.bytes ?? new Uint8Array()
    readHeader(bytes, fields)
    return { format, header: readText(bytes), begin: { byte: part.byteEnd, line: part.lineEnd } }
  }
  return { format, header: undefined, begin }
}

/** Reads the rows of a drop, part by part. */
export async function* readRows(file: SpooledFile, head: DropHead, from: Position): AsyncGenerator<DropPart> {
  const columns = columnsOf(head.header ?? '')
  for await (const part of readParts(file.handle, from, PART_ROWS)) yield readPart(part, head.format, columns)
}

function readPart(part: FilePart, format: DropFormat, columns: readonly string[]): DropPart {
  const { byteEnd, lineEnd, final } = part
  const rows = part.lines.map(line => ({
    ...readLine(line, format, columns),
    line: line.number,
    bytes: line.bytes,
  }))
  return { rows, byteEnd, lineEnd, final }
}

function readLine(line: Line, format: DropFormat, columns: readonly string[]): ReadMessage {
  if (line.overlong) return { problem: tooLong() }
  return format === 'ndjson'
    ? readJsonMessage(line.bytes)
    : readCsvMessage(line.bytes, columns, line.terminated)
}
