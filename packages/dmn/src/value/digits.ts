import type { Decimal } from 'decimal.js'

/**
 * Most numbers of a subject are below 10^14 with a few places. decimal.js holds them in words of seven digits, the point after the
 * one that has exponent 0; these read, compare and write those words as they stand, where the library would copy first.
 */

const WORD = 1e7
/** Two words before the point. */
const WHOLE_DIGITS_MAX = 14
const LENGTH_MAX = 22

/** What makes up a number in decimal.js. */
export interface Words {
  readonly e: number
  readonly d: number[]
}

/** A text of digits, with up to seven after a point; undefined for what is written otherwise, or is below 1. */
export function wordsOf(text: string): Words | undefined {
  const { length } = text
  if (length > LENGTH_MAX) return undefined
  let whole = 0
  let digits = 0
  let at = 0
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) break
    whole = whole * 10 + digit
    if (whole > 0) digits++
  }
  if (whole === 0 || digits > WHOLE_DIGITS_MAX) return undefined
  let places = 0
  if (at < length) {
    if (text.charCodeAt(at) !== 46) return undefined
    let unit = WORD / 10
    for (at++; at < length; at++, unit /= 10) {
      const digit = text.charCodeAt(at) - 48
      if (digit < 0 || digit > 9 || unit < 1) return undefined
      places += digit * unit
    }
  }
  return { e: digits - 1, d: split(whole, places) }
}

/** Without zeros at the end, as decimal.js has it. */
function split(whole: number, places: number): number[] {
  if (whole < WORD) return places === 0 ? [whole] : [whole, places]
  const low = whole % WORD
  const high = (whole - low) / WORD
  if (places !== 0) return [high, low, places]
  return low === 0 ? [high] : [high, low]
}

/** The same as decimal.js's `cmp`, without a copy. Of numbers that are numbers. */
export function compareNumbers(a: Decimal, b: Decimal): number {
  const [x, y] = [a.d, b.d]
  const sign = x[0] === 0 ? 0 : a.s
  const other = y[0] === 0 ? 0 : b.s
  if (sign !== other) return sign < other ? -1 : 1
  if (sign === 0) return 0
  if (a.e !== b.e) return a.e > b.e ? sign : -sign
  const length = Math.min(x.length, y.length)
  for (let i = 0; i < length; i++) {
    const difference = (x[i] as number) - (y[i] as number)
    if (difference !== 0) return difference > 0 ? sign : -sign
  }
  if (x.length === y.length) return 0
  return x.length > y.length ? sign : -sign
}

/** Shortest plain form; undefined for what is large or has many places. */
export function textOf({ d: words, e, s: sign }: Decimal): string | undefined {
  if (!(e >= -7 && e < WHOLE_DIGITS_MAX)) return undefined
  const before = e < 0 ? 0 : e < 7 ? 1 : 2
  if (words.length > before + 1) return undefined
  const whole = wholeOf(words, before)
  const places = words[before]
  if (places === undefined) return String(sign * whole + 0)
  return `${sign < 0 ? '-' : ''}${whole}${placesText(places)}`
}

function wholeOf(words: readonly number[], before: number): number {
  if (before === 0) return 0
  return before === 1 ? (words[0] ?? 0) : (words[0] ?? 0) * WORD + (words[1] ?? 0)
}

function placesText(word: number): string {
  if (word % 100_000 === 0) return centsText(word / 100_000)
  const text = String(WORD + word)
  let end = text.length
  while (text.charCodeAt(end - 1) === 48) end--
  return `.${text.slice(1, end)}`
}

/** @param cents  1 to 99 */
function centsText(cents: number): string {
  if (cents % 10 === 0) return `.${cents / 10}`
  return cents < 10 ? `.0${cents}` : `.${cents}`
}

/** How far two numbers lie apart, as text; undefined where they have more than two places. */
export function distanceText(a: Decimal, b: Decimal): string | undefined {
  const [x, y] = [hundredthsOf(a), hundredthsOf(b)]
  if (x === undefined || y === undefined) return undefined
  const apart = Math.abs(x - y)
  const cents = apart % 100
  const whole = (apart - cents) / 100
  return cents === 0 ? String(whole) : `${whole}${centsText(cents)}`
}

/** Exact: below 10^13 times 100 is a whole number a double holds, and so is the difference of two. */
function hundredthsOf({ d: words, e, s: sign }: Decimal): number | undefined {
  if (!(e >= -2 && e < WHOLE_DIGITS_MAX - 1)) return undefined
  const before = e < 0 ? 0 : e < 7 ? 1 : 2
  if (words.length > before + 1) return undefined
  const cents = (words[before] ?? 0) / 100_000
  return Number.isInteger(cents) ? sign * (wholeOf(words, before) * 100 + cents) : undefined
}
