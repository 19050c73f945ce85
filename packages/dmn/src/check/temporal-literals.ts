import type { Node } from '../node/node.ts'
import type { Span } from '../read/syntax.ts'
import { FeelDate, parseDate } from '../value/date.ts'
import { FeelDateTime, parseDateTime } from '../value/date-time.ts'
import { DaysDuration, MonthsDuration, parseDuration } from '../value/duration.ts'
import { FeelTime, parseTime } from '../value/time.ts'
import type { Value } from '../value/value.ts'
import type { Typer } from './expression.ts'
import { literal } from './typed-nodes.ts'

/** `date("…")`, `duration("…")`, `@"…"`. */
export function temporalLiteral(typer: Typer, span: Span, text: string, wanted?: 'date' | 'duration'): Node {
  const { from, to } = span
  const value = read(text, wanted)
  if (value instanceof FeelDate) return literal(span, 'date', value)
  if (value instanceof DaysDuration) return literal(span, 'days and time duration', value)
  if (value instanceof MonthsDuration) return literal(span, 'years and months duration', value)
  if (value instanceof FeelTime) return { kind: 'constant', type: 'time', from, to, value }
  if (value instanceof FeelDateTime) return { kind: 'constant', type: 'date and time', from, to, value }
  return typer.invalid(span, 'literal', {
    zh: `“${text}”不是日期（如 2024-02-29）、时刻（如 08:30:00）或时长（如 P6M、P10D）。`,
    en: `"${text}" is neither a date (2024-02-29), a time (08:30:00) nor a duration (P6M, P10D).`,
  })
}

function read(text: string, wanted: 'date' | 'duration' | undefined): Value {
  if (wanted === 'duration') return parseDuration(text)
  const date = parseDate(text)
  if (date !== null || wanted === 'date') return date
  return parseDuration(text) ?? parseTime(text) ?? parseDateTime(text)
}
