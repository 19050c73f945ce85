import { sql } from 'kysely'
import { listAccounts } from '../funds/index.ts'
import type { Db } from '../platform/db/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import { type Actor, permissionsOf, type Scope } from '../platform/permissions.ts'
import { ANSWERS, type Answer } from '../policy/index.ts'
import { listCrossYearBatches } from './cross-year-batches.ts'
import { withinScope } from './scope-filter.ts'

interface FigureRow {
  readonly quarter: string
  readonly answer: Answer
  readonly claims: bigint
  readonly interest_fen: Fen
  readonly amount_fen: Fen
  readonly batched_fen: Fen
  readonly paid_fen: Fen
}

const COLUMNS = { organisation: 'bank_code', bank: 'bank_code', town: 'town_code' }

/**
 * The programme at a glance: the budget of a year, the flow of that year's interest from what banks reported to what
 * was paid, and what waits for the actor. Reads only sums that are kept as claims change.
 */
export async function describeProgramme(db: Db, year: number, actor: Actor, scope: Scope) {
  const [figures, loans, accounts, waiting, cross_year_batches] = await Promise.all([
    readFigures(db, year, scope),
    readLoans(db, scope),
    listAccounts(db, year),
    listWaiting(db, actor),
    // Of the whole city, like the budget.
    listCrossYearBatches(db, year),
  ])
  const balance = (kind: string) => accounts.find(account => account.kind === kind)?.balanceFen ?? 0n
  return {
    year,
    loans: { count: Number(loans.loans), principal: formatYuan(loans.principal_fen) },
    budget: {
      appropriated: formatYuan(-balance('appropriation')),
      available: formatYuan(balance('available')),
      held: formatYuan(balance('held')),
      ordered: formatYuan(balance('ordered')),
      paid: formatYuan(balance('paid')),
    },
    answers: ANSWERS.map(answer => {
      const rows = figures.filter(row => row.answer === answer)
      return {
        answer,
        claims: Number(total(rows, 'claims')),
        interest: formatYuan(total(rows, 'interest_fen')),
        amount: formatYuan(total(rows, 'amount_fen')),
      }
    }),
    flow: flowOf(figures),
    quarters: quartersOf(figures),
    waiting,
    cross_year_batches,
  }
}

async function readFigures(db: Db, year: number, scope: Scope): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select quarter, answer, sum(claims)::bigint as claims, sum(interest_fen)::bigint as interest_fen,
      sum(amount_fen)::bigint as amount_fen, sum(batched_fen)::bigint as batched_fen,
      sum(paid_fen)::bigint as paid_fen
    from claim_figure
    where quarter like ${`${year}Q%`} and ${withinScope(scope, COLUMNS)}
    group by quarter, answer order by quarter, answer`.execute(db)
  return rows
}

async function readLoans(db: Db, scope: Scope): Promise<{ loans: bigint; principal_fen: Fen }> {
  const { rows } = await sql<{ loans: bigint; principal_fen: Fen }>`
    select coalesce(sum(loans), 0)::bigint as loans, coalesce(sum(principal_fen), 0)::bigint as principal_fen
    from loan_figure where ${withinScope(scope, COLUMNS)}`.execute(db)
  return rows[0] ?? { loans: 0n, principal_fen: 0n }
}

type Sum = 'claims' | 'interest_fen' | 'amount_fen' | 'batched_fen' | 'paid_fen'

function total(rows: readonly FigureRow[], column: Sum): bigint {
  return rows.reduce((sum, row) => sum + row[column], 0n)
}

/**
 * Every stage gives out what it takes in, so that the picture adds up to the fen. Claims that are no longer
 * eligible, suspended ones above all, keep what batches took up for them before: that is drawn too.
 */
function flowOf(figures: readonly FigureRow[]) {
  const of = (answer: Answer) => figures.filter(row => row.answer === answer)
  const eligible = of('eligible')
  const interest = total(eligible, 'interest_fen')
  const amount = total(eligible, 'amount_fen')
  const batched = total(figures, 'batched_fen')
  const paid = total(figures, 'paid_fen')
  const others = ANSWERS.filter(answer => answer !== 'eligible')
  const links = [
    { source: 'reported', target: 'eligible', value: interest },
    ...others.map(answer => ({
      source: 'reported',
      target: answer,
      value: total(of(answer), 'interest_fen'),
    })),
    { source: 'eligible', target: 'subsidised', value: amount },
    { source: 'eligible', target: 'not_covered', value: interest - amount },
    { source: 'subsidised', target: 'batched', value: total(eligible, 'batched_fen') },
    { source: 'subsidised', target: 'next_batch', value: amount - total(eligible, 'batched_fen') },
    ...others.map(answer => ({ source: answer, target: 'batched', value: total(of(answer), 'batched_fen') })),
    { source: 'batched', target: 'paid', value: paid },
    { source: 'batched', target: 'in_payment', value: batched - paid },
  ].filter(({ value }) => value > 0n)
  const nodes = [...new Set(links.flatMap(({ source, target }) => [source, target]))]
  return {
    nodes: nodes.map(id => ({ id })),
    links: links.map(({ source, target, value }) => ({ source, target, amount: formatYuan(value) })),
  }
}

function quartersOf(figures: readonly FigureRow[]) {
  const quarters = [...new Set(figures.map(({ quarter }) => quarter))]
  return quarters.map(quarter => {
    const rows = figures.filter(row => row.quarter === quarter)
    return {
      quarter,
      claims: Number(total(rows, 'claims')),
      interest: formatYuan(total(rows, 'interest_fen')),
      amount: formatYuan(total(rows, 'amount_fen')),
      paid: formatYuan(total(rows, 'paid_fen')),
    }
  })
}

/** Work that is the actor's to do, by what they may do; nothing that is nobody's but another's. */
async function listWaiting(db: Db, actor: Actor) {
  const { rows } = await sql<
    Record<
      'owed' | 'draft' | 'submitted' | 'payable' | 'repeatable' | 'discrepancies' | 'objections' | 'withheld',
      number
    >
  >`
    select
      (select count(*) from (select from claim where answer <> 'suspended' and amount_fen <> batched_fen
        and not (answer = 'unknown' and batched_fen > 0) and id not in (select claim_id from claim_withheld)
        limit 10000) o)::integer as owed,
      (select count(*) from subsidy_batch where state in ('draft', 'returned'))::integer as draft,
      (select count(*) from subsidy_batch where state = 'submitted')::integer as submitted,
      (select count(*) from subsidy_batch b where b.state = 'approved')::integer as payable,
      (select count(distinct l.organisation_id) from subsidy_batch b
        join subsidy_batch_line l on l.batch_id = b.id and l.state in ('batched', 'rejected')
        join payee_account a on a.organisation_id = l.organisation_id and a.state = 'in_force'
        where b.state = 'ordered')::integer as repeatable,
      (select count(*) from discrepancy where closed_on is null)::integer as discrepancies,
      (select count(*) from open_objection)::integer as objections,
      (select count(*) from claim_withheld)::integer as withheld`.execute(db)
  const counts = rows[0]
  const may = new Set(permissionsOf(actor.role))
  if (!counts) return []
  return [
    { kind: 'claims_to_batch', count: counts.owed, permission: 'batch.prepare' },
    { kind: 'batches_to_submit', count: counts.draft, permission: 'batch.prepare' },
    { kind: 'batches_to_decide', count: counts.submitted, permission: 'batch.decide' },
    { kind: 'objections', count: counts.objections, permission: 'objection.decide' },
    { kind: 'claims_withheld', count: counts.withheld, permission: 'objection.decide' },
    { kind: 'batches_to_order', count: counts.payable, permission: 'batch.order' },
    // What came back from the treasury and has an account again: nothing else says that it can be paid now.
    { kind: 'payments_to_repeat', count: counts.repeatable, permission: 'batch.order' },
    { kind: 'discrepancies', count: counts.discrepancies, permission: 'discrepancy.accept' },
  ]
    .filter(({ count, permission }) => count > 0 && may.has(permission as never))
    .map(({ kind, count }) => ({ kind, count }))
}
