/** An offset from UTC in seconds, the IANA name of a time zone, or null where a time names neither. */
export type Zone = number | string | null

/** DMN 1.5, table 66, after XML Schema. */
const OFFSET_MAX_SECONDS = 14 * 3600

export const ZONE_PATTERN =
  '([Zz]|[+-]\\d{2}:\\d{2}(?::\\d{2})?|@[A-Za-z][A-Za-z0-9._+-]*(?:/[A-Za-z0-9._+-]+){0,3})'
const OFFSET = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/

/** `Z`, `+08:00`, `@Asia/Shanghai`; null where text is absent, undefined where there is no such zone. */
export function parseZone(text: string | undefined): Zone | undefined {
  if (text === undefined) return null
  if (text === 'Z' || text === 'z') return 0 // DMN's own examples write 23:59:00z
  if (text.startsWith('@')) return clockOf(text.slice(1)) === undefined ? undefined : text.slice(1)
  const match = OFFSET.exec(text)
  if (!match) return undefined
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)]
  if (minutes > 59 || seconds > 59) return undefined
  const offset = hours * 3600 + minutes * 60 + seconds
  if (offset > OFFSET_MAX_SECONDS) return undefined
  return match[1] === '-' && offset !== 0 ? -offset : offset
}

export function isOffset(seconds: number): boolean {
  return Number.isInteger(seconds) && Math.abs(seconds) <= OFFSET_MAX_SECONDS
}

export function formatZone(zone: Zone): string {
  if (zone === null) return ''
  if (typeof zone === 'string') return `@${zone}`
  if (zone === 0) return 'Z'
  const size = Math.abs(zone)
  const seconds = size % 60
  const text = `${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}`
  return `${zone < 0 ? '-' : '+'}${text}${seconds === 0 ? '' : `:${two(seconds)}`}`
}

/**
 * The offset a zone has at a local time. In the hour a clock jumps over, and in the one it goes through twice, the
 * offset from before the change holds, as in java.time and Temporal's `compatible`.
 *
 * @param localSeconds  of the clock on the wall, since 1970-01-01T00:00:00
 */
export function offsetAtLocal(zone: number | string, localSeconds: number): number {
  if (typeof zone === 'number') return zone
  const before = offsetAtInstant(zone, localSeconds - 86_400)
  if (offsetAtInstant(zone, localSeconds - before) === before) return before
  const after = offsetAtInstant(zone, localSeconds + 86_400)
  return offsetAtInstant(zone, localSeconds - after) === after ? after : before
}

const QUARTER_SECONDS = 900
const KNOWN_OFFSETS_MAX = 20_000
const known = new Map<string, number>()

export function offsetAtInstant(zone: number | string, utcSeconds: number): number {
  if (typeof zone === 'number') return zone
  // Clocks change on a quarter of an hour of UTC, at least since offsets are whole minutes.
  const quarter = Math.floor(utcSeconds / QUARTER_SECONDS)
  const key = `${zone} ${quarter}`
  const remembered = known.get(key)
  if (remembered !== undefined) return remembered
  const clock = clockOf(zone)
  if (clock === undefined) return 0
  const name = clock
    .formatToParts(quarter * QUARTER_SECONDS * 1000)
    .find(part => part.type === 'timeZoneName')
  const offset = parseZone(name?.value.slice('GMT'.length) || 'Z')
  const seconds = typeof offset === 'number' ? offset : 0
  if (known.size >= KNOWN_OFFSETS_MAX) known.clear()
  known.set(key, seconds)
  return seconds
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Undefined where the name is no zone. Names are case-sensitive; Intl alone would take `europe/PARIS`. */
function clockOf(zone: string): Intl.DateTimeFormat | undefined {
  const ready = clocks.get(zone)
  if (ready !== undefined) return ready
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    const name = clock.resolvedOptions().timeZone
    if (name !== zone && name.toLowerCase() === zone.toLowerCase()) return undefined
    clocks.set(zone, clock)
    return clock
  } catch {
    return undefined // Intl throws on a name it does not know
  }
}

function two(amount: number): string {
  return String(amount).padStart(2, '0')
}
