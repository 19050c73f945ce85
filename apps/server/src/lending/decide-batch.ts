import type { EarlierMessage } from '../exchange/index.ts'
import { newId } from '../platform/ids.ts'
import type { LoanEventMessage } from './bank-messages.ts'
import { type SettledPeriod, whyEventWaits } from './decide-event.ts'
import { decideReceipt, type ReceiptMessage, type Standing, settledPeriod } from './decide-receipt.ts'
import {
  type EventInForce,
  type LoanChanges,
  type LoanInForce,
  markStale,
  type NewEvent,
} from './loan-changes.ts'
import { getBankMessage } from './read-bank-message.ts'

/** What the database knows of a receipt that is decided as a whole. */
export interface ReceiptState {
  readonly earlier: readonly EarlierMessage[]
  readonly loan: LoanInForce | undefined
  readonly eventsInForce: readonly EventInForce[]
}

/**
 * The short way: events of a loan in force, where nothing can change how other messages stand. It comes to what
 * `decideReceipt` would, without reading the loan's history.
 *
 * @param settled the settled periods in force that these events could overlap
 */
export function decideEvents(
  loan: LoanInForce,
  settled: readonly SettledPeriod[],
  received: readonly ReceiptMessage[],
  changes: LoanChanges,
): void {
  const periods = [...settled]
  for (const { id, messageId, message, refused } of received) {
    if (refused) {
      changes.answers.set(id, { outcome: 'refused', problem: refused })
      continue
    }
    if (message.kind === 'loan_granted' || message.kind === 'reversal') {
      throw new Error('A contract or a reversal is decided with all messages of its receipt')
    }
    const why = whyEventWaits(message, loan, periods)
    changes.answers.set(id, why ? { outcome: 'waiting', problem: why } : { outcome: 'applied' })
    if (why) continue
    if (message.kind === 'interest_settled') periods.push(settledPeriod(message, messageId))
    addEvent(changes, loan.id, id, message)
    if (message.kind === 'drawdown' && loan.filing_id !== null) changes.sharesChanged.add(loan.id)
  }
}

/** The whole way: decides all messages of a receipt together and finds what has to change for that to hold. */
export function decideWhole(
  state: ReceiptState,
  received: readonly ReceiptMessage[],
  elsewhere: ReadonlySet<string>,
  changes: LoanChanges,
): void {
  const messages = [...state.earlier.map(readEarlier), ...received]
  const { standings, grantId } = decideReceipt(messages, elsewhere)
  const cause = received.at(-1)?.id ?? ''
  for (const { id } of received) answerNew(id, getStanding(standings, id), changes)
  for (const earlier of state.earlier) {
    const change = changeOf(earlier, getStanding(standings, earlier.id), cause)
    if (change) changes.changes.push(change)
  }

  const kept = state.loan?.message_id === grantId ? state.loan : undefined
  if (state.loan && !kept) {
    const by = reversedBy(standings, state.loan.message_id) ?? cause
    changes.loansReversed.push({ id: state.loan.id, by })
    changes.sharesChanged.add(state.loan.id)
    markStale(changes, state.loan.id, state.loan.granted_on)
  }
  const loanId = kept?.id ?? addLoan(messages, grantId, changes)
  const stands = new Set(kept ? state.eventsInForce.map(({ message_id }) => message_id) : [])
  for (const event of state.eventsInForce) {
    if (kept && standings.get(event.message_id)?.outcome === 'applied') continue
    const by = reversedBy(standings, event.message_id) ?? cause
    changes.eventsReversed.push({ id: event.id, newId: newId(), by })
    markStale(changes, event.loan_id, event.occurred_on)
  }
  if (loanId === undefined) return
  changes.sharesChanged.add(loanId)
  for (const { id, message } of messages) {
    if (!message || message.kind === 'loan_granted' || message.kind === 'reversal') continue
    if (standings.get(id)?.outcome === 'applied' && !stands.has(id)) addEvent(changes, loanId, id, message)
  }
}

function readEarlier(earlier: EarlierMessage): ReceiptMessage {
  const { id, messageId, outcome, problem, fields } = earlier
  // What was refused stays refused: the bank was told so for good.
  if (outcome === 'refused' && problem) return { id, messageId, refused: problem }
  return { id, messageId, message: getBankMessage(fields) }
}

function answerNew(id: string, standing: Standing, changes: LoanChanges): void {
  if (standing.outcome !== 'reversed') {
    changes.answers.set(id, standing)
    return
  }
  // It and its reversal arrived in the wrong order, or together: it was taken, and taken back.
  changes.answers.set(id, { outcome: 'applied' })
  changes.changes.push({ id, outcome: 'reversed', causedBy: standing.by })
}

function changeOf(earlier: EarlierMessage, standing: Standing, cause: string) {
  const problem = 'problem' in standing ? standing.problem : undefined
  if (standing.outcome === earlier.outcome && problem?.code === earlier.problem?.code) return undefined
  const causedBy = standing.outcome === 'reversed' ? standing.by : cause
  return { id: earlier.id, outcome: standing.outcome, problem, causedBy }
}

function getStanding(standings: ReadonlyMap<string, Standing>, id: string): Standing {
  const standing = standings.get(id)
  if (standing) return standing
  throw new Error(`Message ${id} was left undecided`)
}

function reversedBy(standings: ReadonlyMap<string, Standing>, id: string): string | undefined {
  const standing = standings.get(id)
  return standing?.outcome === 'reversed' ? standing.by : undefined
}

function addLoan(
  messages: readonly ReceiptMessage[],
  grantId: string | undefined,
  changes: LoanChanges,
): string | undefined {
  const granted = messages.find(({ id }) => id === grantId)?.message
  if (grantId === undefined || granted?.kind !== 'loan_granted') return undefined
  const id = newId()
  changes.loans.push({ id, messageId: grantId, granted })
  return id
}

function addEvent(changes: LoanChanges, loanId: string, messageId: string, event: LoanEventMessage): void {
  const added: NewEvent = { id: newId(), loanId, messageId, event }
  changes.events.push(added)
  markStale(changes, loanId, event.occurred_on)
}
