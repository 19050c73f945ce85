import { random } from '../random.ts'
import type { World } from '../world.ts'
import type { LoanPlan } from './plan.ts'

/** ISO 20022 external status reasons for an account that cannot be paid: wrong number, closed, blocked. */
export type AccountFault = 'AC01' | 'AC04' | 'AC06'

/** The settlement account of a borrower. */
export interface Account {
  readonly number: string
  readonly bank_code: string
  /** Why the treasury cannot pay into it; undefined: it can. */
  readonly fault: AccountFault | undefined
}

/**
 * One account for each borrower, whichever bank reports it. Some cannot be paid: only such as have a single loan,
 * so that no later loan reports the wrong account again after the enterprise has corrected it.
 */
export function openAccounts(world: World, plans: readonly LoanPlan[]): Map<string, Account> {
  const loans = new Map<string, number>()
  for (const { enterprise } of plans) {
    loans.set(enterprise.credit_code, (loans.get(enterprise.credit_code) ?? 0) + 1)
  }
  const accounts = new Map<string, Account>()
  for (const { enterprise, bank } of plans) {
    const code = enterprise.credit_code
    if (accounts.has(code)) continue
    const chance = random(world.seed, 'account', code)
    const digits = Array.from({ length: 13 }, () => chance.below(10)).join('')
    const wrong = loans.get(code) === 1 && chance.chance(5)
    accounts.set(code, {
      number: `622000${digits}`,
      bank_code: bank.code,
      fault: wrong ? chance.pick<AccountFault>(['AC01', 'AC04', 'AC06']) : undefined,
    })
  }
  return accounts
}
