import { sql } from 'kysely'
import { type Tx, textRows } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { type AccountDetails, decideReport, type KnownAccount, type ReportOutcome } from './payee-account.ts'
import { lockOrganisations, readPayeeAccounts } from './payee-account-rows.ts'

/** A bank's report of an enterprise's settlement account. */
export interface ReportedAccount extends AccountDetails {
  readonly organisationId: string
  /** The row of `source` that the report came from. */
  readonly sourceId: string
}

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
    const { id, holderName, accountNumber, bankCode, state } = account
    return [[id, report.organisationId, holderName, accountNumber, bankCode, state, report.sourceId]]
  })
  await sql`
    insert into payee_account (id, organisation_id, holder_name, account_number, bank_code, state, source_id,
      recorded_by)
    select r.id::uuid, r.organisation_id::uuid, r.holder_name, r.account_number, r.bank_code, r.state,
      r.source_id::uuid, ${recordedBy}
    from ${textRows(7, rows)} as r (id, organisation_id, holder_name, account_number, bank_code, state,
      source_id)`.execute(tx)
}
