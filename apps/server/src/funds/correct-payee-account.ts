import { actorName, recordAudit, type SystemActor } from '../platform/audit.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Actor } from '../platform/permissions.ts'
import { type AccountDetails, accountProblem, isSameAccount, maskAccountNumber } from './payee-account.ts'
import { lockOrganisations, readPayeeAccounts } from './payee-account-rows.ts'

export interface AccountCorrection {
  readonly organisationId: string
  readonly accountNumber: string
  readonly bankCode: string
  /** The row of `source`, of kind `person`, that says who gave it. */
  readonly sourceId: string
  readonly actor: Actor | SystemActor
  readonly businessDate: PlainDate
}

/**
 * Puts the account that an enterprise names in force, in place of one that the treasury rejected or that the
 * enterprise no longer wants. The holder is the enterprise: nobody else can be paid in its stead, so the name is
 * not asked for.
 *
 * @returns the id of the account in force
 * @throws DomainError `payee.account-number-malformed`, `payee.bank-code-invalid`, `payee.account-rejected-before`,
 *   `organisation.unknown`
 */
export async function correctPayeeAccount(tx: Tx, correction: AccountCorrection): Promise<string> {
  const { organisationId, actor, businessDate } = correction
  const holderName = (await lockOrganisations(tx, [organisationId])).get(organisationId)
  if (holderName === undefined) throw unknownOrganisation(organisationId)
  const account: AccountDetails = {
    holderName: holderName.slice(0, 140).trim(),
    accountNumber: correction.accountNumber.replace(/[\s-]/g, ''),
    bankCode: correction.bankCode.trim(),
  }
  const problem = accountProblem(account)
  if (problem !== undefined) throw problem
  const known = await readPayeeAccounts(tx, [organisationId])
  const inForce = known.find(({ state }) => state === 'in_force')
  if (inForce !== undefined && isSameAccount(inForce, account)) return inForce.id
  const rejected = known.find(each => each.state === 'rejected' && isSameAccount(each, account))
  if (rejected !== undefined) throw rejectedBefore(account, rejected.rejectedReason)

  if (inForce !== undefined) {
    await tx
      .updateTable('payee_account')
      .set({ state: 'replaced' })
      .where('id', '=', inForce.id)
      .executeTakeFirstOrThrow()
  }
  const id = newId()
  await tx
    .insertInto('payee_account')
    .values({
      id,
      organisation_id: organisationId,
      holder_name: account.holderName,
      account_number: account.accountNumber,
      bank_code: account.bankCode,
      source_id: correction.sourceId,
      recorded_by: actorName(actor),
    })
    .execute()
  await recordAudit(tx, {
    actor,
    businessDate,
    action: 'payee-account.corrected',
    subjectKind: 'organisation',
    subjectId: organisationId,
    detail: { payee_account_id: id, account: maskAccountNumber(account.accountNumber) },
  })
  return id
}

function rejectedBefore({ accountNumber }: AccountDetails, reason: string | null): DomainError {
  const account = maskAccountNumber(accountNumber)
  return new DomainError({
    code: 'payee.account-rejected-before',
    value: account,
    where: 'account_number',
    zh: `账户 ${account} 此前已被退回（原因代码 ${reason ?? '未说明'}）：请填写另一账户，或先请开户行处理。`,
    en: `Account ${account} was rejected before (reason ${reason ?? 'not given'}): name another one, or have the bank put it right first.`,
  })
}

function unknownOrganisation(organisationId: string): DomainError {
  return new DomainError({
    code: 'organisation.unknown',
    value: organisationId,
    zh: '没有这家企业。',
    en: 'There is no such organisation.',
    status: 404,
  })
}
