import { sql } from 'kysely'
import type { Db, RecordKind } from '../platform/db/index.ts'
import { lockOrganisations } from './payee-account-rows.ts'

/** None was ever recorded. */
const NO_ACCOUNT = '0'

/** The accounts of an enterprise have one version: that of the account which was written last. */
export async function payeeAccountVersion(db: Db, organisationId: string): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select xmin::text as version from payee_account where organisation_id = ${organisationId}
    order by age(xmin), id desc limit 1`.execute(db)
  return rows[0]?.version ?? NO_ACCOUNT
}

/** The accounts of an enterprise, named by its id: whoever corrects them has seen the ones that stand. */
export const PAYEE_ACCOUNT_RECORD: RecordKind = {
  subjectKind: 'organisation',
  async lockVersion(tx, organisationId) {
    await lockOrganisations(tx, [organisationId])
    return payeeAccountVersion(tx, organisationId)
  },
}
