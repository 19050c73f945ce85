import type { PlainDate } from '../platform/dates.ts'
import type { Columns, Field } from './file/columns.ts'
import { detached, type ProblemLog } from './problem-log.ts'
import { type CapitalReading, readCapital } from './rules/capital.ts'
import { checkCreditCode, divisionOf, normaliseCreditCode } from './rules/credit-code.ts'
import { readEstablished } from './rules/established.ts'
import { findIndustryCode } from './rules/industry-code.ts'
import type { SizeClass } from './rules/size-class.ts'
import { findStatus } from './rules/status.ts'
import type { TownFinder } from './rules/town-finder.ts'
import { readYesNo } from './rules/yes-no.ts'

/** What one row of a file states. Null: the file says nothing about it, and what is known stays. */
export interface OrganisationRow {
  readonly line: number
  readonly credit_code: string
  readonly code_check: 'valid' | 'overridden'
  readonly name: string
  readonly kind: string | null
  readonly established_on: PlainDate | null
  /** Decimal, in units of the currency. */
  readonly capital: string | null
  readonly capital_currency: string | null
  readonly business_scope: string | null
  readonly address: string | null
  readonly division_code: string | null
  readonly town_code: string | null
  readonly status: string | null
  readonly industry_code: string | null
  readonly size_class: SizeClass | null
  readonly dishonest: boolean | null
}

/** What a sheet knows about a cell that text does not show. */
export type CellFault = 'formula' | 'sheet-error' | 'digits-lost'
export type CellFaults = ReadonlyMap<number, CellFault>

export interface RowContext {
  readonly columns: Columns
  readonly findTown: TownFinder
  /** The business date: a later day of founding is a placeholder. */
  readonly today: PlainDate
  /** Codes whose wrong check digit has evidence on file. */
  readonly overrides: ReadonlySet<string>
  readonly log: ProblemLog
}

const LENGTH_MAX: Partial<Record<Field, number>> = { name: 300, business_scope: 20_000, address: 1_000 }
const LENGTH_MAX_OTHERWISE = 200

const NOTHING = /^(?:N\/?A|NULL|NONE|-+|\/+|\*+|无|空|未知|不详|暂无)?$/i
const NOTHING_LENGTH_MAX = 4
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_TEXT = /[\u0000\ufffd]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\ufffd]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u001f]+/g
const BRANCH = /非法人|分支机构/
const MEMO_MAX = 100_000

export type RowReader = (
  line: number,
  cells: readonly string[],
  faults?: CellFaults,
) => OrganisationRow | undefined

/**
 * Reads the rows of one file by its heading. An error (no sound code, no name, a broken cell) leaves the row out;
 * what is merely odd is noted and the row taken. All that is noted goes to the log.
 *
 * @returns a reader that gives undefined for a row that is not taken
 */
export function createRowReader(context: RowContext): RowReader {
  const { columns, log, overrides } = context
  const { at, headings } = columns
  const width = headings.length
  const capitalOf = memo(text => readCapital(text, columns.capitalUnit))

  return (line, cells, faults) => {
    if (cells.length !== width && !extraCellsAreEmpty(cells, width)) {
      log.add('row.cells', line, '', cells.join(',').slice(0, 200), `${cells.length} ≠ ${width}`)
      return undefined
    }
    let rejected = false
    const heading = (field: Field): string => headings[at[field] ?? -1] ?? ''
    const note = (code: Parameters<ProblemLog['add']>[0], field: Field, value: string, detail?: string) =>
      log.add(code, line, heading(field), value, detail)

    /** A cell's text, or null where it says nothing or cannot be taken. */
    const read = (field: Field): string | null => {
      const index = at[field]
      if (index === undefined) return null
      const fault = faults?.get(index)
      const cell = cells[index] ?? ''
      if (fault !== undefined) {
        note(`cell.${fault}`, field, cell)
        rejected = true
        return null
      }
      let text = cell.trim()
      if (CONTROL.test(text)) {
        if (NOT_TEXT.test(text)) {
          note('cell.not-text', field, text)
          rejected = true
          return null
        }
        text = text.replace(CONTROLS, ' ')
      }
      const length_max = LENGTH_MAX[field] ?? LENGTH_MAX_OTHERWISE
      if (text.length > length_max) {
        note('cell.too-long', field, text, String(length_max))
        rejected = true
        return null
      }
      if (text.length > NOTHING_LENGTH_MAX || !NOTHING.test(text)) return text
      // A name and a code must be there, which is said in its place; a region only helps to read the address.
      if (field !== 'name' && field !== 'credit_code' && field !== 'region') note('cell.nothing', field, text)
      return null
    }

    const codeText = read('credit_code')
    const name = read('name')
    if (rejected) return undefined
    const code = codeText === null ? undefined : readCode(codeText, line, heading('credit_code'))
    if (codeText === null) note('credit-code.missing', 'credit_code', '')
    if (name === null) note('name.missing', 'name', '')
    if (code === undefined || name === null) return undefined

    const established = established_on(read('established_on'))
    const capital = capitalFacts(read('capital'))
    const kind = read('kind')
    if (kind !== null && BRANCH.test(kind)) note('kind.branch', 'kind', kind)
    const address = read('address')
    const division = divisionOf(code)
    const town_code = address === null ? null : townOf(address, division)
    const row: OrganisationRow = {
      line,
      credit_code: code,
      code_check: overrides.size > 0 && overrides.has(code) ? 'overridden' : 'valid',
      name,
      kind,
      established_on: established,
      capital: capital?.amount ?? null,
      capital_currency: capital?.currency ?? null,
      business_scope: read('business_scope'),
      address,
      division_code: division ?? null,
      town_code,
      status: listed('status', 'status.unknown', findStatus),
      industry_code: listed('industry_code', 'industry.unknown', text => findIndustryCode(text)?.code),
      size_class: null,
      dishonest: yesOrNo('dishonest', 'dishonest.unknown'),
    }
    return rejected ? undefined : row

    function established_on(text: string | null): PlainDate | null {
      if (text === null) return null
      const reading = readEstablished(text, context.today)
      if (reading.kind === 'read') return reading.date
      if (reading.kind !== 'nothing') note(`established.${reading.kind}`, 'established_on', text)
      return null
    }

    function capitalFacts(text: string | null): Extract<CapitalReading, { kind: 'read' }> | undefined {
      if (text === null) return undefined
      const reading = capitalOf(text)
      if (reading.kind !== 'read') {
        if (reading.kind === 'unreadable') note('capital.unreadable', 'capital', text)
        return undefined
      }
      if (reading.currency === undefined) note('capital.currency-unknown', 'capital', text)
      return reading
    }

    function townOf(text: string, divisionCode: string | undefined): string | null {
      const place = context.findTown(text, { region: read('region') ?? '', divisionCode })
      if (place.inCity && place.townCode === undefined) note('address.no-town', 'address', text)
      return place.townCode ?? null
    }

    function yesOrNo(field: 'dishonest', unknown: 'dishonest.unknown'): boolean | null {
      const text = read(field)
      if (text === null) return null
      const found = readYesNo(text)
      if (found === undefined) note(unknown, field, text)
      return found ?? null
    }

    function listed(
      field: 'status' | 'industry_code',
      unknown: 'status.unknown' | 'industry.unknown',
      find: (text: string) => string | undefined,
    ): string | null {
      const text = read(field)
      if (text === null) return null
      const found = find(text)
      if (found === undefined) note(unknown, field, text)
      return found ?? null
    }
  }

  /** The sound code, or undefined when the row cannot be taken for its code. */
  function readCode(text: string, line: number, column: string): string | undefined {
    const code = normaliseCreditCode(text)
    const { fault, expectedCheckDigit = '', organisationCodeHolds } = checkCreditCode(code)
    if (fault === 'check-digit' && overrides.has(code)) {
      log.add('credit-code.overridden', line, column, text)
    } else if (fault !== undefined) {
      const details = {
        length: String(code.length),
        charset: '',
        category: code.slice(0, 2),
        division: code.slice(2, 8),
        'check-digit': expectedCheckDigit,
      }
      log.add(`credit-code.${fault}`, line, column, text, details[fault])
      return undefined
    }
    if (!organisationCodeHolds) log.add('credit-code.organisation-code', line, column, text)
    return code
  }
}

function extraCellsAreEmpty(cells: readonly string[], width: number): boolean {
  return cells.length > width && cells.slice(width).every(cell => cell.trim() === '')
}

/** Amounts repeat by the thousand: each spelling is read once. */
function memo(read: (text: string) => CapitalReading): (text: string) => CapitalReading {
  const known = new Map<string, CapitalReading>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before
    const reading = read(text)
    if (known.size >= MEMO_MAX) known.clear()
    known.set(detached(text), reading)
    return reading
  }
}
