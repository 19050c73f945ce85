import { FILING_NUMBER, RIVERBANK } from '../../test/bank-fixture.ts'
import type { Fields } from '../../test/bank-stories.ts'

/** Messages of one bank over a year, made without chance: a loan each, then what happens to it. */

export const receiptOf = (loan: number) => `BENCH-${String(loan).padStart(7, '0')}`

export function granted(loan: number, creditCode: string): Fields {
  return {
    message_id: `G-${loan}`,
    kind: 'loan_granted',
    loan_receipt: receiptOf(loan),
    occurred_on: '2022-06-15',
    credit_code: creditCode,
    enterprise_name: '测试市某某智能装备有限公司',
    filing_number: FILING_NUMBER,
    product: '数字贷',
    amount: '5000000.00',
    annual_rate: '0.0370',
    day_count: 'ACT/360',
    settlement: 'quarterly',
    matures_on: '2025-06-14',
    account_number: String(10_000_000_000 + loan),
    account_name: '测试市某某智能装备有限公司',
    account_bank_code: RIVERBANK,
  }
}

const QUARTERS = ['2022-06-21', '2022-09-21', '2022-12-21', '2023-03-21', '2023-06-21']

/** The nth thing that happens to a loan: two movements of principal, then a settlement, and again. */
export function happened(loan: number, nth: number): Fields {
  const common = { message_id: `E-${loan}-${nth}`, loan_receipt: receiptOf(loan) }
  const quarter = Math.trunc(nth / 3) % 4
  switch (nth % 3) {
    case 0:
      return { ...common, kind: 'drawdown', occurred_on: '2022-06-21', amount: '250000.00' }
    case 1:
      return { ...common, kind: 'repayment', occurred_on: QUARTERS[quarter + 1] ?? '', amount: '100000.00' }
    default:
      return {
        ...common,
        kind: 'interest_settled',
        occurred_on: QUARTERS[quarter + 1] ?? '',
        period_from: QUARTERS[quarter] ?? '',
        interest_due: '46763.89',
        interest_paid: '46763.89',
        penalty_paid: '0.00',
      }
  }
}
