import { type MessageProblem, messageProblem } from '../exchange/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Fen, formatYuan, parseYuan } from '../platform/money.ts'
import type { LoanEventMessage } from './bank-messages.ts'

/** What of a contract an event can contradict. */
export interface Contract {
  readonly granted_on: PlainDate
  readonly principal_fen: Fen
}

/** A settled period in force, [from, to). */
export interface SettledPeriod {
  readonly from: PlainDate
  readonly to: PlainDate
  /** The bank's identifier of the message that settled it. */
  readonly messageId: string
}

/**
 * Whether an event can stand beside what else is reported of its loan. What contradicts it may be the one that is
 * wrong, and its correction may be on its way: the event waits then, and is decided again with every change.
 *
 * Balances are no ground to wait: a repayment may arrive before its drawdown, and a wrong sum shows in the
 * comparison of reported with computed interest.
 *
 * @param contract undefined while the loan is not reported
 * @param settled the periods that earlier messages settled
 * @returns why it waits; undefined when it stands
 */
export function whyEventWaits(
  event: LoanEventMessage,
  contract: Contract | undefined,
  settled: readonly SettledPeriod[],
): MessageProblem | undefined {
  if (!contract) return notReported(event.loan_receipt)
  if (event.occurred_on < contract.granted_on) return beforeGrant(event, contract.granted_on)
  if (event.kind === 'drawdown' && parseYuan(event.amount) > contract.principal_fen)
    return aboveContract(event.amount, contract.principal_fen)
  if (event.kind !== 'interest_settled') return undefined
  const collision = settled.find(period => event.period_from < period.to && period.from < event.occurred_on)
  return collision && alreadySettled(event.period_from, collision)
}

function notReported(receipt: string): MessageProblem {
  return messageProblem(
    'loan.not-reported',
    'loan_receipt',
    receipt,
    `借据 ${receipt} 的贷款尚未报送：消息已保存，贷款报送后自动生效，无需重发。`,
    `The loan ${receipt} has not been reported: the message is kept and applied when the loan is; it need not be sent again.`,
  )
}

function beforeGrant(event: LoanEventMessage, grantedOn: PlainDate): MessageProblem {
  return messageProblem(
    'loan.before-grant',
    'occurred_on',
    event.occurred_on,
    `发生日期 ${event.occurred_on} 早于贷款发放日（${grantedOn}）：消息已保存但不生效。合同报错的，冲正合同后重报；本消息报错的，冲正本消息。`,
    `occurred_on (${event.occurred_on}) is before the loan was granted (${grantedOn}): kept, without effect. Reverse whichever of the two is wrong and report it anew.`,
  )
}

function aboveContract(amount: string, principal: Fen): MessageProblem {
  return messageProblem(
    'loan.drawdown-above-contract',
    'amount',
    amount,
    `提款金额 ${amount} 元大于合同金额 ${formatYuan(principal)} 元：消息已保存但不生效。合同报错的，冲正合同后重报；本消息报错的，冲正本消息。`,
    `More is drawn (${amount}) than the contract lends (${formatYuan(principal)}): kept, without effect. Reverse whichever of the two is wrong and report it anew.`,
  )
}

function alreadySettled(from: PlainDate, period: SettledPeriod): MessageProblem {
  return messageProblem(
    'loan.period-already-settled',
    'period_from',
    from,
    `与已结息的 ${period.from} 至 ${period.to}（消息 ${period.messageId}）重叠：消息已保存但不生效，冲正那条消息后自动生效。`,
    `Overlaps the period from ${period.from} to ${period.to}, settled by message ${period.messageId}: kept, without effect until that message is reversed.`,
  )
}
