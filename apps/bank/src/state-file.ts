import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isDate, type PlainDate } from './calendar.ts'

/** Remembers through which day a story has been played, so that a restarted bank does not begin again. */
export interface StateFile {
  /** undefined: nothing yet, or of another story. */
  read(): PlainDate | undefined
  write(playedThrough: PlainDate): void
}

/**
 * @param file undefined: nothing is remembered
 * @param story what tells one story from another; the state of another one is not used
 */
export function stateFile(file: string | undefined, story: string): StateFile {
  if (file === undefined) return { read: () => undefined, write: () => {} }
  return {
    read() {
      if (!existsSync(file)) return undefined
      const fields = new Map<string, unknown>(Object.entries(parse(readFileSync(file, 'utf8'))))
      const day = fields.get('played_through')
      return fields.get('story') === story && typeof day === 'string' && isDate(day) ? day : undefined
    },
    write(played_through) {
      // Renamed into place: a bank that is killed leaves the old state or the new one, never half of one.
      writeFileSync(`${file}.new`, `${JSON.stringify({ story, played_through })}\n`)
      renameSync(`${file}.new`, file)
    },
  }
}

/** A state that cannot be read is none: the story is played from its beginning, which changes nothing. */
function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
