import { formatZone, offsetAtLocal, parseZone, ZONE_PATTERN, type Zone } from './zone.ts'

/** A time of day, to the nanosecond, with an offset from UTC, a named zone, or neither. */
export class FeelTime {
  readonly nanoseconds: number
  readonly zone: Zone

  constructor(nanoseconds: number, zone: Zone) {
    this.nanoseconds = nanoseconds
    this.zone = zone
  }
}

export const SECOND_NANOSECONDS = 1_000_000_000
export const DAY_NANOSECONDS = 86_400 * SECOND_NANOSECONDS
export const MIDNIGHT_UTC = new FeelTime(0, 0)
export const MIDNIGHT = new FeelTime(0, null)

/** What is finer than a nanosecond is dropped. */
export const TIME_PATTERN = `(\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,30}))?${ZONE_PATTERN}?`
const TIME = new RegExp(`^${TIME_PATTERN}$`)
/** The end of a day is the start of the next (XML Schema part 2, `endOfDayFrag`). */
const END_OF_DAY = /^24:00:00(?:\.0+)?(?=$|[Zz@+-])/

export function parseTime(text: string): FeelTime | null {
  const match = TIME.exec(isEndOfDay(text) ? `00${text.slice(2)}` : text)
  return match ? timeFromMatch(match, 1) : null
}

/** Whether it is written as the end of its day, 24:00:00. */
export function isEndOfDay(text: string): boolean {
  return END_OF_DAY.test(text)
}

/** @param at  the group of TIME_PATTERN's first part */
export function timeFromMatch(match: RegExpExecArray, at: number): FeelTime | null {
  const zone = parseZone(match[at + 4])
  if (zone === undefined) return null
  const fraction = Number((match[at + 3] ?? '').slice(0, 9).padEnd(9, '0'))
  return timeFromParts(Number(match[at]), Number(match[at + 1]), Number(match[at + 2]), fraction, zone)
}

/** Null for a time no clock shows. */
export function timeFromParts(
  hour: number,
  minute: number,
  second: number,
  nanosecond: number,
  zone: Zone,
): FeelTime | null {
  if (!isBelow(hour, 24) || !isBelow(minute, 60) || !isBelow(second, 60)) return null
  if (!isBelow(nanosecond, SECOND_NANOSECONDS)) return null
  return new FeelTime((hour * 3600 + minute * 60 + second) * SECOND_NANOSECONDS + nanosecond, zone)
}

function isBelow(amount: number, limit: number): boolean {
  return Number.isInteger(amount) && amount >= 0 && amount < limit
}

export interface ClockParts {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
}

export function clockPartsOf({ nanoseconds }: FeelTime): ClockParts {
  const seconds = wholeSeconds(nanoseconds)
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    nanosecond: nanoseconds - seconds * SECOND_NANOSECONDS,
  }
}

export function wholeSeconds(nanoseconds: number): number {
  return Math.floor(nanoseconds / SECOND_NANOSECONDS)
}

export function formatTime(time: FeelTime): string {
  const { hour, minute, second, nanosecond } = clockPartsOf(time)
  const fraction = nanosecond === 0 ? '' : `.${String(nanosecond).padStart(9, '0').replace(/0+$/, '')}`
  const clock = [hour, minute, second].map(part => String(part).padStart(2, '0')).join(':')
  return `${clock}${fraction}${formatZone(time.zone)}`
}

/** XPath gives a time without date this day where an offset depends on the day (F&O 3.1, op:time-equal). */
const REFERENCE_DAY = 1095 // 1972-12-31

/** Null where the time names no zone. */
export function offsetOfTime({ zone, nanoseconds }: FeelTime): number | null {
  return zone === null ? null : offsetAtLocal(zone, REFERENCE_DAY * 86_400 + wholeSeconds(nanoseconds))
}
