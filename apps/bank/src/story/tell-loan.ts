import type { BankMessage, SentMessage } from '../messages.ts'
import { formatYuan } from '../money.ts'
import { by } from '../order.ts'
import { random } from '../random.ts'
import type { Account } from './accounts.ts'
import { writeRate } from './lpr.ts'
import type { LoanPlan } from './plan.ts'
import { type Act, schedule } from './schedule.ts'
import { type PaidSettlement, payInterest } from './settlements.ts'

type Sent = Pick<SentMessage, 'sent_on' | 'message'>

const onTheDay = (message: BankMessage): Sent => ({ sent_on: message.occurred_on, message })

function granted(plan: LoanPlan, account: Account): Sent {
  return onTheDay({
    message_id: `${plan.loan_receipt}-G`,
    kind: 'loan_granted',
    loan_receipt: plan.loan_receipt,
    occurred_on: plan.granted_on,
    credit_code: plan.enterprise.credit_code,
    enterprise_name: plan.enterprise.name,
    ...(plan.filing && { filing_number: plan.filing.filing_number }),
    product: plan.product,
    amount: formatYuan(plan.principal),
    annual_rate: writeRate(plan.basis_points),
    day_count: plan.day_count,
    settlement: plan.settlement,
    matures_on: plan.matures_on,
    account_number: account.number,
    account_name: plan.enterprise.name,
    account_bank_code: account.bank_code,
    ...(plan.refinances && { refinances_loan_receipt: plan.refinances.loan_receipt }),
  })
}

function refinanced(plan: LoanPlan, old: LoanPlan): Sent {
  return onTheDay({
    message_id: `${plan.loan_receipt}-F`,
    kind: 'refinanced',
    loan_receipt: plan.loan_receipt,
    occurred_on: plan.first_drawn_on,
    refinances_loan_receipt: old.loan_receipt,
  })
}

function acted(plan: LoanPlan, act: Act, number: number): Sent {
  const common = { loan_receipt: plan.loan_receipt, occurred_on: act.on }
  switch (act.kind) {
    case 'drawdown':
    case 'repayment':
    case 'early_repayment': {
      const letter = { drawdown: 'D', repayment: 'R', early_repayment: 'E' }[act.kind]
      return onTheDay({
        message_id: `${plan.loan_receipt}-${letter}${number}`,
        kind: act.kind,
        ...common,
        amount: formatYuan(act.fen),
      })
    }
    case 'rate_change':
      return onTheDay({
        message_id: `${plan.loan_receipt}-P${number}`,
        kind: act.kind,
        ...common,
        annual_rate: act.annual_rate,
      })
    case 'extension':
      return onTheDay({
        message_id: `${plan.loan_receipt}-X${number}`,
        kind: act.kind,
        ...common,
        matures_on: act.matures_on,
        ...(plan.filing && { filing_number: plan.filing.filing_number }),
      })
    default:
      return act satisfies never
  }
}

/** A settlement; where it was paid late, also its reversal and what is right since then. */
function settled(plan: LoanPlan, { from, to, due, paid_at_first, made_up }: PaidSettlement): Sent[] {
  const message_id = `${plan.loan_receipt}-S${to.replaceAll('-', '')}`
  const first: BankMessage = {
    message_id,
    kind: 'interest_settled',
    loan_receipt: plan.loan_receipt,
    occurred_on: to,
    period_from: from,
    interest_due: formatYuan(due),
    interest_paid: formatYuan(paid_at_first),
    penalty_paid: formatYuan(0n),
  }
  if (!made_up) return [onTheDay(first)]
  const replacement: BankMessage = {
    ...first,
    message_id: `${message_id}-2`,
    interest_paid: formatYuan(due),
    penalty_paid: formatYuan(made_up.penalty),
  }
  return [
    onTheDay(first),
    onTheDay({
      message_id: `${message_id}-V`,
      kind: 'reversal',
      loan_receipt: plan.loan_receipt,
      occurred_on: made_up.on,
      reverses: message_id,
    }),
    { sent_on: made_up.on, message: replacement },
  ]
}

/** Everything a bank says of one loan, from the grant to the last settlement, in the order in which it says it. */
export function tellLoan(plan: LoanPlan, account: Account, seed: number): SentMessage[] {
  const chance = random(seed, 'life', plan.number)
  const { settlements, acts, overdue } = payInterest(plan, schedule(plan, chance), chance)
  const common = { loan_receipt: plan.loan_receipt }
  const sent: Sent[] = [
    granted(plan, account),
    ...acts.map((act, index) => acted(plan, act, index + 1)),
    ...(plan.refinances ? [refinanced(plan, plan.refinances)] : []),
    ...settlements.flatMap(settlement => settled(plan, settlement)),
  ]
  if (overdue) {
    sent.push(
      onTheDay({
        message_id: `${plan.loan_receipt}-O`,
        kind: 'overdue',
        ...common,
        occurred_on: overdue.on,
        amount: formatYuan(overdue.fen),
      }),
    )
    if (overdue.cured_on !== undefined) {
      sent.push(
        onTheDay({
          message_id: `${plan.loan_receipt}-C`,
          kind: 'cured',
          ...common,
          occurred_on: overdue.cured_on,
        }),
      )
    }
  }
  return sent.sort(by(({ sent_on }) => sent_on)).map(each => ({ bank_code: plan.bank.code, ...each }))
}
