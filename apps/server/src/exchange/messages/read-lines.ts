import type { FileHandle } from 'node:fs/promises'
import { MESSAGE_BYTES_MAX } from './read-message.ts'

export interface Line {
  /** Counted from 1, with the header and empty lines. */
  readonly number: number
  /** Without the line end; of an overlong line its beginning. */
  readonly bytes: Uint8Array
  readonly overlong: boolean
  /** A line end follows. */
  readonly terminated: boolean
}

/** Some lines of a file, and where they end. */
export interface FilePart {
  readonly lines: readonly Line[]
  readonly byteEnd: number
  readonly lineEnd: number
  readonly final: boolean
}

export interface Position {
  readonly byte: number
  readonly line: number
}

const READ_BYTES = 1 << 20
const PART_BYTES_MAX = 8 << 20
const LF = 0x0a
const CR = 0x0d

/**
 * Reads a file of lines in parts, holding one part in memory whatever the file or its lines are like. Empty
 * lines are counted and left out. A file that ends with a line end has no line after it.
 *
 * @param from where to begin: a part's end
 */
export async function* readParts(
  file: FileHandle,
  from: Position,
  lines_max: number,
): AsyncGenerator<FilePart> {
  let lines: Line[] = []
  let unfinished: Uint8Array = new Uint8Array()
  let overlong = false
  let number = from.line
  let byteEnd = from.byte
  let partBegin = from.byte
  let position = from.byte

  const take = (bytes: Uint8Array, terminated: boolean) => {
    number++
    const whole = terminated && bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
    const tooLong = overlong || whole.length > MESSAGE_BYTES_MAX
    if (whole.length === 0) return
    const kept = tooLong ? whole.subarray(0, MESSAGE_BYTES_MAX) : whole
    lines.push({ number, bytes: kept, overlong: tooLong, terminated })
  }
  const part = (final: boolean): FilePart => {
    const done = { lines, byteEnd, lineEnd: number, final }
    lines = []
    partBegin = byteEnd
    return done
  }

  for (;;) {
    // A fresh buffer each time: the lines of a part are views into it.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, position)
    if (bytesRead === 0) break
    const chunk = buffer.subarray(0, bytesRead)
    let at = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, at)) {
      const rest = chunk.subarray(at, end)
      take(unfinished.length > 0 ? Buffer.concat([unfinished, rest]) : rest, true)
      unfinished = new Uint8Array()
      overlong = false
      at = end + 1
      byteEnd = position + at
      if (lines.length >= lines_max || byteEnd - partBegin >= PART_BYTES_MAX) yield part(false)
    }
    const rest = chunk.subarray(at)
    if (unfinished.length + rest.length > MESSAGE_BYTES_MAX + 1) overlong = true
    unfinished = overlong && unfinished.length > 0 ? unfinished : Buffer.concat([unfinished, rest])
    position += bytesRead
  }
  byteEnd = position
  if (unfinished.length > 0) take(unfinished, false)
  yield part(true)
}
