import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import type { Fen, Rate } from '../platform/money.ts'
import { decisionsQuery, type RuleEpoch } from '../policy/index.ts'
import { type BalanceEvent, balanceSegments } from './balance-segments.ts'
import { type DayCount, interestDue } from './interest.ts'
import { LOAN_FACTS } from './subject-columns.ts'

const CHUNK_ROWS = 5_000

interface PeriodRow {
  readonly n: number
  readonly period_from: PlainDate
  readonly period_to: PlainDate
  readonly annual_rate: Rate
  readonly day_count: DayCount
  readonly balance_events: string | null
  readonly principal_cap_fen: Fen | null
  readonly subsidy_from: PlainDate | null
  readonly subsidy_to: PlainDate | null
}

/**
 * Computes, for every period of the run that falls into an epoch, the interest on the whole balance and the
 * interest that the programme counts. The rules themselves say, in bulk, from when, until when, and on how much
 * principal; the arithmetic of days is done here, exactly. The database works on the next rows meanwhile.
 */
export async function computeInterest(tx: Tx, epoch: RuleEpoch, asOf: PlainDate): Promise<void> {
  const query = decisionsQuery(
    epoch,
    { table: 'run_fact', columns: LOAN_FACTS },
    ['principal_cap', 'subsidy_from', 'subsidy_to'],
    asOf,
  )
  await sql`
    declare interest_rows no scroll cursor for
    select s.n, s.period_from, s.period_to, s.annual_rate, s.day_count, s.balance_events,
      trunc(${sql.raw(query.values.principal_cap ?? 'null')} * 100)::bigint as principal_cap_fen,
      ${sql.raw(query.values.subsidy_from ?? 'null')} as subsidy_from,
      ${sql.raw(query.values.subsidy_to ?? 'null')} as subsidy_to
    from ${sql.raw(query.from)}
    where ${withinEpoch(epoch)}`.execute(tx)
  let next = fetchRows(tx)
  for (let rows = await next; rows.length > 0; rows = await next) {
    next = fetchRows(tx)
    await storeInterest(tx, rows)
  }
  await sql`close interest_rows`.execute(tx)
}

async function fetchRows(tx: Tx): Promise<readonly PeriodRow[]> {
  const fetching = sql<PeriodRow>`fetch forward ${sql.lit(CHUNK_ROWS)} from interest_rows`.execute(tx)
  // What fails is thrown where it is waited for; until then nobody must call it unhandled.
  fetching.catch(() => {})
  return (await fetching).rows
}

/** A condition on the subject's settlement day. */
export function withinEpoch({ from, to }: RuleEpoch) {
  return sql`s.period_to >= ${from} and s.period_to < ${to ?? 'infinity'}`
}

async function storeInterest(tx: Tx, rows: readonly PeriodRow[]): Promise<void> {
  const interest = rows.map(periodInterest)
  const numbers = rows.map(row => row.n)
  const computed = interest.map(found => found?.computedFen)
  const eligible = interest.map(found => found?.eligibleFen)
  await sql`insert into run_interest (n, computed_fen, eligible_fen)
    select * from unnest(${arrayText(numbers)}::integer[], ${arrayText(computed)}::bigint[],
      ${arrayText(eligible)}::bigint[])`.execute(tx)
}

/** Numbers as the database writes an array: the driver would put quotes around each of a hundred thousand. */
function arrayText(values: readonly (number | bigint | null | undefined)[]): string {
  return `{${values.map(value => value ?? 'null').join()}}`
}

/** @returns undefined while the reported events cannot be right: more repaid than drawn */
function periodInterest(row: PeriodRow): { computedFen: Fen; eligibleFen: Fen | null } | undefined {
  try {
    const events = readBalanceEvents(row.balance_events)
    const segments = balanceSegments(events, row.annual_rate, row.period_from, row.period_to)
    const computedFen = interestDue(segments, row.day_count).fen
    const { principal_cap_fen: principalCapFen, subsidy_from: subsidyFrom, subsidy_to: subsidyTo } = row
    if (principalCapFen === null || subsidyFrom === null || subsidyTo === null) {
      return { computedFen, eligibleFen: null }
    }
    const eligibleFen = interestDue(segments, row.day_count, { principalCapFen, subsidyFrom, subsidyTo }).fen
    return { computedFen, eligibleFen }
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

const KINDS: Readonly<Record<string, string>> = { d: 'drawdown', r: 'repayment', e: 'early_repayment' }
const DATE_LENGTH = 10

/** Reads what `gatherLoans` aggregated: `d2022-06-15=500000000;R…`, with rate changes told by their decimal point. */
export function readBalanceEvents(text: string | null): BalanceEvent[] {
  if (text === null) return []
  return text.split(';').map((entry, index) => {
    const value = entry.slice(DATE_LENGTH + 2)
    const isRate = value.includes('.')
    return {
      id: String(index),
      kind: isRate ? 'rate_change' : (KINDS[entry.slice(0, 1)] ?? 'repayment'),
      occurred_on: entry.slice(1, DATE_LENGTH + 1),
      amount_fen: isRate ? null : BigInt(value),
      annual_rate: isRate ? value : null,
      reverses_id: null,
    }
  })
}
