import type { PlainDate } from '../platform/dates.ts'
import type { Fen } from '../platform/money.ts'

/** A quarter's paid subsidies as they stand. */
export interface QuarterFigures {
  readonly quarter: string
  readonly enterprises: number
  readonly loans: number
  readonly interestFen: Fen
  readonly claims: number
  readonly days: number
  /** Enterprises paid, counted once for each payment. */
  readonly payments: number
  /** What the enterprise with the most received. */
  readonly largestFen: Fen
  readonly secondFen: Fen
}

export type PublishedFigures = Omit<QuarterFigures, 'largestFen' | 'secondFen'> & {
  readonly publishedOn: PlainDate
}

/** When a figure may be published. */
export interface DisclosureRules {
  /** Fewer enterprises are too few, and so are fewer payments between one publication and the next. */
  readonly enterprisesMin: number
  /**
   * How far off the best guess at what an enterprise received must stay, as a share of it: the enterprise with the
   * second most, who takes its own from the sum, must not come nearer to the largest.
   */
  readonly errorMin: number
}

/**
 * Which quarters may be published now, as they stand.
 *
 * Three ways lead from a sum to one enterprise, and each is closed: too few of them in it; one that makes up nearly all
 * of it; and two publications between which only a few were paid, whose difference would be theirs. Sums over quarters
 * are formed of published ones only, so that none gives a withheld one away by subtraction.
 *
 * Source: threshold rule and p% rule of statistical disclosure control, Hundepool et al., Handbook, chapter 4
 */
export function newlyPublishable(
  current: readonly QuarterFigures[],
  published: ReadonlyMap<string, Pick<PublishedFigures, 'payments'>>,
  rules: DisclosureRules,
): QuarterFigures[] {
  return current.filter(figures => {
    if (!isSafe(figures, rules)) return false
    const before = published.get(figures.quarter)
    return before === undefined || Math.abs(figures.payments - before.payments) >= rules.enterprisesMin
  })
}

function isSafe(figures: QuarterFigures, { enterprisesMin, errorMin }: DisclosureRules): boolean {
  const { enterprises, interestFen, largestFen, secondFen } = figures
  const others = interestFen - largestFen - secondFen
  return enterprises >= enterprisesMin && Number(others) >= Number(largestFen) * errorMin
}

const TEN_THOUSAND_YUAN = 1_000_000n

/** What is shown is rounded to 10,000 yuan, half up. */
export function shownFen(fen: Fen): Fen {
  return ((fen + TEN_THOUSAND_YUAN / 2n) / TEN_THOUSAND_YUAN) * TEN_THOUSAND_YUAN
}
