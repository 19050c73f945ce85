import type { Fen } from '../platform/money.ts'

export interface Reconciliation {
  readonly agrees: boolean
  /** Reported less computed: positive when the bank asks for more than its contract gives. */
  readonly differenceFen: Fen
}

/**
 * Compares the interest that a bank reports with the interest that its own contract gives. Banks that round each
 * day or each leg may differ by some fen: that is what the tolerance is for.
 *
 * @param toleranceFen a difference of this much, up or down, still agrees; not negative
 */
export function reconcileInterest(reportedFen: Fen, computedFen: Fen, toleranceFen: Fen): Reconciliation {
  if (toleranceFen < 0n) throw new RangeError(`A tolerance is not negative: ${toleranceFen}`)
  const differenceFen = reportedFen - computedFen
  const size = differenceFen < 0n ? -differenceFen : differenceFen
  return { agrees: size <= toleranceFen, differenceFen }
}
