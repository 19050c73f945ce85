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

/** Null where no zone is named. */
export function offsetOf({ date, time }: FeelDateTime): number | null {
  if (time.zone === null) return null
  return offsetAtLocal(time.zone, secondsInRules(date.epochDay) + wholeSeconds(time.nanoseconds))
}

/**
 * A point on the time line: whole days since 1970-01-01 in UTC, and the rest; seconds alone would leave the safe
 * integers far from now. Of a local time, as if its clock were UTC's.
 */
export interface Instant {
  readonly day: number
  readonly nanoseconds: number
}

export function instantOf(at: FeelDateTime): Instant {
  return instant(at.date.epochDay, at.time.nanoseconds - (offsetOf(at) ?? 0) * SECOND_NANOSECONDS)
}

/** As if its clock were UTC's, whatever zone it names. */
export function localInstantOf({ date, time }: FeelDateTime): Instant {
  return { day: date.epochDay, nanoseconds: time.nanoseconds }
}

/** @param nanoseconds  may be less than nothing, or more than a day */
export function instant(day: number, nanoseconds: number): Instant {
  const over = Math.floor(nanoseconds / DAY_NANOSECONDS)
  return { day: day + over, nanoseconds: nanoseconds - over * DAY_NANOSECONDS }
}

/** What the clocks of the zone show at an instant. */
export function atInstant({ day, nanoseconds }: Instant, zone: Zone): FeelDateTime {
  const offset = zone === null ? 0 : offsetAtInstant(zone, secondsInRules(day) + wholeSeconds(nanoseconds))
  const local = instant(day, nanoseconds + offset * SECOND_NANOSECONDS)
  return new FeelDateTime(new FeelDate(local.day), new FeelTime(local.nanoseconds, zone))
}

const CYCLE_DAYS = 146_097
/** 0001-01-01 and 2400-01-01: other years take the rules of one that is whole cycles of 400 years away. */
const FIRST_DAY = -719_162
const LAST_DAY = 157_054

function secondsInRules(day: number): number {
  if (day >= FIRST_DAY && day < LAST_DAY) return day * 86_400
  const from = day < FIRST_DAY ? FIRST_DAY : LAST_DAY - CYCLE_DAYS
  return (day - Math.floor((day - from) / CYCLE_DAYS) * CYCLE_DAYS) * 86_400
}
