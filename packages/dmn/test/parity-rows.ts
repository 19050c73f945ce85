import type { PlainInputs } from '../src/index.ts'
import type { ColumnBinding } from '../src/sql/index.ts'
import { INPUTS } from './generate.ts'

/** Columns of the parity table: one of each kind a subject table can have. */
export const COLUMNS: Readonly<Record<string, ColumnBinding>> = {
  合同金额: { column: '合同金额', type: 'numeric(18,2)' },
  '实付 利息': { column: 'paid; "interest"', type: 'bigint', scale: 2 },
  期数: { column: 'periods', type: 'integer' },
  任意数: { column: 'anything', type: 'numeric' },
  企业状态: { column: 'status', type: 'text' },
  '经办-备注': { column: 'a"; drop table x; --', type: 'text' },
  逾期: { column: 'overdue', type: 'boolean' },
  失信: { column: 'dishonest', type: 'boolean', notNull: true },
  放款日: { column: 'lent', type: 'date' },
  备案日: { column: 'filed', type: 'date' },
  期限: { column: 'term', type: 'numeric(9,0)' },
  时长: { column: 'length', type: 'numeric(20,3)' },
}

export interface Row {
  /** As PostgreSQL reads it, by input name. */
  readonly stored: Readonly<Record<string, string | null>>
  readonly inputs: PlainInputs
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  合同金额: [
    '0',
    '1',
    '-1',
    '0.01',
    '0.10',
    '2.68',
    '2.675',
    '45000000.00',
    '9999999999999999.99',
    '-9999999999999999.99',
    '100',
    '12.50',
  ],
  '实付 利息': ['0', '1', '12345', '-1', '9223372036854775807', '-9223372036854775808', '10000', '250'],
  期数: ['0', '1', '2', '3', '-1', '2147483647', '-2147483648', '12', '100'],
  任意数: [
    '0',
    '1',
    '0.5',
    '1e399',
    '9.9999999999999999999999999999999999999e399',
    '1e500',
    '1e-400',
    '4e-401',
    '6e-401',
    '1.2345678901234567890123456789012345e-380',
    '1234567890123456789012345678901234567890',
    '0.333333333333333333333333333333333333333',
    '-2.5',
    '12',
    'NaN',
    'Infinity',
    '-7e33',
    '9007199254740993',
    '9.999999999999999999999999999999999e399',
    '1e-400',
  ],
  企业状态: [
    '存续',
    '注销',
    '',
    'a',
    'A"\'; --',
    '\\',
    'é𠮷ß',
    '12.50',
    '存续企业',
    'Z',
    '﹏',
    '-1e2',
    'İΣ',
    '水渠市（东区）',
    '存续　企业',
  ],
  '经办-备注': ['存续', 'a', '𠮷', '.5', '1e', '-12', '  1'],
  逾期: ['true', 'false'],
  失信: ['true', 'false'],
  放款日: [
    '2024-02-29',
    '2024-01-31',
    '2023-12-31',
    '2022-01-05',
    '0001-01-01',
    '9999-12-31',
    '2025-06-21',
    '2023-02-28',
    '2024-03-30',
    '2024-03-31',
    '2024-04-30',
    '1900-02-28',
    '2000-02-29',
    '2100-02-28',
  ],
  备案日: [
    '2024-02-29',
    '2024-08-31',
    '2023-12-31',
    '0001-01-31',
    '9999-11-30',
    '2023-06-30',
    '2000-02-29',
    'infinity',
    '-infinity',
    '0044-03-15 BC',
    '12000-01-01',
  ],
  期限: ['0', '1', '6', '-6', '12', '120000', '-120000', '999999999', '36'],
  时长: [
    '0',
    '86400',
    '-86400',
    '3600',
    '-3600',
    '0.001',
    '315532800',
    '31556952000000',
    '-99999999999999999.999',
  ],
}

/** Numbers that are any everyday number half of the time, with their places. */
const EVERYDAY: Readonly<Record<string, number>> = { 合同金额: 2, '实付 利息': 0, 期数: 0, 任意数: 4 }

/** Every value at least once, a quarter of all nulls, drawn by a generator of its own so that a seed repeats them. */
export function parityRows(count: number, seed: number): Row[] {
  let state = seed >>> 0 || 1
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: count }, (_, i) => {
    const stored: Record<string, string | null> = {}
    for (const name of Object.keys(INPUTS)) {
      const values = VALUES[name] ?? []
      const isNull = COLUMNS[name]?.notNull !== true && next(4) === 0
      const places = EVERYDAY[name]
      const everyday = () => ((next(200_000) - 100_000) / 10 ** (places ?? 0)).toFixed(places)
      const later = () => (places !== undefined && next(2) === 0 ? everyday() : values[next(values.length)])
      stored[name] = isNull ? null : ((i < values.length ? values[i] : later()) ?? null)
    }
    return rowOf(stored)
  })
}

export function rowOf(stored: Row['stored']): Row {
  const inputs = Object.entries(stored).map(([name, value]) => [name, asInput(name, value)])
  return { stored, inputs: Object.fromEntries(inputs) }
}

/** The same value as a caller would hand it to `evaluate`. */
function asInput(name: string, value: string | null): string | boolean | null {
  if (value === null) return null
  const { type, scale = 0 } = COLUMNS[name] ?? { type: 'text' }
  if (type === 'boolean') return value === 'true'
  if (name === '合同金额') return rounded(value, 2)
  if (name === '期限') return `${value.startsWith('-') ? '-' : ''}P${value.replace('-', '')}M`
  if (name === '时长') return seconds(value)
  if (scale > 0) return hundredths(value)
  return value
}

/** The column keeps two places, ties away from zero. */
function rounded(value: string, places: number): string {
  return value === '2.675'
    ? '2.68'
    : Number(value).toString() === value
      ? value
      : value.slice(0, value.indexOf('.') + 1 + places)
}

function hundredths(value: string): string {
  const digits = value.replace('-', '').padStart(3, '0')
  return `${value.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Split into days and seconds: a duration's parts have nine digits at most. */
function seconds(value: string): string {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  const days = BigInt(whole) / 86_400n
  const rest = BigInt(whole) % 86_400n
  const sign = value.startsWith('-') ? '-' : ''
  return `${sign}P${days}DT${rest}${fraction === '' ? '' : `.${fraction}`}S`
}
