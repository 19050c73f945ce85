/** Money: integer fen, never a double. */
export type Fen = bigint

/** Decimals a rate may have: rates are whole numbers of 10⁻¹² here, so that sums of them stay exact. */
const RATE_PLACES = 12
export const RATE_ONE = 10n ** BigInt(RATE_PLACES)

/** Reads yuan with at most two decimals. @throws RangeError for anything else */
export function parseYuan(text: string): Fen {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text)
  if (!match) throw new RangeError(`"${text}" is not an amount in yuan`)
  return BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0'))
}

/** Writes fen as yuan with two places: `123456n` → `"1234.56"`. */
export function formatYuan(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Reads a decimal such as `"0.0370"` as a whole number of 10⁻¹². @throws RangeError for anything else */
export function parseRate(text: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,12}))?$/.exec(text)
  if (!match) throw new RangeError(`"${text}" is not a rate`)
  return BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(RATE_PLACES, '0'))
}

/** Rounds a quotient that is not negative to a whole number, halves up (四舍五入). */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator)
}

export function lesser(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

export function greater(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}

export function sum(amounts: Iterable<Fen>): Fen {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}
