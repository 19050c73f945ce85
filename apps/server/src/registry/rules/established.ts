import { isDate, type PlainDate } from '../../platform/dates.ts'

/** The day of founding as a register writes it. A placeholder stands for "not known". */
export type DateReading =
  | { readonly kind: 'read'; readonly date: PlainDate }
  | { readonly kind: 'nothing' | 'placeholder' | 'unreadable' }

const NOTHING = /^(?:N\/?A|NULL|NONE|-+|\/+|\*+|无|空|未知|不详|暂无)?$/i
const FORM =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/

/** What nearly every row has: taken at a glance where the day exists in every month. */
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/

/** Days that programs write when nobody entered one: the zero of clocks and sheets, and the ends of calendars. */
const PLACEHOLDERS = new Set(['1970-01-01', '1900-01-01', '1900-01-02', '1899-12-30', '1899-12-31'])
/** No register of the present order is older than the republic. */
const EARLIEST = '1949-10-01'

/**
 * Reads a day of founding.
 *
 * @param today the business date; a later day is a placeholder
 */
export function readEstablished(text: string, today: PlainDate): DateReading {
  if (PLAIN.test(text) && text > EARLIEST && text <= today && !PLACEHOLDERS.has(text)) {
    return { kind: 'read', date: text }
  }
  const plain = text.normalize('NFKC').trim()
  if (NOTHING.test(plain)) return { kind: 'nothing' }
  const match = FORM.exec(plain)
  if (!match) return { kind: /^0000|^9999/.test(plain) ? 'placeholder' : 'unreadable' }
  const [year = '', month = '', day = ''] = match.slice(1).filter(part => part !== undefined)
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (year === '0000' || year === '9999') return { kind: 'placeholder' }
  if (!isDate(date)) return { kind: 'unreadable' }
  if (PLACEHOLDERS.has(date) || date < EARLIEST || date > today) return { kind: 'placeholder' }
  return { kind: 'read', date }
}
