import type { SubjectTable } from '../policy/index.ts'

const fen = (column: string) => ({ column, type: 'bigint' as const, scale: 2 })

/** The facts of a loan period by the names that manifests use, and the columns of the run that hold them. */
export const LOAN_PERIOD_FACTS: SubjectTable['columns'] = {
  organisation_status: { column: 'organisation_status', type: 'text' },
  dishonest: { column: 'dishonest', type: 'boolean' },
  bank_cooperating: { column: 'bank_cooperating', type: 'boolean', notNull: true },
  product: { column: 'product', type: 'text', notNull: true },
  filing_in_force: { column: 'filing_in_force', type: 'boolean' },
  approval_number: { column: 'approval_number', type: 'text' },
  site_in_city: { column: 'site_in_city', type: 'boolean' },
  contract_signed_on: { column: 'contract_signed_on', type: 'date' },
  filed_on: { column: 'filed_on', type: 'date' },
  first_drawn_on: { column: 'first_drawn_on', type: 'date' },
  project_rank: { column: 'project_rank', type: 'integer' },
  verified_investment: fen('verified_investment_fen'),
  civil_works: fen('civil_works_fen'),
  committed: fen('committed_fen'),
  principal: fen('principal_fen'),
  period_from: { column: 'period_from', type: 'date', notNull: true },
  period_to: { column: 'period_to', type: 'date', notNull: true },
  interest_agrees: { column: 'interest_agrees', type: 'boolean' },
  interest_paid: fen('interest_paid_fen'),
  interest_eligible: fen('interest_eligible_fen'),
  overdue: { column: 'overdue', type: 'boolean', notNull: true },
  subsidised_before: fen('subsidised_before_fen'),
}

/** Before the interest is computed: what the first rules may read. */
export const LOAN_FACTS: SubjectTable['columns'] = Object.fromEntries(
  Object.entries(LOAN_PERIOD_FACTS).filter(
    ([fact]) => !['interest_agrees', 'interest_eligible', 'subsidised_before'].includes(fact),
  ),
)
