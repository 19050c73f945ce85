import { dateToDay, earliest, latest, type PlainDate } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'
import { type Fen, type Fraction, minFen, parseDecimal, type Rate, roundHalfUp } from '../platform/money.ts'
import type { BalanceSegment } from './balance-segments.ts'

/**
 * How days become a share of the year. ACT/360: 日利率 = 年利率/360, the banks' rule (银发〔2005〕129号); ACT/365:
 * where the contract says so; 30/360: every month has 30 days, in the variant 30E/360 (ISDA 2006, 4.16(g)).
 *
 * 30E/360 and not the bond basis, because its days add up: from one day to a second and on to a third is from the
 * first to the third. In the bond basis the end of a period is counted by where it began, so that a repayment in
 * the middle of a month would change the interest on the principal that was not repaid.
 */
export type DayCount = 'ACT/360' | 'ACT/365' | '30/360'

/** The part of the interest that a programme counts. What is left out does not limit. */
export interface Eligibility {
  readonly subsidyFrom?: PlainDate | null
  /** The first day that no longer counts. */
  readonly subsidyTo?: PlainDate | null
  /** Interest is counted on the balance up to this principal. */
  readonly principalCapFen?: Fen | null
}

/** One line of the arithmetic: `exact = principal × rate × days ÷ year`, in fen, not rounded. */
export interface InterestStep {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly days: number
  /** What interest was computed on: the balance, or the cap where that is less. */
  readonly principalFen: Fen
  readonly balanceFen: Fen
  readonly annualRate: Rate
  readonly exact: Fraction
}

export interface Interest {
  /** Rounded half up, once, from the exact sum. */
  readonly fen: Fen
  readonly exact: Fraction
  readonly dayCount: DayCount
  readonly steps: readonly InterestStep[]
}

/**
 * Interest that falls due for a settlement period, by the balance of each day over the contract's year. The first
 * day counts, the last does not (算头不算尾); rounded half up once, at settlement.
 *
 * @param segments the balance in order of time, constant over each [from, to); principal in fen
 * @param eligible counts only days in [subsidyFrom, subsidyTo) and the balance up to the cap
 * @returns fen, the exact fraction of fen, and a step for each segment that counted, for the explanation
 * @throws DomainError `interest.segments-overlap`
 * Source: 银发〔2005〕129号
 */
export function interestDue(
  segments: readonly BalanceSegment[],
  dayCount: DayCount,
  eligible: Eligibility = {},
): Interest {
  const steps: InterestStep[] = []
  let exact: Fraction = { numerator: 0n, denominator: 1n }
  let end: PlainDate | undefined
  for (const segment of segments) {
    requireInOrder(segment, end)
    end = segment.to
    const step = interestStep(segment, dayCount, eligible)
    if (step === undefined) continue
    steps.push(step)
    exact = add(exact, step.exact)
  }
  return { fen: roundHalfUp(exact), exact, dayCount, steps }
}

function interestStep(
  segment: BalanceSegment,
  dayCount: DayCount,
  { subsidyFrom, subsidyTo, principalCapFen }: Eligibility,
): InterestStep | undefined {
  const from = subsidyFrom == null ? segment.from : latest(segment.from, subsidyFrom)
  const to = subsidyTo == null ? segment.to : earliest(segment.to, subsidyTo)
  if (from >= to) return undefined
  const balanceFen = segment.principalFen
  const principalFen = principalCapFen == null ? balanceFen : minFen(balanceFen, principalCapFen)
  if (principalFen <= 0n) return undefined
  const { annualRate } = segment
  const days = countDays(from, to, dayCount)
  const { numerator, denominator } = readRate(annualRate)
  const exact = {
    numerator: principalFen * numerator * BigInt(days),
    denominator: denominator * YEAR_DAYS[dayCount],
  }
  return { from, to, days, principalFen, balanceFen, annualRate, exact }
}

const RATES_REMEMBERED_MAX = 10_000
const rates = new Map<Rate, Fraction>()

/** Loans share a few rates: each is read once. */
function readRate(rate: Rate): Fraction {
  const known = rates.get(rate)
  if (known !== undefined) return known
  const read = parseDecimal(rate)
  if (rates.size >= RATES_REMEMBERED_MAX) rates.clear()
  rates.set(rate, read)
  return read
}

const YEAR_DAYS: Record<DayCount, bigint> = { 'ACT/360': 360n, 'ACT/365': 365n, '30/360': 360n }

/** Days of interest from the first day (counted) to the last (not counted). */
export function countDays(from: PlainDate, to: PlainDate, dayCount: DayCount): number {
  return dayCount === '30/360' ? day30(to) - day30(from) : dateToDay(to) - dateToDay(from)
}

/** Days in a calendar of twelve months of 30 days, where the 31st is the 30th. */
function day30(date: PlainDate): number {
  const day = Number(date.slice(8, 10))
  return Number(date.slice(0, 4)) * 360 + Number(date.slice(5, 7)) * 30 + (day > 30 ? 30 : day)
}

/**
 * Writes an exact amount for the explanation, in yuan with four places unless more are asked for: `25347.2222`.
 * For reading only; the amount that is paid is rounded from the fraction.
 */
export function formatExactYuan({ numerator, denominator }: Fraction, places = 4): string {
  const scaled = roundHalfUp({
    numerator: numerator * 10n ** BigInt(places),
    denominator: denominator * 100n,
  })
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Rates are decimals and the year is one number, so one denominator divides the other. */
function add(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator }
  }
  const [less, more] = a.denominator < b.denominator ? [a, b] : [b, a]
  const scale = more.denominator / less.denominator
  return { numerator: less.numerator * scale + more.numerator, denominator: more.denominator }
}

function requireInOrder({ from, to }: BalanceSegment, end: PlainDate | undefined): void {
  if (from < to && (end === undefined || end <= from)) return
  throw new DomainError({
    code: 'interest.segments-overlap',
    value: `${from}/${to}`,
    zh: `计息段 ${from} 至 ${to} 与前一段重叠或首尾颠倒：请按时间先后给出互不重叠的计息段。`,
    en: `The segment ${from} to ${to} overlaps the one before it or ends before it begins: give segments in order of time.`,
  })
}
