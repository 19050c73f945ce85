import { sql } from 'kysely'

/**
 * Loans that were reported before their project was on file. Done by each run of the determination before it reads
 * the facts, and not by whoever files: a loan and its filing may come at the same moment, in two transactions that do
 * not see each other. Both note the periods of the enterprise, so that the run after them finds both. The index holds
 * only loans without a filing that name one; nearly all are linked as they are granted.
 */
export const linkLoans = sql`
  update loan l set filing_id = f.id
  from filing f
  where l.filing_id is null and l.filing_number is not null
    and f.filing_number = l.filing_number and f.organisation_id = l.organisation_id`
