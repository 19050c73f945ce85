import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { CellFaults } from '../read-row.ts'
import { createCsvScanner, type RecordFault } from './csv.ts'
import { detectForm } from './encoding.ts'
import { readSheet } from './sheet.ts'

/** Takes a file's records as they are cut; the first is the heading. */
export interface RecordSink {
  record(line: number, cells: string[], faults?: CellFaults): void
  fault(line: number, fault: RecordFault, text: string): void
  /** Called between portions: what was taken can be passed on, and reading waits for it. */
  flush(bytesRead: number): Promise<void>
}

const PORTION_BYTES = 1 << 20
const DELIMITERS = [',', '\t', ';'] as const

/**
 * Reads the records of a CSV file or of the first sheet of an .xlsx file, in portions.
 *
 * @returns SHA-256 of the file's bytes
 * @throws DomainError `import.file-*` when the file as a whole cannot be read
 */
export async function readRecords(path: string, sink: RecordSink): Promise<Buffer> {
  const form = await detectForm(path)
  if (form.kind === 'xlsx') return readSheet(path, sink)
  const hash = createHash('sha256')
  const decoder = new TextDecoder(form.encoding)
  let scanner: ReturnType<typeof createCsvScanner> | undefined
  let bytesRead = 0
  for await (const portion of createReadStream(path, { highWaterMark: PORTION_BYTES })) {
    const bytes: Buffer = portion
    hash.update(bytes)
    const text = decoder.decode(bytes, { stream: true })
    scanner ??= createCsvScanner(delimiterOf(text), sink)
    scanner.push(text)
    bytesRead += bytes.length
    await sink.flush(bytesRead)
  }
  scanner?.push(decoder.decode())
  scanner?.end()
  await sink.flush(bytesRead)
  return hash.digest()
}

/** The delimiter that the heading has most of. */
function delimiterOf(text: string): string {
  const end = text.indexOf('\n')
  const heading = text.slice(0, end < 0 ? 10_000 : Math.min(end, 10_000))
  const counts = DELIMITERS.map(delimiter => heading.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
