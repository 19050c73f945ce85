import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'

interface Row {
  readonly id: string
  readonly number: string
  readonly interest_year: number
  readonly budget_year: number
  readonly total_fen: Fen
}

/**
 * Batches that are charged to another year's budget than the year of their interest: what is settled on 21 December
 * is approved in January as a rule. They are why a year's budget and a year's interest do not show the same sums.
 *
 * Reads the few rows of batches, never their lines.
 */
export async function listCrossYearBatches(db: Db, year: number) {
  const { rows } = await sql<Row>`
    select id, number, left(quarter, 4)::integer as interest_year, budget_year, total_fen
    from subsidy_batch
    where state in ('approved', 'ordered', 'closed') and left(quarter, 4)::integer <> budget_year
      and ${year} in (budget_year, left(quarter, 4)::integer)
    order by number`.execute(db)
  return rows.map(({ total_fen, ...rest }) => ({ ...rest, total: formatYuan(total_fen) }))
}
