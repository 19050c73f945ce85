import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import type { StoryData } from './story-data.ts'

const SOURCE = '演示数据：项目备案'

/**
 * Files the projects of the story that are filed by a day and are not on file yet: what has not happened yet cannot
 * be looked up.
 *
 * @returns how many were filed
 */
export async function fileProjects(db: Db, story: StoryData, through: PlainDate): Promise<number> {
  const filings = story.filings.filter(({ filed_on }) => filed_on <= through)
  if (filings.length === 0) return 0
  return inTransaction(db, async tx => {
    const sourceId = await generatedSource(tx, SOURCE, through)
    const rows = filings.map(filing => ({
      id: newId(),
      ...filing,
      verified_investment_fen: filing.verified_investment_fen?.toString() ?? null,
      civil_works_fen: filing.civil_works_fen?.toString() ?? null,
    }))
    // One statement for any number of filings; the site stands in the town of the enterprise.
    const { numAffectedRows } = await sql`
      insert into filing (id, filing_number, organisation_id, project_name, approval_number, site_town_code,
        site_in_city, contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state, source_id)
      select f.id, f.filing_number, o.id, f.project_name, f.approval_number,
        case when f.site_in_city then o.town_code end, f.site_in_city, f.contract_signed_on,
        f.verified_investment_fen, f.civil_works_fen, f.filed_on, f.state, ${sourceId}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, filing_number text,
        credit_code text, project_name text, approval_number text, site_in_city boolean, contract_signed_on date,
        verified_investment_fen bigint, civil_works_fen bigint, filed_on date, state text)
      join organisation o on o.credit_code = f.credit_code
      on conflict (filing_number) do nothing`.execute(tx)
    return Number(numAffectedRows ?? 0n)
  })
}

/** The record of where generated facts come from. */
export async function generatedSource(tx: Tx, name: string, asOf: PlainDate): Promise<string> {
  const known = await tx
    .selectFrom('source')
    .select('id')
    .where('kind', '=', 'generated')
    .where('name', '=', name)
    .where('as_of', '=', asOf)
    .executeTakeFirst()
  if (known) return known.id
  const id = newId()
  await tx
    .insertInto('source')
    .values({ id, name, kind: 'generated', as_of: asOf, recorded_by: 'demonstration' })
    .execute()
  return id
}
