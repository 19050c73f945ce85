import type { PlainDate } from '../calendar.ts'

/**
 * The one-year loan prime rate in hundredths of a per cent, from the day of its publication.
 * Source: National Interbank Funding Center, published on the 20th or the working day after it; facts 5.1.
 */
const LOAN_PRIME_RATE: readonly (readonly [publishedOn: PlainDate, basisPoints: number])[] = [
  ['2022-01-20', 370],
  ['2022-08-22', 365],
  ['2023-06-20', 355],
  ['2023-08-21', 345],
  ['2024-07-22', 335],
  ['2024-10-21', 310],
  ['2025-05-20', 300],
]

/** The rate in force on a day, in basis points. Before the first publication it is the first one's. */
export function loanPrimeRate(day: PlainDate): number {
  return LOAN_PRIME_RATE.findLast(([publishedOn]) => publishedOn <= day)?.[1] ?? 370
}

/** The days on which the rate changed, after one day and up to another. */
export function publicationsBetween(after: PlainDate, upTo: PlainDate): PlainDate[] {
  return LOAN_PRIME_RATE.map(([publishedOn]) => publishedOn).filter(day => day > after && day <= upTo)
}

/** Basis points as the messages write a yearly rate: 370 → `"0.0370"`. */
export function writeRate(basisPoints: number): string {
  return `0.${basisPoints.toString().padStart(4, '0')}`
}
