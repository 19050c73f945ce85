import { sql } from 'kysely'
import { type Database, inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { generatedSource } from './load-filings.ts'
import type { StoryData } from './story-data.ts'

const SOURCE = '演示数据：企业名录'
const PART = 5_000

/** Registers the enterprises of the story. */
export async function loadOrganisations({ db }: Database, story: StoryData): Promise<void> {
  let part: object[] = []
  const write = () =>
    inTransaction(db, async tx => {
      const sourceId = await generatedSource(tx, SOURCE, story.texts.starts_on)
      await sql`
        insert into organisation (id, credit_code, name, kind, established_on, business_scope, address, division_code,
          town_code, status, industry_code, size_class, dishonest, source_id)
        select o.id, o.credit_code, o.name, o.kind, o.established_on, o.business_scope, o.address,
          substring(o.credit_code from 3 for 6), t.code, o.status, o.industry_code, o.size_class, o.dishonest, ${sourceId}
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as o (id uuid, credit_code text, name text, kind text,
          established_on date, business_scope text, address text, status text, industry_code text, size_class text,
          dishonest boolean)
        left join town t on t.valid_to is null
          and substring(o.address from char_length(${story.texts.place}) + 1) like t.name || '%'
        on conflict (credit_code) do nothing`.execute(tx)
    })
  for (const organisation of story.organisations()) {
    part.push({ id: newId(), ...organisation })
    if (part.length < PART) continue
    await write()
    part = []
  }
  if (part.length > 0) await write()
}
