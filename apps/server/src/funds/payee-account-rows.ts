import type { Db, Tx } from '../platform/db/index.ts'
import type { KnownAccount, PayeeAccountState } from './payee-account.ts'

export interface PayeeAccountRow extends KnownAccount {
  readonly organisationId: string
  readonly rejectedReason: string | null
  readonly recordedAt: Date
}

/** All accounts ever known of some organisations, oldest first. */
export async function readPayeeAccounts(
  db: Db,
  organisationIds: readonly string[],
): Promise<PayeeAccountRow[]> {
  if (organisationIds.length === 0) return []
  const rows = await db
    .selectFrom('payee_account as account')
    .innerJoin('source', 'source.id', 'account.source_id')
    .select(['account.id', 'organisation_id', 'holder_name', 'account_number', 'bank_code', 'state'])
    .select(['rejected_reason', 'account.recorded_at', 'source.kind as source_kind'])
    .where(where => where('organisation_id', '=', where.fn.any(where.val([...organisationIds]))))
    .orderBy('account.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    organisationId: row.organisation_id,
    holderName: row.holder_name,
    accountNumber: row.account_number,
    bankCode: row.bank_code,
    state: row.state as PayeeAccountState,
    byEnterprise: row.source_kind === 'person',
    rejectedReason: row.rejected_reason,
    recordedAt: row.recorded_at,
  }))
}

/**
 * One writer at a time decides which account of an organisation is in force. Rows are locked in the order of their
 * ids; rows that merely refer to an organisation do not wait for it.
 */
export async function lockOrganisations(
  tx: Tx,
  organisationIds: readonly string[],
): Promise<Map<string, string>> {
  if (organisationIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where(where => where('id', '=', where.fn.any(where.val([...organisationIds]))))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
