import { type MessageProblem, messageProblem } from '../exchange/index.ts'
import { parseYuan } from '../platform/money.ts'
import type { BankMessage, LoanEventMessage, LoanGranted, Reversal } from './bank-messages.ts'
import { type Contract, type SettledPeriod, whyEventWaits } from './decide-event.ts'

/** A message of one loan receipt: read, or refused for itself when it came. */
export type ReceiptMessage =
  | {
      readonly id: string
      readonly messageId: string
      readonly message: BankMessage
      readonly refused?: undefined
    }
  | {
      readonly id: string
      readonly messageId: string
      readonly message?: undefined
      readonly refused: MessageProblem
    }

/** How a message stands among the others of its receipt. */
export type Standing =
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'reversed'; readonly by: string }
  | { readonly outcome: 'waiting' | 'refused'; readonly problem: MessageProblem }

export interface ReceiptDecision {
  /** By our id. */
  readonly standings: ReadonlyMap<string, Standing>
  /** Our id of the loan_granted in force. */
  readonly grantId: string | undefined
}

/**
 * Decides all messages of a loan receipt together. This is the definition of what a bank's messages mean: the
 * same messages in another order give the same loan, since what stands is found from the whole and the order of
 * arrival only breaks ties between messages that contradict each other and are both unreversed (the first
 * stands, the later one waits).
 *
 * @param messages in the order received
 * @param elsewhere identifiers that the bank used for messages of other receipts
 */
export function decideReceipt(
  messages: readonly ReceiptMessage[],
  elsewhere: ReadonlySet<string> = new Set(),
): ReceiptDecision {
  const standings = new Map<string, Standing>()
  const reversedBy = decideReversals(messages, elsewhere, standings)
  const standing = messages.flatMap(entry => {
    if (entry.message === undefined || entry.message.kind === 'reversal') return []
    const by = reversedBy.get(entry.messageId)
    if (by === undefined) return [{ id: entry.id, messageId: entry.messageId, message: entry.message }]
    standings.set(entry.id, { outcome: 'reversed', by })
    return []
  })
  const grant = standing.find(
    (entry): entry is typeof entry & { message: LoanGranted } => entry.message.kind === 'loan_granted',
  )
  const contract = grant && contractOf(grant.message)
  const settled: SettledPeriod[] = []
  for (const { id, messageId, message } of standing) {
    const why =
      message.kind === 'loan_granted'
        ? grant?.id === id
          ? undefined
          : alreadyGranted(message, grant?.messageId ?? '')
        : whyEventWaits(message, contract, settled)
    standings.set(id, why ? { outcome: 'waiting', problem: why } : { outcome: 'applied' })
    if (!why && message.kind === 'interest_settled') settled.push(settledPeriod(message, messageId))
  }
  return { standings, grantId: grant?.id }
}

export function contractOf(message: LoanGranted): Contract {
  return { granted_on: message.occurred_on, principal_fen: parseYuan(message.amount) }
}

export function settledPeriod(
  message: Extract<LoanEventMessage, { kind: 'interest_settled' }>,
  messageId: string,
): SettledPeriod {
  return { from: message.period_from, to: message.occurred_on, messageId }
}

/** @returns by the bank's identifier of the reversed message, our id of the reversal */
function decideReversals(
  messages: readonly ReceiptMessage[],
  elsewhere: ReadonlySet<string>,
  standings: Map<string, Standing>,
): Map<string, string> {
  const known = new Map(messages.map(entry => [entry.messageId, entry]))
  const reversedBy = new Map<string, string>()
  for (const { id, message, refused } of messages) {
    if (refused) standings.set(id, { outcome: 'refused', problem: refused })
    if (message?.kind !== 'reversal') continue
    const target = known.get(message.reverses)
    const refusal = target
      ? whyNotReversed(message, target, reversedBy.has(message.reverses))
      : elsewhere.has(message.reverses)
        ? reversesAnotherLoan(message)
        : undefined
    if (refusal) standings.set(id, { outcome: 'refused', problem: refusal })
    else if (!target) standings.set(id, { outcome: 'waiting', problem: targetUnknown(message) })
    else {
      reversedBy.set(message.reverses, id)
      standings.set(id, { outcome: 'applied' })
    }
  }
  return reversedBy
}

function whyNotReversed(
  reversal: Reversal,
  target: ReceiptMessage,
  reversedBefore: boolean,
): MessageProblem | undefined {
  const because = (code: string, zh: string, en: string) =>
    messageProblem(code, 'reverses', reversal.reverses, zh, en)
  if (target.refused) {
    return because(
      'loan.reverses-refused',
      `要冲正的消息 ${reversal.reverses} 当初就被拒收，没有可冲正的内容：直接以新的 message_id 报送正确内容即可。`,
      `The message ${reversal.reverses} was refused when it came: there is nothing to take back; report what is right under a new message_id.`,
    )
  }
  if (target.message.kind === 'reversal') {
    return because(
      'loan.reverses-reversal',
      `消息 ${reversal.reverses} 本身是冲正，冲正不能再冲正：请以新的 message_id 重新报送原来的内容。`,
      `The message ${reversal.reverses} is a reversal, which cannot be reversed: report what was right under a new message_id.`,
    )
  }
  if (!reversedBefore) return undefined
  return because(
    'loan.already-reversed',
    `消息 ${reversal.reverses} 已经冲正过：无需再冲正。`,
    `The message ${reversal.reverses} has been reversed already: nothing more is needed.`,
  )
}

function reversesAnotherLoan(reversal: Reversal): MessageProblem {
  return messageProblem(
    'loan.reverses-another-loan',
    'reverses',
    reversal.reverses,
    `消息 ${reversal.reverses} 说的是另一笔贷款，不是借据 ${reversal.loan_receipt}：请填写那笔贷款的借据号，以新的 message_id 报送。`,
    `The message ${reversal.reverses} speaks of another loan than ${reversal.loan_receipt}: give the receipt of that loan, under a new message_id.`,
  )
}

function targetUnknown(reversal: Reversal): MessageProblem {
  return messageProblem(
    'loan.reverses-unknown',
    'reverses',
    reversal.reverses,
    `还没有收到要冲正的消息 ${reversal.reverses}：冲正已保存，那条消息到达时即被冲正。`,
    `The message ${reversal.reverses} has not arrived: the reversal is kept and takes it back when it does.`,
  )
}

function alreadyGranted(message: LoanGranted, standing: string): MessageProblem {
  return messageProblem(
    'loan.already-granted',
    'loan_receipt',
    message.loan_receipt,
    `这张借据已由消息 ${standing} 报送：消息已保存但不生效，冲正那条消息后自动生效。`,
    `Message ${standing} has reported this receipt already: kept, without effect until that message is reversed.`,
  )
}
