import type { SystemActor } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'

export const ACTOR: SystemActor = { name: 'test', role: 'system' }
export const TODAY = '2022-07-01'
export const BANK = '102100099996'
export const OTHER_BANK = '103100000026'

export async function addSource(db: Db, kind: 'bank' | 'person' | 'generated'): Promise<string> {
  const id = newId()
  await db
    .insertInto('source')
    .values({ id, name: `a ${kind}`, kind, as_of: TODAY, recorded_by: 'test' })
    .execute()
  return id
}

/** Organisations with invented credit codes. */
export async function addOrganisations(db: Db, names: readonly string[]): Promise<string[]> {
  const sourceId = await addSource(db, 'generated')
  const rows = names.map(name => {
    const id = newId()
    return { id, credit_code: `TEST${id.replaceAll('-', '').slice(-14)}`, name, source_id: sourceId }
  })
  if (rows.length > 0) await db.insertInto('organisation').values(rows).execute()
  return rows.map(({ id }) => id)
}

export const payer = {
  holderName: '测试市财政局',
  accountNumber: '9901000000000001',
  bankCode: BANK,
}

export interface Payee {
  readonly organisationId: string
  readonly payeeAccountId: string
  readonly accountNumber: string
}

/** Organisations that can be paid, each with an account of its own in force. */
export async function payees(db: Db, names: readonly string[]): Promise<Payee[]> {
  const organisationIds = await addOrganisations(db, names)
  const sourceId = await addSource(db, 'bank')
  const rows = organisationIds.map((organisation_id, i) => ({
    id: newId(),
    organisation_id,
    holder_name: names[i] ?? '',
    account_number: `62220000${String(i).padStart(8, '0')}`,
    bank_code: OTHER_BANK,
    source_id: sourceId,
    recorded_by: 'test',
  }))
  await db.insertInto('payee_account').values(rows).execute()
  return rows.map(row => ({
    organisationId: row.organisation_id,
    payeeAccountId: row.id,
    accountNumber: row.account_number,
  }))
}
