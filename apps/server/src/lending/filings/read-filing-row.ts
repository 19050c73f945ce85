import type { PlainDate } from '../../platform/dates.ts'
import type { Fen } from '../../platform/money.ts'
import {
  type CellFaults,
  checkCreditCode,
  normaliseCreditCode,
  type ProblemCode,
  type ProblemLog,
  readYesNo,
} from '../../registry/index.ts'
import type { FilingState } from './filing.ts'
import type { FilingColumns, FilingField } from './filing-columns.ts'
import { readAmount, readDay, readState, STATE_WORDS_SHOWN } from './read-cell.ts'

/** What one row of a file states. Null: it says nothing about it, and what is on file stays. */
export interface FilingRow {
  readonly line: number
  readonly filing_number: string
  readonly credit_code: string
  readonly project_name: string | null
  readonly approval_number: string | null
  readonly site_town_code: string | null
  readonly site_in_city: boolean | null
  readonly contract_signed_on: PlainDate | null
  readonly verified_investment_fen: Fen | null
  readonly civil_works_fen: Fen | null
  readonly filed_on: PlainDate | null
  readonly state: FilingState | null
  /** The day from which this is so, where the row says it. */
  readonly holds_from: PlainDate | null
}

export interface FilingRowContext {
  readonly columns: FilingColumns
  readonly log: ProblemLog
  readonly today: PlainDate
  /** Codes of the towns by code and by name. */
  readonly towns: ReadonlyMap<string, string>
}

const LENGTH_MAX: Partial<Record<FilingField, number>> = { project_name: 300, filing_number: 64 }
const LENGTH_MAX_OTHERWISE = 200
const NOTHING = /^(?:N\/?A|NULL|NONE|-+|\/+|无|空|未知|不详|暂无)?$/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_TEXT = /[\u0000-\u001f\ufffd]/

/** @returns the row, or undefined where something in it is wrong: all of that is in the log */
export function readFilingRow(
  { columns, log, today, towns }: FilingRowContext,
  line: number,
  cells: readonly string[],
  faults?: CellFaults,
): FilingRow | undefined {
  const { at, headings, units } = columns
  let sound = true
  const refuse = (code: ProblemCode, field: FilingField, value: string, detail = '') => {
    log.add(code, line, headings[at[field] ?? -1] ?? '', value, detail)
    sound = false
  }
  if (cells.slice(headings.length).some(cell => cell.trim() !== '') || cells.length < headings.length) {
    log.add('row.cells', line, '', cells.join(',').slice(0, 200), `${cells.length} ≠ ${headings.length}`)
    return undefined
  }

  /** A cell's text, or null where it says nothing or cannot be taken. */
  const read = (field: FilingField): string | null => {
    const index = at[field]
    if (index === undefined) return null
    const text = (cells[index] ?? '').trim()
    const fault = faults?.get(index)
    const length_max = LENGTH_MAX[field] ?? LENGTH_MAX_OTHERWISE
    if (fault !== undefined) refuse(`cell.${fault}`, field, text)
    else if (NOT_TEXT.test(text)) refuse('cell.not-text', field, text)
    else if (text.length > length_max) refuse('cell.too-long', field, text, String(length_max))
    else if (!NOTHING.test(text)) return text
    return null
  }
  const readAs = <T>(
    field: FilingField,
    reader: (text: string) => T | undefined,
    otherwise: ProblemCode,
    detail = '',
  ): T | null => {
    const text = read(field)
    if (text === null) return null
    const value = reader(text)
    if (value === undefined) refuse(otherwise, field, text, detail)
    return value ?? null
  }
  const day = (field: FilingField): PlainDate | null => {
    const date = readAs(field, readDay, 'cell.not-a-day')
    if (date !== null && date > today) refuse('cell.day-ahead', field, date, today)
    return date
  }
  const amount = (field: FilingField): Fen | null =>
    readAs(field, text => readAmount(text, units[field] ?? ''), 'cell.not-an-amount')

  const filing_number = read('filing_number')
  const codeText = read('credit_code')
  if (filing_number === null && sound) refuse('cell.missing', 'filing_number', '')
  if (codeText === null && sound) refuse('credit-code.missing', 'credit_code', '')
  const credit_code = codeText === null ? '' : normaliseCreditCode(codeText)
  const fault = codeText === null ? undefined : checkCreditCode(credit_code).fault
  // Whether a wrong check digit was accepted is known by whether the registry has the code.
  if (fault !== undefined && fault !== 'check-digit') {
    refuse(`credit-code.${fault}`, 'credit_code', codeText ?? '', codeDetail(fault, credit_code))
  }
  const town = readAs('site_town', text => towns.get(text.replaceAll(/\s/g, '')), 'town.unknown')
  const inCity = readAs('site_in_city', readYesNo, 'cell.not-listed', '是、否 (yes, no)')
  const row = {
    line,
    filing_number: filing_number ?? '',
    credit_code,
    project_name: read('project_name'),
    approval_number: read('approval_number'),
    site_town_code: town,
    site_in_city: inCity ?? (town === null ? null : true),
    contract_signed_on: day('contract_signed_on'),
    verified_investment_fen: amount('verified_investment'),
    civil_works_fen: amount('civil_works'),
    filed_on: day('filed_on'),
    state: readAs('state', readState, 'cell.not-listed', STATE_WORDS_SHOWN),
    holds_from: day('holds_from'),
  }
  return sound ? row : undefined
}

function codeDetail(fault: 'length' | 'charset' | 'category' | 'division', code: string): string {
  const details = {
    length: String(code.length),
    charset: '',
    category: code.slice(0, 2),
    division: code.slice(2, 8),
  }
  return details[fault]
}
