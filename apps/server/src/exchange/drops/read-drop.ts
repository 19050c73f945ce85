import { columnsOf, readCsvMessage, readHeader } from '../messages/csv.ts'
import type { Line, Position } from '../messages/read-lines.ts'
import { readParts } from '../messages/read-lines.ts'
import { type ReadMessage, readJsonMessage, readText, tooLong } from '../messages/read-message.ts'
import type { Handlers } from '../messages/receive-messages.ts'
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
const PART_ROWS = 8000
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

/** Rows that are read at a stretch: about a millisecond. */
const STRETCH_ROWS = 100

/**
 * Reads the rows of a drop, part by part, and tells the handlers of each message. Between stretches of rows the event
 * loop gets its turn: the database is not kept waiting by the part after the one it writes, nor anybody else.
 */
export async function* readRows(
  file: SpooledFile,
  head: DropHead,
  from: Position,
  handlers: Handlers,
): AsyncGenerator<DropPart> {
  const columns = columnsOf(head.header ?? '')
  for await (const { lines, byteEnd, lineEnd, final } of readParts(file.handle, from, PART_ROWS)) {
    const rows: DropRow[] = []
    for (const line of lines) {
      const read = readLine(line, head.format, columns)
      if (read.message) handlers.get(read.message.kind)?.prepare?.(read.message.fields)
      rows.push({ ...read, line: line.number, bytes: line.bytes })
      if (rows.length % STRETCH_ROWS === 0) await new Promise(resolve => setImmediate(resolve))
    }
    yield { rows, byteEnd, lineEnd, final }
  }
}

function readLine(line: Line, format: DropFormat, columns: readonly string[]): ReadMessage {
  if (line.overlong) return { problem: tooLong() }
  return format === 'ndjson'
    ? readJsonMessage(line.bytes)
    : readCsvMessage(line.bytes, columns, line.terminated)
}
