import { appropriate } from '../funds/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { parseYuan } from '../platform/money.ts'
import type { StoryData } from './story-data.ts'

/** The size for which demonstration.json says how much is appropriated; a larger story gets more. */
const LOANS_OF_THE_BUDGET = 600n

/** Appropriates the budget of each year that has begun by a day and has none yet. */
export async function appropriateBudgets(
  db: Db,
  { texts, size }: StoryData,
  through: PlainDate,
): Promise<void> {
  const opened = await db.selectFrom('fund_account').select('budget_year').distinct().execute()
  const years = Object.entries(texts.budgets)
    .map(([year, yuan]) => ({ year: Number(year), fen: parseYuan(yuan) }))
    .filter(({ year }) => year <= Number(through.slice(0, 4)))
    .filter(({ year }) => !opened.some(({ budget_year }) => budget_year === year))
  const loans = BigInt(size.loans)
  for (const { year, fen } of years) {
    const amountFen = loans > LOANS_OF_THE_BUDGET ? (fen * loans) / LOANS_OF_THE_BUDGET : fen
    await inTransaction(db, tx =>
      appropriate(tx, {
        year,
        amountFen,
        businessDate: through,
        actor: 'demonstration',
        reference: { kind: 'budget', id: newId() },
        memo: `${year}年演示预算安排`,
      }),
    )
  }
}
