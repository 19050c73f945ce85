import type { Answer, OutcomeChange } from '../exchange/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { LoanEventMessage, LoanGranted } from './bank-messages.ts'
import type { Contract } from './decide-event.ts'

/** A loan in force, as far as deciding on its messages goes. */
export interface LoanInForce extends Contract {
  readonly id: string
  readonly loan_receipt: string
  readonly organisation_id: string
  readonly filing_id: string | null
  /** Our id of the message that granted it. */
  readonly message_id: string
}

/** An event in force: not reversed. */
export interface EventInForce {
  readonly id: string
  readonly loan_id: string
  readonly message_id: string
  readonly occurred_on: PlainDate
}

export interface NewLoan {
  readonly id: string
  /** Our id of the message. */
  readonly messageId: string
  readonly granted: LoanGranted
}

export interface NewEvent {
  readonly id: string
  readonly loanId: string
  readonly messageId: string
  readonly event: LoanEventMessage
}

/** What a batch changes: found in memory, written set by set. */
export interface LoanChanges {
  /** By our id of the message. */
  readonly answers: Map<string, Answer>
  readonly changes: OutcomeChange[]
  readonly loansReversed: { readonly id: string; readonly by: string }[]
  readonly loans: NewLoan[]
  readonly eventsReversed: {
    readonly id: string
    /** Of the row that takes it back. */
    readonly newId: string
    readonly by: string
  }[]
  readonly events: NewEvent[]
  /** Loans whose share of their project's investment may have changed, and with it that of its other loans. */
  readonly sharesChanged: Set<string>
  /** By loan, the earliest day from which what its periods are computed from has changed. */
  readonly staleFrom: Map<string, PlainDate>
}

export function noChanges(): LoanChanges {
  return {
    answers: new Map(),
    changes: [],
    loansReversed: [],
    loans: [],
    eventsReversed: [],
    events: [],
    sharesChanged: new Set(),
    staleFrom: new Map(),
  }
}

/** The periods of a loan that end after a day are to be computed anew. */
export function markStale(changes: LoanChanges, loanId: string, from: PlainDate): void {
  const before = changes.staleFrom.get(loanId)
  if (before === undefined || from < before) changes.staleFrom.set(loanId, from)
}
