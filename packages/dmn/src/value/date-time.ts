import { DATE_PATTERN, dateFromParts, FeelDate, formatDate, parseDate } from './date.ts'
import {
  DAY_NANOSECONDS,
  FeelTime,
  formatTime,
  isEndOfDay,
  MIDNIGHT,
  MIDNIGHT_UTC,
  parseTime,
  SECOND_NANOSECONDS,
  TIME_PATTERN,
  timeFromMatch,
  wholeSeconds,
} from './time.ts'
import { offsetAtInstant, offsetAtLocal, type Zone } from './zone.ts'

export class FeelDateTime {
  readonly date: FeelDate
  readonly time: FeelTime

  constructor(date: FeelDate, time: FeelTime) {
    this.date = date
    this.time = time
  }
}

const DATE_TIME = new RegExp(`^${DATE_PATTERN}T${TIME_PATTERN}$`)
const FIRST_GROUP_OF_TIME = 4

export function parseDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T')
  if (at > 0 && isEndOfDay(text.slice(at + 1))) return nextMidnight(text, at)
  const match = DATE_TIME.exec(text)
  if (!match) return null
  const date = dateFromParts(Number(match[1]), Number(match[2]), Number(match[3]))
  const time = timeFromMatch(match, FIRST_GROUP_OF_TIME)
  return date && time && new FeelDateTime(date, time)
}

function nextMidnight(text: string, at: number): FeelDateTime | null {
  const date = parseDate(text.slice(0, at))
  const time = parseTime(text.slice(at + 1))
  return date && time && new FeelDateTime(new FeelDate(date.epochDay + 1), time)
}

/** `date and time("2018-12-10")` is the midnight of that day. */
export function parseDateTimeOrDate(text: string): FeelDateTime | null {
  const date = parseDate(text)
  return date ? new FeelDateTime(date, MIDNIGHT) : parseDateTime(text)
}

export function formatDateTime({ date, time }: FeelDateTime): string {
  return `${formatDate(date)}T${formatTime(time)}`
}

/** Where a date and time is wanted, a date is its midnight in UTC (DMN 1.5, 10.3.2.9.4). */
export function dateTimeOfDate(date: FeelDate): FeelDateTime {
  return new FeelDateTime(date, MIDNIGHT_UTC)
}

export function localSeconds({ date, time }: FeelDateTime): number {
  return date.epochDay * 86_400 + wholeSeconds(time.nanoseconds)
}

/** Null where no zone is named. */
export function offsetOf(at: FeelDateTime): number | null {
  return at.time.zone === null ? null : offsetAtLocal(at.time.zone, localSeconds(at))
}

/** A point on the time line: whole seconds and the nanoseconds over. Of a local time, as if its clock were UTC's. */
export interface Instant {
  readonly seconds: number
  readonly nanoseconds: number
}

export function instantOf(at: FeelDateTime): Instant {
  return {
    seconds: localSeconds(at) - (offsetOf(at) ?? 0),
    nanoseconds: at.time.nanoseconds % SECOND_NANOSECONDS,
  }
}

/** What the clocks of the zone show at an instant. */
export function atInstant({ seconds, nanoseconds }: Instant, zone: Zone): FeelDateTime {
  const local = seconds + (zone === null ? 0 : offsetAtInstant(zone, seconds))
  const epochDay = Math.floor(local / 86_400)
  const ofDay = (local - epochDay * 86_400) * SECOND_NANOSECONDS + nanoseconds
  return new FeelDateTime(new FeelDate(epochDay), new FeelTime(ofDay % DAY_NANOSECONDS, zone))
}
