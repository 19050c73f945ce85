import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import type { Answer } from '../policy/index.ts'
import { findNextMoney } from './find-next-money.ts'
import type { Settlement } from './settlement-periods.ts'

export interface LoanRow {
  readonly id: string
  readonly bank_name: string
  readonly loan_receipt: string
  readonly project_name: string | null
  readonly principal_fen: Fen
  readonly balance_fen: Fen
  readonly annual_rate: string
  readonly granted_on: PlainDate
  readonly matures_on: PlainDate
  readonly settlement: Settlement
}

export interface ClaimRow {
  readonly id: string
  readonly loan_id: string
  readonly quarter: string
  readonly period_from: PlainDate
  readonly period_to: PlainDate
  readonly answer: Answer
  readonly interest_fen: Fen
  readonly amount_fen: Fen
  readonly batched_fen: Fen
  readonly paid_fen: Fen
  /** Of the newest batch that took it up. */
  readonly decided_on: PlainDate | null
  readonly payable_from: PlainDate | null
  readonly ordered_on: PlainDate | null
  /** nothing: decided, and nothing is due; decided: for the next batch; withheld: an objection to it was upheld. */
  readonly stage: 'nothing' | 'decided' | 'withheld' | 'batched' | 'ordered' | 'paid' | 'rejected'
}

/** What an enterprise wants to know: my loans, what I receive, when, and why. It had to do nothing for it. */
export async function describeEnterprise(db: Db, creditCode: string) {
  const organisation = await db
    .selectFrom('organisation')
    .select(['id', 'name', 'credit_code'])
    .where('credit_code', '=', creditCode)
    .executeTakeFirst()
  if (!organisation) return undefined
  const [loans, claims] = await Promise.all([listLoans(db, organisation.id), listClaims(db, organisation.id)])
  const next = await findNextMoney(db, organisation.id, loans, claims)
  const eligible = claims.filter(({ answer }) => answer === 'eligible')
  const sum = (column: 'amount_fen' | 'paid_fen') =>
    eligible.reduce((total, claim) => total + claim[column], 0n)
  return {
    name: organisation.name,
    credit_code: organisation.credit_code,
    subsidised: formatYuan(sum('amount_fen')),
    paid: formatYuan(sum('paid_fen')),
    coming: formatYuan(sum('amount_fen') - sum('paid_fen')),
    next: next.money,
    loans: loans.map(({ id, principal_fen, balance_fen, settlement: _, ...loan }) => ({
      id,
      ...loan,
      principal: formatYuan(principal_fen),
      balance: formatYuan(balance_fen),
      nothing_due: next.nothing.get(id) ?? null,
      claims: claims
        .filter(({ loan_id }) => loan_id === id)
        .map(({ id: claimId, quarter, period_from, period_to, answer, stage, ...claim }) => ({
          id: claimId,
          quarter,
          period_from,
          period_to,
          answer,
          stage,
          interest: formatYuan(claim.interest_fen),
          amount: formatYuan(claim.amount_fen),
          paid: formatYuan(claim.paid_fen),
        })),
    })),
  }
}

async function listLoans(db: Db, organisationId: string): Promise<LoanRow[]> {
  const { rows } = await sql<LoanRow>`
    select l.id, b.name as bank_name, l.loan_receipt, f.project_name, l.principal_fen, l.annual_rate, l.granted_on,
      l.matures_on, l.settlement, coalesce((
        select sum(case when e.kind = 'drawdown' then e.amount_fen else -e.amount_fen end)
        from loan_event e
        where e.loan_id = l.id and e.kind in ('drawdown', 'repayment', 'early_repayment') and e.reverses_id is null
          and not exists (select from loan_event r where r.reverses_id = e.id)), 0)::bigint as balance_fen
    from loan l
    join bank b on b.code = l.bank_code
    left join filing f on f.id = l.filing_id
    where l.organisation_id = ${organisationId} and l.reversed_by is null
    order by l.granted_on desc, l.loan_receipt`.execute(db)
  return rows
}

async function listClaims(db: Db, organisationId: string): Promise<ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`
    select c.id, c.loan_id, c.quarter, p.period_from, p.period_to, c.answer, c.interest_fen, c.amount_fen,
      c.batched_fen, c.paid_fen, n.decided_on, n.payable_from, n.ordered_on,
      case when c.id in (select claim_id from claim_withheld) then 'withheld'
        else coalesce(n.stage, case when c.amount_fen = 0 then 'nothing' else 'decided' end) end as stage
    from claim c join loan_period p on p.id = c.id
    left join lateral (
      select case when b.state in ('draft', 'submitted', 'returned') then 'decided' else l.state end as stage,
        b.decided_on, b.payable_from, pb.business_date as ordered_on
      from subsidy_batch_line l join subsidy_batch b on b.id = l.batch_id
      left join payment_order o on o.id = l.payment_order_id
      left join payment_batch pb on pb.id = o.payment_batch_id
      where l.claim_id = c.id order by l.batch_id desc limit 1) n on true
    where c.organisation_id = ${organisationId}
    order by p.period_to desc`.execute(db)
  return rows
}
