import type { Db } from '../platform/db/index.ts'
import { formatYuan } from '../platform/money.ts'
import { shownFen } from './public-figures.ts'
import { ALL_QUARTERS, disclosureRules } from './publish-figures.ts'

/** What anyone may know: published figures, and which quarters are withheld because too few enterprises are in them. */
export async function describePublicFigures(db: Db) {
  const [rows, quarters, rules] = await Promise.all([
    db.selectFrom('public_figure').selectAll().orderBy('quarter').execute(),
    // From the kept sums: which quarters have payments at all.
    db
      .selectFrom('claim_figure')
      .select('quarter')
      .groupBy('quarter')
      .having(({ fn }) => fn.sum('paid_fen'), '>', 0n)
      .orderBy('quarter')
      .execute(),
    disclosureRules(db),
  ])
  const published = new Map(rows.map(row => [row.quarter, figuresOf(row)]))
  return {
    enterprises_min: rules.enterprisesMin,
    total: published.get(ALL_QUARTERS) ?? null,
    quarters: quarters.map(({ quarter }) => ({ quarter, figures: published.get(quarter) ?? null })),
  }
}

interface Row {
  readonly enterprises: number
  readonly loans: number
  readonly interest_fen: bigint
  readonly claims: number
  readonly days: bigint
  readonly published_on: string
}

function figuresOf({ enterprises, loans, interest_fen, claims, days, published_on }: Row) {
  return {
    enterprises,
    loans,
    interest: formatYuan(shownFen(interest_fen)),
    days: (Math.round((Number(days) * 10) / claims) / 10).toFixed(1),
    published_on,
  }
}
