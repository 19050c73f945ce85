/** Why a record of a CSV file could not be cut into cells. */
export type RecordFault = 'quote-not-closed' | 'text-after-quote' | 'record-too-long'

export interface CsvSink {
  /** @param line the line of the file on which the record begins, from 1 */
  record(line: number, cells: string[]): void
  fault(line: number, fault: RecordFault, text: string): void
}

export interface CsvScanner {
  push(text: string): void
  /** The file has ended: what is left is the last record. */
  end(): void
}

/** Longer than any real record by far; what an open quote may swallow before it is taken for a cut one. */
const RECORD_LENGTH_MAX = 100_000
const QUOTE = 34
const RETURN = 13

/**
 * Cuts CSV text (RFC 4180) into records as it streams by: quoted cells with doubled quotes, line breaks inside
 * quotes, any line ending. A broken record is reported with its line, and reading goes on at the next line: one
 * cut quote does not swallow the file. Hand-tuned, since it stands on the path of national files: it looks for
 * delimiters with `indexOf` and never visits single characters.
 */
export function createCsvScanner(delimiter: string, sink: CsvSink): CsvScanner {
  let rest = ''
  let line = 1
  /** The rest of a line that was too long to hold is passed over. */
  let skipping = false

  const scan = (text: string, final: boolean): void => {
    let at = 0
    while (at < text.length) {
      if (skipping) {
        const next = text.indexOf('\n', at)
        if (next < 0) {
          rest = ''
          return
        }
        skipping = false
        at = next + 1
        line++
        continue
      }
      const next = readRecord(text, at, final)
      if (next < 0) break
      at = next
    }
    rest = at < text.length ? text.slice(at) : ''
    if (rest.length > RECORD_LENGTH_MAX && !final) {
      sink.fault(line, 'record-too-long', rest.slice(0, 200))
      skipping = true
      rest = ''
    }
  }

  /** @returns where the next record begins, or -1 when the record is not whole yet */
  const readRecord = (text: string, start: number, final: boolean): number => {
    const newline = text.indexOf('\n', start)
    const firstLineEnd = newline < 0 ? text.length : newline
    if (newline < 0 && !final) return -1
    const cells: string[] = []
    let at = start
    let end = firstLineEnd
    let linesTaken = newline < 0 ? 0 : 1
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const closing = closingQuote(text, at + 1)
        const tooLong = (closing < 0 ? text.length : closing) - start > RECORD_LENGTH_MAX
        if (closing === -1 && !final && !tooLong) return -1
        if (closing === -1 || tooLong) return broken('quote-not-closed', text, start, firstLineEnd)
        const cell = text.slice(at + 1, closing)
        cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
        at = closing + 1
        if (at > end) {
          const after = text.indexOf('\n', at)
          if (after < 0 && !final) return -1
          linesTaken += newlinesBetween(text, end + 1, at) + (after < 0 ? 0 : 1)
          end = after < 0 ? text.length : after
        }
        if (at >= text.length && !final) return -1
        if (text.startsWith(delimiter, at)) {
          at += 1
          continue
        }
        if (at === end || (at === end - 1 && text.charCodeAt(at) === RETURN)) break
        return broken('text-after-quote', text, start, firstLineEnd)
      }
      const next = text.indexOf(delimiter, at)
      if (next < 0 || next >= end) {
        const last = end > at && text.charCodeAt(end - 1) === RETURN ? end - 1 : end
        cells.push(text.slice(at, last))
        break
      }
      cells.push(text.slice(at, next))
      at = next + 1
    }
    // A line with nothing on it is no record.
    if (cells.length > 1 || cells[0] !== '') sink.record(line, cells)
    line += linesTaken
    return end + 1
  }

  const broken = (fault: RecordFault, text: string, start: number, firstLineEnd: number): number => {
    sink.fault(line, fault, text.slice(start, Math.min(firstLineEnd, start + 200)))
    line++
    return firstLineEnd + 1
  }

  return {
    push: text => scan(rest === '' ? text : rest + text, false),
    end: () => {
      if (rest !== '') scan(rest, true)
    },
  }
}

/** @returns the quote that closes the cell, or -1; doubled quotes are part of the cell */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at
  }
  return -1
}

function newlinesBetween(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
