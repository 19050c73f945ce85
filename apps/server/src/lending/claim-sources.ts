import type { Db } from '../platform/db/index.ts'
import type { ExplainedClaim } from './claim-explanation.ts'
import type { FactSource } from './claim-schemas.ts'

const REGISTER_FACTS = ['organisation_status', 'dishonest']
const FILING_FACTS = [
  'filing_in_force',
  'approval_number',
  'site_in_city',
  'contract_signed_on',
  'filed_on',
  'verified_investment',
  'civil_works',
]
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
  const register = await db
    .selectFrom('organisation')
    .innerJoin('source', 'source.id', 'organisation.source_id')
    .select(['source.name', 'source.as_of'])
    .where('organisation.id', '=', claim.organisation_id)
    .executeTakeFirst()
  const filing = await db
    .selectFrom('filing')
    .innerJoin('source', 'source.id', 'filing.source_id')
    .select(['filing.filing_number', 'source.as_of'])
    .where('filing.id', '=', claim.filing_id)
    .executeTakeFirst()
  const loan = await messageSource(db, claim.loan_message_id)
  const firstDrawdown = await eventSource(db, claim, 'drawdown')
  const settlement = await eventSource(db, claim, 'interest_settled')

  const sources: Record<string, FactSource> = {}
  const put = (facts: readonly string[], source: FactSource | undefined) => {
    if (source) for (const fact of facts) sources[fact] = source
  }
  put(PLATFORM_FACTS, { kind: 'platform', name: 'Millrace', as_of: claim.as_of, message_id: null })
  put(REGISTER_FACTS, register && { kind: 'register', ...register, message_id: null })
  put(
    FILING_FACTS,
    filing && { kind: 'filing', name: filing.filing_number, as_of: filing.as_of, message_id: null },
  )
  put(LOAN_FACTS, loan)
  put(['first_drawn_on'], firstDrawdown)
  put(SETTLEMENT_FACTS, settlement)
  return sources
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
