import { sql } from 'kysely'
import type { Db } from '../apps/server/src/platform/db/index.ts'
import { parseYuan } from '../apps/server/src/platform/money.ts'
import type { Fields, LoanStory } from './bank-stories.ts'

/** A loan as it stands: what it was granted at, and its events in force. */
export interface LoanState {
  readonly granted: unknown
  readonly events: unknown[]
}

/** A loan as the database has it. */
export async function stateOf(db: Db, receipt: string): Promise<LoanState> {
  const loans = await sql<Record<string, unknown>>`
    select l.id, m.message_id, o.credit_code, l.annual_rate, l.principal_fen, l.granted_on
    from loan l join bank_message m on m.id = l.message_id join organisation o on o.id = l.organisation_id
    where l.loan_receipt = ${receipt} and l.reversed_by is null`.execute(db)
  if (loans.rows.length > 1) throw new Error(`${receipt} is in force ${loans.rows.length} times`)
  const [loan] = loans.rows
  const events = await sql<Record<string, unknown>>`
    select m.message_id, e.kind, e.occurred_on, e.amount_fen, e.interest_due_fen, e.period_from
    from loan_event e join bank_message m on m.id = e.message_id
    where e.loan_id = ${loan?.id ?? null} and e.reverses_id is null
      and not exists (select from loan_event r where r.reverses_id = e.id)
    order by m.message_id`.execute(db)
  const { id: _, ...granted } = loan ?? {}
  return { granted, events: events.rows }
}

/** The same, from what truly happened. */
export function truthOf({ grant, events }: Pick<LoanStory, 'grant' | 'events'>): LoanState {
  const fen = (yuan: string | undefined) => (yuan === undefined ? null : parseYuan(yuan))
  const byId = (a: Fields, b: Fields) => ((a.message_id ?? '') < (b.message_id ?? '') ? -1 : 1)
  return {
    granted: {
      message_id: grant.message_id,
      credit_code: grant.credit_code,
      annual_rate: grant.annual_rate?.padEnd(8, '0'),
      principal_fen: fen(grant.amount),
      granted_on: grant.occurred_on,
    },
    events: [...events].sort(byId).map(event => ({
      message_id: event.message_id,
      kind: event.kind,
      occurred_on: event.occurred_on,
      amount_fen: fen(event.amount),
      interest_due_fen: fen(event.interest_due),
      period_from: event.period_from ?? null,
    })),
  }
}

/** Messages of these receipts that wait now. */
export async function waitingOf(db: Db, receipts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ message_id: string }>`
    select m.message_id from bank_message m
    left join lateral (select outcome from bank_message_outcome where message_id = m.id order by seq desc limit 1) o
      on true
    where coalesce(o.outcome, m.outcome) = 'waiting' and m.loan_receipt = any (${receipts})`.execute(db)
  return rows.map(({ message_id }) => message_id)
}

/** A story under names of its own, so that it can be told again and again: shrinking repeats receipts. */
export function renamed({ receipt, grant, events, sent }: LoanStory, suffix: string): LoanStory {
  const rename = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        ['loan_receipt', 'message_id', 'reverses'].includes(name) ? value + suffix : value,
      ]),
    )
  return {
    receipt: receipt + suffix,
    grant: rename(grant),
    events: events.map(rename),
    sent: sent.map(rename),
  }
}
