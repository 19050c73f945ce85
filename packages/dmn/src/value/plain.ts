import type { Decimal } from 'decimal.js'

/**
 * What a caller hands in for one input: text; a number as a decimal string, bigint or Decimal (never a double);
 * a date as `YYYY-MM-DD`; a duration as `P1Y6M` or `P10D`; true/false; null or absent for "not known".
 */
export type PlainInput = string | bigint | Decimal | boolean | null | undefined

export type PlainInputs = Readonly<Record<string, PlainInput>>

/**
 * What comes out, ready for JSON: a number as its shortest plain decimal string (`"1.5"`, never `"1.50"` or
 * `"1E+2"`), a date as `YYYY-MM-DD`, a duration in ISO 8601, several outputs as an object, a collected list as an
 * array. The decision's `type` tells a number from a text.
 */
export type Plain = string | boolean | null | readonly Plain[] | { readonly [name: string]: Plain }
