import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import { factOnDay } from '../registry/index.ts'
import type { ExplainedClaim } from './claim-explanation.ts'
import type { FactSource } from './claim-schemas.ts'

/** Facts of the claim and the columns that state them. */
const REGISTER_FACTS = { organisation_status: 'status', dishonest: 'dishonest' }
const FILING_FACTS = {
  filing_in_force: 'state',
  approval_number: 'approval_number',
  site_in_city: 'site_in_city',
  contract_signed_on: 'contract_signed_on',
  filed_on: 'filed_on',
  verified_investment: 'verified_investment_fen',
  civil_works: 'civil_works_fen',
}
const LOAN_FACTS = ['product', 'principal', 'bank_cooperating']
const SETTLEMENT_FACTS = ['period_from', 'period_to', 'interest_paid']
const PLATFORM_FACTS = [
  'project_rank',
  'committed',
  'interest_agrees',
  'interest_eligible',
  'subsidised_before',
  'overdue',
]

/** Where each fact of a claim comes from, by the fact's name: a register, a filing, a bank's message, or arithmetic. */
export async function findFactSources(db: Db, claim: ExplainedClaim): Promise<Record<string, FactSource>> {
  const register = await registerSources(db, claim)
  const filing = await filingSources(db, claim)
  const loan = await messageSource(db, claim.loan_message_id)
  const firstDrawdown = await eventSource(db, claim, 'drawdown')
  const settlement = await eventSource(db, claim, 'interest_settled')

  const sources: Record<string, FactSource> = {}
  const put = (facts: readonly string[], source: FactSource | undefined) => {
    if (source) for (const fact of facts) sources[fact] = source
  }
  put(PLATFORM_FACTS, { kind: 'platform', name: 'Millrace', as_of: claim.as_of, message_id: null })
  for (const [fact, column] of Object.entries(REGISTER_FACTS)) put([fact], register(column))
  for (const [fact, column] of Object.entries(FILING_FACTS)) put([fact], filing(column))
  put(LOAN_FACTS, loan)
  put(['first_drawn_on'], firstDrawdown)
  put(SETTLEMENT_FACTS, settlement)
  return sources
}

type SourceOfColumn = (column: string) => FactSource | undefined

/** Which source counted for each fact on the settlement day, as it was known when the claim was determined. */
async function registerSources(db: Db, claim: ExplainedClaim): Promise<SourceOfColumn> {
  const stated = await sourcesStated(db, claim, Object.values(REGISTER_FACTS), {
    table: 'organisation_version',
    key: 'organisation_id',
    id: claim.organisation_id,
  })
  const present = await db
    .selectFrom('organisation')
    .innerJoin('source', 'source.id', 'organisation.source_id')
    .select(['source.name', 'source.as_of'])
    .where('organisation.id', '=', claim.organisation_id)
    .executeTakeFirst()
  return column => {
    const source = stated.get(column) ?? present
    return source && { kind: 'register', ...source, message_id: null }
  }
}

async function filingSources(db: Db, claim: ExplainedClaim): Promise<SourceOfColumn> {
  if (claim.filing_id === null) return () => undefined
  const stated = await sourcesStated(db, claim, Object.values(FILING_FACTS), {
    table: 'filing_version',
    key: 'filing_id',
    id: claim.filing_id,
  })
  const present = await db
    .selectFrom('filing')
    .innerJoin('source', 'source.id', 'filing.source_id')
    .select(['filing.filing_number', 'source.as_of'])
    .where('filing.id', '=', claim.filing_id)
    .executeTakeFirst()
  return column =>
    present && {
      kind: 'filing',
      name: present.filing_number,
      as_of: stated.get(column)?.as_of ?? present.as_of,
      message_id: null,
    }
}

interface History {
  readonly table: 'organisation_version' | 'filing_version'
  readonly key: string
  readonly id: string
}

async function sourcesStated(
  db: Db,
  claim: ExplainedClaim,
  columns: readonly string[],
  { table, key, id }: History,
): Promise<Map<string, { readonly name: string; readonly as_of: string }>> {
  const { rows } = await sql<{ column: string; name: string; as_of: string }>`
    select stated.column, source.name, source.as_of
    from (
      select ${sql.join(columns.map(column => sql`${factOnDay(column, 'source_id')} as ${sql.ref(column)}`))}
      from (select ${claim.period_to}::date as day) asked
      join ${sql.table(table)} v on v.${sql.ref(key)} = ${id} and v.recorded_at <= ${claim.determined_at}
      join source s on s.id = v.source_id
      group by asked.day
    ) day
    cross join lateral (values ${sql.join(
      columns.map(column => sql`(${sql.lit(column)}, day.${sql.ref(column)})`),
    )}) as stated ("column", source_id)
    join source on source.id = stated.source_id`.execute(db)
  return new Map(rows.map(({ column, ...source }) => [column, source]))
}

async function messageSource(db: Db, messageId: string): Promise<FactSource | undefined> {
  const row = await db
    .selectFrom('bank_message')
    .innerJoin('bank', 'bank.code', 'bank_message.bank_code')
    .select(['bank.name', 'bank_message.business_date', 'bank_message.message_id'])
    .where('bank_message.id', '=', messageId)
    .executeTakeFirst()
  return row && { kind: 'bank', name: row.name, as_of: row.business_date, message_id: row.message_id }
}

async function eventSource(
  db: Db,
  claim: ExplainedClaim,
  kind: 'drawdown' | 'interest_settled',
): Promise<FactSource | undefined> {
  const event = await db
    .selectFrom('loan_event as event')
    .select('message_id')
    .where('loan_id', '=', claim.loan_id)
    .where('kind', '=', kind)
    .where('reverses_id', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('loan_event as reversal').select('id').whereRef('reversal.reverses_id', '=', 'event.id'),
        ),
      ),
    )
    .$if(kind === 'interest_settled', query => query.where('occurred_on', '=', claim.period_to))
    .orderBy('occurred_on')
    .orderBy('seq')
    .executeTakeFirst()
  return event && messageSource(db, event.message_id)
}
