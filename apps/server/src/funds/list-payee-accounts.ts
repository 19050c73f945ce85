import type { Db } from '../platform/db/index.ts'
import { maskAccountNumber, type PayeeAccountState } from './payee-account.ts'
import { readPayeeAccounts } from './payee-account-rows.ts'

/** An account as it may be shown: the number stays behind. */
export interface PayeeAccountView {
  readonly id: string
  readonly organisationId: string
  readonly holderName: string
  readonly maskedNumber: string
  readonly bankCode: string
  readonly state: PayeeAccountState
  /** ISO 20022 reason code, where the treasury rejected it. */
  readonly rejectedReason: string | null
  readonly byEnterprise: boolean
  readonly recordedAt: Date
}

/** The accounts ever known of an enterprise, newest first. */
export async function listPayeeAccounts(db: Db, organisationId: string): Promise<PayeeAccountView[]> {
  const rows = await readPayeeAccounts(db, [organisationId])
  return rows.reverse().map(row => ({
    id: row.id,
    organisationId: row.organisationId,
    holderName: row.holderName,
    maskedNumber: maskAccountNumber(row.accountNumber),
    bankCode: row.bankCode,
    state: row.state,
    rejectedReason: row.rejectedReason,
    byEnterprise: row.byEnterprise,
    recordedAt: row.recordedAt,
  }))
}

/**
 * The accounts in force of some enterprises.
 *
 * @returns the id of the account by the id of the organisation; an enterprise that must first name one is absent
 */
export async function findAccountsInForce(
  db: Db,
  organisationIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await readPayeeAccounts(db, organisationIds)
  return new Map(rows.filter(({ state }) => state === 'in_force').map(row => [row.organisationId, row.id]))
}
