import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import { type Tx, textRows } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { parseYuan } from '../platform/money.ts'
import type { LoanEventMessage } from './bank-messages.ts'
import type { SettledPeriod } from './decide-event.ts'
import type { EventInForce, LoanChanges, LoanInForce, NewEvent } from './loan-changes.ts'

/*
 * One statement a table and batch. Contracts and events, the many, travel as split text; what is few as one JSON
 * parameter.
 */

/** What of a receipt decides which way its messages go. */
export interface KnownReceipt {
  readonly loan: LoanInForce | undefined
  /** A message of it was received before, whatever became of it. */
  readonly heardOf: boolean
  /** A reversal of it had to wait once: any message that arrives may be the one that it names. */
  readonly reversalWaited: boolean
}

/**
 * What is known of these receipts. Each is looked up by itself, by the indexes on bank and receipt: a bank's first
 * file meets tables without statistics, and joined as sets all its loans and messages are read again for every part.
 */
export async function findReceipts(
  tx: Tx,
  bankCode: string,
  loanReceipts: readonly string[],
): Promise<Map<string, KnownReceipt>> {
  const { rows } = await sql<{ receipt: string; heard_of: boolean; reversal_waited: boolean } & LoanInForce>`
    select r.receipt, l.id, l.loan_receipt, l.organisation_id, l.filing_id, l.message_id, l.granted_on, l.principal_fen,
      l.id is not null or earlier.found is not null as heard_of, reversal.found is not null as reversal_waited
    from unnest(${loanReceipts}::text[]) as r (receipt)
    left join lateral (
      select * from loan where bank_code = ${bankCode} and loan_receipt = r.receipt and reversed_by is null limit 1
    ) l on true
    left join lateral (
      select true as found from bank_message
      where l.id is null and bank_code = ${bankCode} and loan_receipt = r.receipt limit 1
    ) earlier on true
    left join lateral (
      select true as found from bank_message
      where bank_code = ${bankCode} and loan_receipt = r.receipt and outcome = 'waiting' and kind = 'reversal' limit 1
    ) reversal on true`.execute(tx)
  return new Map(
    rows.map(({ receipt, heard_of, reversal_waited, ...loan }) => [
      receipt,
      {
        loan: loan.id === null ? undefined : loan,
        heardOf: heard_of,
        reversalWaited: reversal_waited,
      },
    ]),
  )
}

export interface PeriodToSettle {
  readonly loan_id: string
  readonly from: PlainDate
  readonly to: PlainDate
}

/**
 * A settled period in force that overlaps each of the given ones, by loan, where there is one. Each is looked up by
 * the index on loan and day: joined as sets, a young table without statistics is read whole.
 */
export async function findOverlappingPeriods(
  tx: Tx,
  periods: readonly PeriodToSettle[],
): Promise<Map<string, SettledPeriod[]>> {
  if (periods.length === 0) return new Map()
  const { rows } = await sql<{ loan_id: string } & SettledPeriod>`
    select p.loan_id, e.period_from as "from", e.occurred_on as "to",
      (select m.message_id from bank_message m where m.id = e.message_id) as "messageId"
    from json_to_recordset(${JSON.stringify(periods)}::json) as p (loan_id uuid, "from" date, "to" date)
    cross join lateral (
      select e.period_from, e.occurred_on, e.message_id from loan_event e
      where e.loan_id = p.loan_id and e.occurred_on > p."from" and e.period_from < p."to"
        and e.kind = 'interest_settled' and e.reverses_id is null
        and not exists (select from loan_event r where r.reverses_id = e.id)
      order by e.occurred_on limit 1
    ) e`.execute(tx)
  return Map.groupBy(rows, row => row.loan_id)
}

/** The events in force of these loans, by loan. */
export async function findEventsInForce(
  tx: Tx,
  loanIds: readonly string[],
): Promise<Map<string, EventInForce[]>> {
  if (loanIds.length === 0) return new Map()
  const { rows } = await sql<EventInForce>`
    select e.id, e.loan_id, e.message_id, e.occurred_on
    from loan_event e
    where e.loan_id = any (${loanIds}) and e.reverses_id is null
      and not exists (select from loan_event r where r.reverses_id = e.id)`.execute(tx)
  return Map.groupBy(rows, row => row.loan_id)
}

/** Organisations by credit code. */
export async function findOrganisationIds(
  tx: Tx,
  creditCodes: readonly string[],
): Promise<Map<string, string>> {
  if (creditCodes.length === 0) return new Map()
  const { rows } = await sql<{ id: string; credit_code: string }>`
    select id, credit_code from organisation where credit_code = any (${creditCodes})`.execute(tx)
  return new Map(rows.map(row => [row.credit_code, row.id]))
}

export async function reverseLoans(tx: Tx, reversed: LoanChanges['loansReversed']): Promise<void> {
  await sql`
    update loan set reversed_by = r.by
    from json_to_recordset(${JSON.stringify(reversed)}::json) as r (id uuid, by uuid)
    where loan.id = r.id`.execute(tx)
}

/**
 * Writes loans as granted, their enterprises found by the caller. A filing is linked only where it is the same
 * enterprise's: another's number is kept as reported and opens nothing.
 */
export async function insertLoans(
  tx: Tx,
  bankCode: string,
  loans: LoanChanges['loans'],
  organisations: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = loans.map(({ id, messageId, granted }) => [
    ...[id, messageId, granted.loan_receipt, organisations.get(granted.credit_code), granted.filing_number],
    ...[granted.product, fen(granted.amount), granted.annual_rate, granted.day_count, granted.settlement],
    ...[granted.occurred_on, granted.matures_on, granted.refinances_loan_receipt],
  ])
  await sql`
    insert into loan (id, bank_code, loan_receipt, organisation_id, filing_id, filing_number, product, principal_fen,
      annual_rate, day_count, settlement, granted_on, matures_on, refinances_loan_receipt, message_id)
    select r.id::uuid, ${bankCode}, r.loan_receipt, r.organisation_id::uuid, f.id, r.filing_number, r.product,
      r.principal::bigint, r.annual_rate::numeric, r.day_count, r.settlement, r.granted_on::date, r.matures_on::date,
      r.refinances, r.message_id::uuid
    from ${textRows(13, rows)} as r (id, message_id, loan_receipt, organisation_id, filing_number, product, principal,
      annual_rate, day_count, settlement, granted_on, matures_on, refinances)
    left join filing f on f.filing_number = r.filing_number and f.organisation_id = r.organisation_id::uuid`.execute(
    tx,
  )
}

/** An event is never deleted: a row that repeats it and names it takes it back. */
export async function reverseEvents(tx: Tx, reversed: LoanChanges['eventsReversed']): Promise<void> {
  await sql`
    insert into loan_event (id, loan_id, kind, occurred_on, amount_fen, annual_rate, matures_on, filing_number,
      refinances_loan_receipt, period_from, interest_due_fen, interest_paid_fen, penalty_paid_fen, reverses_id,
      message_id)
    select r."newId", e.loan_id, e.kind, e.occurred_on, e.amount_fen, e.annual_rate, e.matures_on, e.filing_number,
      e.refinances_loan_receipt, e.period_from, e.interest_due_fen, e.interest_paid_fen, e.penalty_paid_fen, e.id,
      r.by
    from json_to_recordset(${JSON.stringify(reversed)}::json) as r (id uuid, "newId" uuid, by uuid)
    join loan_event e on e.id = r.id
    order by e.seq`.execute(tx)
}

export async function insertEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  await sql`
    insert into loan_event (id, loan_id, message_id, kind, occurred_on, amount_fen, annual_rate, matures_on,
      filing_number, refinances_loan_receipt, period_from, interest_due_fen, interest_paid_fen, penalty_paid_fen)
    select r.id::uuid, r.loan_id::uuid, r.message_id::uuid, r.kind, r.occurred_on::date, r.amount::bigint,
      r.annual_rate::numeric, r.matures_on::date, r.filing_number, r.refinances, r.period_from::date,
      r.interest_due::bigint, r.interest_paid::bigint, r.penalty_paid::bigint
    from ${textRows(14, events.map(eventRow))} as r (id, loan_id, message_id, kind, occurred_on, amount, annual_rate,
      matures_on, filing_number, refinances, period_from, interest_due, interest_paid, penalty_paid)`.execute(
    tx,
  )
}

function eventRow({ id, loanId, messageId, event }: NewEvent): (string | undefined)[] {
  const field = fieldsOf(event)
  const amounts = [field.interest_due, field.interest_paid, field.penalty_paid]
  return [
    ...[id, loanId, messageId, event.kind, event.occurred_on],
    ...[field.amount && fen(field.amount), field.annual_rate, field.matures_on],
    ...[field.filing_number, field.refinances_loan_receipt, field.period_from],
    ...amounts.map(yuan => yuan && fen(yuan)),
  ]
}

/** An event's fields by name, whichever its kind has. */
function fieldsOf(event: LoanEventMessage): Partial<Record<string, string>> {
  return { ...event }
}

const fen = (yuan: string) => parseYuan(yuan).toString()

export interface SettledLoanPeriod extends PeriodToSettle {
  readonly id: string
}

/** The periods that were settled, to be computed: one row a loan and settlement day, in the order of the key. */
export async function upsertPeriods(tx: Tx, periods: readonly SettledLoanPeriod[]): Promise<void> {
  await sql`
    with settled as (
      insert into loan_period (id, loan_id, organisation_id, bank_code, period_from, period_to, calendar_year, quarter)
      select r.id, r.loan_id, loan.organisation_id, loan.bank_code, r."from", r."to", extract(year from r."to"),
        to_char(r."to", 'YYYY"Q"Q')
      from json_to_recordset(${JSON.stringify(periods)}::json) as r (id uuid, loan_id uuid, "from" date, "to" date)
      join loan on loan.id = r.loan_id
      order by r.loan_id, r."to"
      on conflict (loan_id, period_to) do update set period_from = excluded.period_from
      returning id, organisation_id, calendar_year
    )
    insert into period_to_determine select id, organisation_id, calendar_year from settled`.execute(tx)
}

/** What happened from a day on changes the periods that end on it or later. */
export async function markPeriodsStale(tx: Tx, staleFrom: ReadonlyMap<string, PlainDate>): Promise<void> {
  const rows = [...staleFrom].map(([loan_id, from]) => ({ loan_id, from }))
  await sql`
    insert into period_to_determine
    select p.id, p.organisation_id, p.calendar_year
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (loan_id uuid, "from" date)
    join loan_period p on p.loan_id = r.loan_id and p.period_to >= r."from"`.execute(tx)
}

/**
 * Loans of one project share its verified investment in the order in which they were first drawn: when one is
 * granted, drawn or taken back, what the others may count on has changed, in all their periods.
 */
export async function markSiblingsStale(tx: Tx, loanIds: readonly string[]): Promise<void> {
  await sql`
    insert into period_to_determine
    select p.id, p.organisation_id, p.calendar_year
    from loan changed
    join loan sibling on sibling.filing_id = changed.filing_id and sibling.id <> changed.id
    join loan_period p on p.loan_id = sibling.id
    where changed.id = any (${loanIds})`.execute(tx)
}

/** The row of `source` that stands for what a bank reports on a day. */
export async function bankSourceId(tx: Tx, bankCode: string, day: PlainDate): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with reporter as (select name from bank where code = ${bankCode}),
    known as (
      select s.id from source s, reporter where s.kind = 'bank' and s.name = reporter.name and s.as_of = ${day} limit 1
    ),
    added as (
      insert into source (id, name, kind, as_of, recorded_by)
      select ${newId()}, name, 'bank', ${day}, ${`bank:${bankCode}`} from reporter where not exists (select from known)
      returning id
    )
    select id from known union all select id from added`.execute(tx)
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`Bank ${bankCode} is not in the register`)
  return id
}
