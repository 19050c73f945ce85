import { DomainError } from './errors.ts'

/** Money: integer fen (1/100 yuan), never a double. */
export type Fen = bigint

/** An exact decimal fraction as text, for example a yearly interest rate `"0.0370"`. */
export type Rate = string

/** An exact fraction: what a rate or a quotient is while it is computed with. The denominator is positive. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

const YUAN = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,18}))?$/

/**
 * Reads yuan as people and banks write them.
 *
 * @param text yuan with at most two decimals: `"1234567.89"`; thousands separators are refused
 * @throws DomainError `money.malformed`
 */
export function parseYuan(text: string): Fen {
  const match = YUAN.exec(text)
  if (!match) {
    throw new DomainError({
      code: 'money.malformed',
      value: text,
      zh: `金额“${text}”无法识别：请用元为单位、最多两位小数的数字，例如 1234567.89。`,
      en: `"${text}" is not an amount: write yuan with at most two decimals, for example 1234567.89.`,
    })
  }
  const [, sign, whole = '', cents = ''] = match
  const fen = BigInt(whole + cents.padEnd(2, '0'))
  return sign === '-' ? -fen : fen
}

/** Writes fen as yuan with two places and no separators: `30000000n` → `"300000.00"`. */
export function formatYuan(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * Reads an exact decimal.
 *
 * @throws DomainError `decimal.malformed`
 */
export function parseDecimal(text: string): Fraction {
  const match = DECIMAL.exec(text)
  if (!match) {
    throw new DomainError({
      code: 'decimal.malformed',
      value: text,
      zh: `“${text}”不是小数：请写成例如 0.0370。`,
      en: `"${text}" is not a decimal: write it like 0.0370.`,
    })
  }
  const [, sign, whole = '', places = ''] = match
  const magnitude = BigInt(whole + places)
  return { numerator: sign === '-' ? -magnitude : magnitude, denominator: 10n ** BigInt(places.length) }
}

/** Rounds an exact fraction to an integer, halves away from zero (四舍五入). */
export function roundHalfUp({ numerator, denominator }: Fraction): bigint {
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const rounded = (2n * magnitude + denominator) / (2n * denominator)
  return negative ? -rounded : rounded
}

export function minFen(first: Fen, ...rest: Fen[]): Fen {
  return rest.reduce((least, fen) => (fen < least ? fen : least), first)
}
