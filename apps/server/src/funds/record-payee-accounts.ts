import type { Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { type AccountDetails, decideReport, type KnownAccount, type ReportOutcome } from './payee-account.ts'
import { lockOrganisations, readPayeeAccounts } from './payee-account-rows.ts'

/** A bank's report of an enterprise's settlement account. */
export interface ReportedAccount extends AccountDetails {
  readonly organisationId: string
  /** The row of `source` that the report came from. */
  readonly sourceId: string
}

const ROWS_MAX = 1_000

/**
 * Takes what banks report about the accounts of enterprises: any number at once, in the order reported. Nobody is
 * refused for it; a report that changes nothing says why.
 *
 * @param recordedBy the bank, as it is named in records
 * @returns the outcome of each report, in order
 */
export async function recordPayeeAccounts(
  tx: Tx,
  reports: readonly ReportedAccount[],
  recordedBy: string,
): Promise<ReportOutcome[]> {
  const organisationIds = [...new Set(reports.map(report => report.organisationId))]
  await lockOrganisations(tx, organisationIds)
  const known = new Map<string, KnownAccount[]>()
  for (const account of await readPayeeAccounts(tx, organisationIds)) {
    known.set(account.organisationId, [...(known.get(account.organisationId) ?? []), account])
  }
  const added = new Map<string, ReportedAccount>()
  const outcomes = reports.map(report => {
    const accounts = known.get(report.organisationId) ?? []
    const outcome = decideReport(accounts, report)
    if (outcome === 'recorded' || outcome === 'replaced') {
      const id = newId()
      added.set(id, report)
      known.set(report.organisationId, [...accounts.map(replacedIfInForce), inForce(id, report)])
    }
    return outcome
  })
  await write(tx, known, added, recordedBy)
  return outcomes
}

function replacedIfInForce(account: KnownAccount): KnownAccount {
  return account.state === 'in_force' ? { ...account, state: 'replaced' } : account
}

function inForce(id: string, { holderName, accountNumber, bankCode }: ReportedAccount): KnownAccount {
  return { id, holderName, accountNumber, bankCode, state: 'in_force', byEnterprise: false }
}

async function write(
  tx: Tx,
  known: ReadonlyMap<string, readonly KnownAccount[]>,
  added: ReadonlyMap<string, ReportedAccount>,
  recordedBy: string,
): Promise<void> {
  if (added.size === 0) return
  const all = [...known.values()].flat()
  const replaced = all.filter(({ id, state }) => state === 'replaced' && !added.has(id)).map(({ id }) => id)
  if (replaced.length > 0) {
    await tx
      .updateTable('payee_account')
      .set({ state: 'replaced' })
      .where(where => where('id', '=', where.fn.any(where.val(replaced))))
      .where('state', '=', 'in_force')
      .execute()
  }
  const rows = all.flatMap(account => {
    const report = added.get(account.id)
    if (report === undefined) return []
    return {
      id: account.id,
      organisation_id: report.organisationId,
      holder_name: account.holderName,
      account_number: account.accountNumber,
      bank_code: account.bankCode,
      state: account.state,
      source_id: report.sourceId,
      recorded_by: recordedBy,
    }
  })
  for (let at = 0; at < rows.length; at += ROWS_MAX) {
    await tx
      .insertInto('payee_account')
      .values(rows.slice(at, at + ROWS_MAX))
      .execute()
  }
}
