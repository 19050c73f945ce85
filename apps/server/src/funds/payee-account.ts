import { DomainError } from '../platform/errors.ts'
import { isBankCode } from './bank-code.ts'

/** An account into which an enterprise can be paid. */
export interface AccountDetails {
  readonly holderName: string
  /** 8 to 32 digits, without spaces. */
  readonly accountNumber: string
  /** CNAPS bank code of the branch that keeps it. */
  readonly bankCode: string
}

export type PayeeAccountState = 'in_force' | 'rejected' | 'replaced'

export interface KnownAccount extends AccountDetails {
  readonly id: string
  readonly state: PayeeAccountState
  /** The enterprise gave it itself: its own word counts more than a bank's. */
  readonly byEnterprise: boolean
}

const NUMBER = /^\d{8,32}$/
/** Max140Text of ISO 20022, and nothing that a form could not print. */
const HOLDER = /^(?! )[^\p{Cc}\p{Cs}]{1,140}(?<! )$/u

/**
 * Why an account cannot be paid into, or undefined when it can.
 *
 * @returns DomainError `payee.account-number-malformed`, `payee.bank-code-invalid`, `payee.holder-malformed`
 */
export function accountProblem({
  holderName,
  accountNumber,
  bankCode,
}: AccountDetails): DomainError | undefined {
  if (!NUMBER.test(accountNumber)) {
    return new DomainError({
      code: 'payee.account-number-malformed',
      value: maskAccountNumber(accountNumber),
      where: 'account_number',
      zh: '账号应为 8 至 32 位数字，不含空格或其他符号：请对照开户许可证或网银核对。',
      en: 'An account number has 8 to 32 digits and nothing else: compare it with the bank’s own papers.',
    })
  }
  if (!isBankCode(bankCode)) {
    return new DomainError({
      code: 'payee.bank-code-invalid',
      value: bankCode,
      where: 'bank_code',
      zh: `“${bankCode}”不是有效的 12 位支付系统行号（校验位不符）：请向开户行索取。`,
      en: `"${bankCode}" is not a CNAPS code of 12 digits whose check digit holds: ask the bank for it.`,
    })
  }
  if (!HOLDER.test(holderName)) {
    return new DomainError({
      code: 'payee.holder-malformed',
      where: 'holder_name',
      zh: '户名应为 1 至 140 个字，首尾无空格。',
      en: 'The holder’s name has 1 to 140 characters, without spaces around it.',
    })
  }
  return undefined
}

/** How an account number is shown: `**** 1234`. One too short to hide anything shows nothing. */
export function maskAccountNumber(accountNumber: string): string {
  return accountNumber.length < 8 ? '****' : `**** ${accountNumber.slice(-4)}`
}

export function isSameAccount(a: AccountDetails, b: AccountDetails): boolean {
  return a.accountNumber === b.accountNumber && a.bankCode === b.bankCode
}

/**
 * What a bank's report of an account means for the enterprise.
 *
 *     recorded         nothing was in force: it is now
 *     replaced         the same bank named another account before: the newer one is in force
 *     unchanged        it is the one in force
 *     kept             another one is in force, of another bank or given by the enterprise: that one stands
 *     rejected_before  the treasury could not pay into this account: the enterprise must name another
 *     invalid          nobody could be paid into it
 */
export type ReportOutcome = 'recorded' | 'replaced' | 'unchanged' | 'kept' | 'rejected_before' | 'invalid'

export function decideReport(known: readonly KnownAccount[], reported: AccountDetails): ReportOutcome {
  if (accountProblem(reported) !== undefined) return 'invalid'
  const inForce = known.find(account => account.state === 'in_force')
  if (inForce !== undefined && isSameAccount(inForce, reported)) return 'unchanged'
  if (known.some(account => account.state === 'rejected' && isSameAccount(account, reported))) {
    return 'rejected_before'
  }
  if (inForce === undefined) return 'recorded'
  return !inForce.byEnterprise && inForce.bankCode === reported.bankCode ? 'replaced' : 'kept'
}
