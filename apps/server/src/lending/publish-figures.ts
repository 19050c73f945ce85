import { sql } from 'kysely'
import { businessDate } from '../platform/clock.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import type { Task } from '../platform/jobs.ts'
import type { Fen } from '../platform/money.ts'
import { findSetting } from '../policy/index.ts'
import { interestSubsidyEpochs } from './determine-claims.ts'
import { type DisclosureRules, newlyPublishable, type QuarterFigures } from './public-figures.ts'

/** Asked for when the treasury's receipts have been booked. */
export const PUBLISH_FIGURES_JOB = 'lending.publish-figures'
/** The row of all published quarters together. */
export const ALL_QUARTERS = ''

/** Where a city has set nothing. */
const CAUTIOUS: DisclosureRules = { enterprisesMin: 10, errorMin: 0.2 }

export const publishFiguresTask: Task = {
  name: PUBLISH_FIGURES_JOB,
  run: async (_, { database, log }) => {
    const quarters = await publishFigures(database.db)
    if (quarters.length > 0) log.info({ quarters }, 'figures published')
  },
}

/**
 * Publishes what may be published by now of the subsidies that have arrived: it runs after the treasury's receipts,
 * and what it publishes stands until enough has changed.
 *
 * @returns the quarters that are new or newer
 */
export async function publishFigures(db: Db): Promise<string[]> {
  return inTransaction(db, async tx => {
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ${PUBLISH_FIGURES_JOB}))`.execute(tx)
    const published = await tx.selectFrom('public_figure').select(['quarter', 'payments']).execute()
    const rows = newlyPublishable(
      await readQuarters(tx),
      new Map(published.map(row => [row.quarter, row])),
      await disclosureRules(tx),
    )
    if (rows.length === 0) return []
    const day = await businessDate(tx)
    await tx
      .insertInto('public_figure')
      .values(
        rows.map(({ quarter, enterprises, loans, interestFen, claims, days, payments }) => ({
          quarter,
          enterprises,
          loans,
          interest_fen: interestFen,
          claims,
          days: BigInt(days),
          payments,
          published_on: day,
        })),
      )
      .onConflict(conflict => conflict.column('quarter').doUpdateSet(replaced))
      .execute()
    await sumUp(tx)
    return rows.map(({ quarter }) => quarter)
  })
}

const replaced = Object.fromEntries(
  ['enterprises', 'loans', 'interest_fen', 'claims', 'days', 'payments', 'published_on'].map(column => [
    column,
    sql.ref(`excluded.${column}`),
  ]),
)

/** The rules in force: settings of the newest epoch, because they decide on no claim. */
export async function disclosureRules(db: Db): Promise<DisclosureRules> {
  const newest = (await interestSubsidyEpochs(db)).at(-1)
  const setting = (name: string) => (newest ? findSetting(newest, name) : undefined)
  return {
    enterprisesMin: Number(setting('publication_enterprises_min') ?? CAUTIOUS.enterprisesMin),
    errorMin: Number(setting('publication_error_min') ?? CAUTIOUS.errorMin),
  }
}

/**
 * One pass over the paid claims, summed first by enterprise, because the largest is asked for; and one over the paid
 * lines, for their days. It runs apart from requests, once for the receipts that came together.
 */
async function readQuarters(tx: Tx): Promise<QuarterFigures[]> {
  const { rows } = await sql<Omit<QuarterFigures, 'interestFen' | 'largestFen' | 'secondFen'> & SumRow>`
    with of_enterprise as (
      select quarter, organisation_id, count(distinct loan_id) as loans, sum(paid_fen) as paid_fen
      from claim where paid_fen > 0 group by quarter, organisation_id
    ), money as (
      select quarter, count(*)::integer as enterprises, sum(loans)::integer as loans,
        sum(paid_fen)::bigint as interest_fen, max(paid_fen)::bigint as largest_fen,
        coalesce((array_agg(paid_fen order by paid_fen desc))[2], 0)::bigint as second_fen
      from of_enterprise group by quarter
    ), time as (
      select p.quarter, count(*)::integer as claims, sum(o.settled_on - p.period_to)::integer as days,
        count(distinct (l.organisation_id, l.payment_order_id))::integer as payments
      from subsidy_batch_line l
      join payment_order o on o.id = l.payment_order_id
      join loan_period p on p.id = l.claim_id
      where l.state = 'paid' and l.amount_fen > 0 and o.settled_on is not null
      group by p.quarter
    )
    select * from money join time using (quarter) order by quarter`.execute(tx)
  return rows.map(({ interest_fen, largest_fen, second_fen, ...rest }) => ({
    ...rest,
    interestFen: interest_fen,
    largestFen: largest_fen,
    secondFen: second_fen,
  }))
}

interface SumRow {
  readonly interest_fen: Fen
  readonly largest_fen: Fen
  readonly second_fen: Fen
}

/** Money and days are sums of what is published; enterprises and loans are counted once over all those quarters. */
async function sumUp(tx: Tx): Promise<void> {
  await sql`
    insert into public_figure (quarter, enterprises, loans, interest_fen, claims, days, payments, published_on)
    select ${ALL_QUARTERS}, c.enterprises, c.loans, sum(f.interest_fen), sum(f.claims), sum(f.days),
      sum(f.payments), max(f.published_on)
    from public_figure f, (
      select count(distinct organisation_id) as enterprises, count(distinct loan_id) as loans
      from claim where paid_fen > 0 and quarter in (select quarter from public_figure)) c
    where f.quarter <> ${ALL_QUARTERS}
    group by c.enterprises, c.loans
    on conflict (quarter) do update set enterprises = excluded.enterprises, loans = excluded.loans,
      interest_fen = excluded.interest_fen, claims = excluded.claims, days = excluded.days,
      payments = excluded.payments, published_on = excluded.published_on`.execute(tx)
}
