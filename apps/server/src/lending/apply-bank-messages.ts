import {
  type Answer,
  type BatchEffect,
  findEarlierMessages,
  findUsedMessageIds,
  type MessageBatch,
  type MessageFields,
  type MessageHandler,
  type MessageProblem,
  messageProblem,
  type ReceivedMessage,
} from '../exchange/index.ts'
import { recordPayeeAccounts } from '../funds/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import {
  bankSourceId,
  findEventsInForce,
  findOrganisationIds,
  findOverlappingPeriods,
  findReceipts,
  insertEvents,
  insertLoans,
  type KnownReceipt,
  markPeriodsStale,
  markSiblingsStale,
  reverseEvents,
  reverseLoans,
  upsertPeriods,
} from './apply-bank-messages.sql.ts'
import { BANK_MESSAGE_FIELDS, BANK_MESSAGE_KINDS, BankMessage } from './bank-messages.ts'
import { decideEvents, decideWhole } from './decide-batch.ts'
import type { ReceiptMessage } from './decide-receipt.ts'
import { type LoanChanges, type LoanInForce, noChanges } from './loan-changes.ts'
import { futureProblem, type ReadMessage, readBankMessage } from './read-bank-message.ts'

/** What lending does with the messages of banks. */
export const bankMessageHandler: MessageHandler = {
  kinds: BANK_MESSAGE_KINDS,
  fields: BANK_MESSAGE_FIELDS,
  schema: BankMessage,
  prepare: readOnce,
  apply: applyBankMessages,
}

/** By the fields that were received, for as long as they are held: a message is read when it comes, not when it is due. */
const readBefore = new WeakMap<MessageFields, ReadMessage>()

function readOnce(fields: MessageFields): ReadMessage {
  const before = readBefore.get(fields)
  if (before) return before
  const read = readBankMessage(fields)
  readBefore.set(fields, read)
  return read
}

/**
 * Applies a batch: reads and judges each message by itself, loads what the database knows of their loans in a few
 * queries, decides in memory, and writes in a few statements.
 */
async function applyBankMessages(tx: Tx, batch: MessageBatch): Promise<BatchEffect> {
  const read = batch.messages.map(({ fields }) => readOnce(fields))
  const borrowers = await findOrganisationIds(tx, creditCodesOf(read.map(({ message }) => message)))
  const judged = judgeAll(batch, read, borrowers)
  const changes = noChanges()
  const byReceipt = Map.groupBy(
    batch.messages.flatMap((message, index) => {
      const entry = judged[index]
      return message.subject === undefined || entry === undefined ? [] : [{ receipt: message.subject, entry }]
    }),
    ({ receipt }) => receipt,
  )
  await decideAll(
    tx,
    batch.bankCode,
    new Map([...byReceipt].map(([receipt, entries]) => [receipt, entries.map(({ entry }) => entry)])),
    changes,
  )
  // A contract that waited may come to stand now: its borrower is in no message of this batch.
  const codes = creditCodesOf(changes.loans.map(({ granted }) => granted))
  const others = await findOrganisationIds(
    tx,
    codes.filter(code => !borrowers.has(code)),
  )
  const organisations = new Map([...borrowers, ...others])
  await writeChanges(tx, batch.bankCode, changes, organisations)
  await recordAccounts(tx, batch, changes.loans, organisations)
  return { answers: judged.map(entry => answerOf(entry, changes.answers)), changes: changes.changes }
}

function creditCodesOf(messages: readonly (BankMessage | undefined)[]): string[] {
  return [
    ...new Set(messages.flatMap(message => (message?.kind === 'loan_granted' ? [message.credit_code] : []))),
  ]
}

/** What each message is by itself: something possible, or refused. */
function judgeAll(
  { messages, businessDate }: MessageBatch,
  read: readonly ReadMessage[],
  organisations: ReadonlyMap<string, string>,
): ReceiptMessage[] {
  return messages.map(({ id, messageId }: ReceivedMessage, index): ReceiptMessage => {
    const { message, problem } = read[index] ?? {}
    const refused = problem ?? (message && whyRefused(message, businessDate, organisations))
    if (refused) return { id, messageId, refused }
    if (message) return { id, messageId, message }
    throw new Error(`Message ${messageId} was left unread`)
  })
}

function whyRefused(
  message: Exclude<ReceiptMessage['message'], undefined>,
  businessDate: PlainDate,
  organisations: ReadonlyMap<string, string>,
): MessageProblem | undefined {
  const future = futureProblem(message, businessDate)
  if (future || message.kind !== 'loan_granted' || organisations.has(message.credit_code)) return future
  return messageProblem(
    'loan.organisation-unknown',
    'credit_code',
    message.credit_code,
    `没有登记统一社会信用代码 ${message.credit_code}：请核对代码；代码无误的，请工信局登记该企业后以新的 message_id 报送。`,
    `No organisation has the unified social credit code ${message.credit_code}: check it; if it is right, have the bureau register the enterprise and report under a new message_id.`,
  )
}

/** Sends each receipt the short way where nothing can change how earlier messages stand, and the whole way else. */
async function decideAll(
  tx: Tx,
  bankCode: string,
  byReceipt: ReadonlyMap<string, readonly ReceiptMessage[]>,
  changes: LoanChanges,
): Promise<void> {
  const receipts = [...byReceipt.keys()]
  if (receipts.length === 0) return
  const known = await findReceipts(tx, bankCode, receipts)
  const whole: string[] = []
  const short: { loan: LoanInForce; received: readonly ReceiptMessage[] }[] = []
  for (const [receipt, received] of byReceipt) {
    const { loan, reversalWaited } = known.get(receipt) ?? {}
    if (loan && !reversalWaited && received.every(isEvent)) short.push({ loan, received })
    else whole.push(receipt)
  }
  await decideShort(tx, short, changes)
  await decideWholes(tx, bankCode, whole, byReceipt, known, changes)
}

function isEvent({ message }: ReceiptMessage): boolean {
  return message?.kind !== 'loan_granted' && message?.kind !== 'reversal'
}

async function decideShort(
  tx: Tx,
  entries: readonly { loan: LoanInForce; received: readonly ReceiptMessage[] }[],
  changes: LoanChanges,
): Promise<void> {
  const settled = await findOverlappingPeriods(
    tx,
    entries.flatMap(({ loan, received }) =>
      received.flatMap(({ message }) =>
        message?.kind === 'interest_settled'
          ? [{ loan_id: loan.id, from: message.period_from, to: message.occurred_on }]
          : [],
      ),
    ),
  )
  for (const { loan, received } of entries) decideEvents(loan, settled.get(loan.id) ?? [], received, changes)
}

async function decideWholes(
  tx: Tx,
  bankCode: string,
  receipts: readonly string[],
  byReceipt: ReadonlyMap<string, readonly ReceiptMessage[]>,
  known: ReadonlyMap<string, KnownReceipt>,
  changes: LoanChanges,
): Promise<void> {
  if (receipts.length === 0) return
  const heardOf = receipts.filter(receipt => known.get(receipt)?.heardOf)
  const earlier = Map.groupBy(await findEarlierMessages(tx, bankCode, heardOf), ({ subject }) => subject)
  const events = await findEventsInForce(
    tx,
    receipts.flatMap(receipt => known.get(receipt)?.loan?.id ?? []),
  )
  const elsewhere = await findUsedMessageIds(
    tx,
    bankCode,
    receipts.flatMap(receipt =>
      (byReceipt.get(receipt) ?? []).flatMap(({ message }) =>
        message?.kind === 'reversal' ? [message.reverses] : [],
      ),
    ),
  )
  for (const messages of byReceipt.values()) for (const { messageId } of messages) elsewhere.add(messageId)
  for (const receipt of receipts) {
    const loan = known.get(receipt)?.loan
    decideWhole(
      { earlier: earlier.get(receipt) ?? [], loan, eventsInForce: (loan && events.get(loan.id)) ?? [] },
      byReceipt.get(receipt) ?? [],
      elsewhere,
      changes,
    )
  }
}

async function writeChanges(
  tx: Tx,
  bankCode: string,
  changes: LoanChanges,
  organisations: ReadonlyMap<string, string>,
): Promise<void> {
  if (changes.loansReversed.length > 0) await reverseLoans(tx, changes.loansReversed)
  if (changes.loans.length > 0) await insertLoans(tx, bankCode, changes.loans, organisations)
  if (changes.eventsReversed.length > 0) await reverseEvents(tx, changes.eventsReversed)
  if (changes.events.length > 0) await insertEvents(tx, changes.events)
  const periods = new Map(
    changes.events.flatMap(({ loanId, event }) =>
      event.kind === 'interest_settled'
        ? [
            [
              `${loanId} ${event.occurred_on}`,
              { id: newId(), loan_id: loanId, from: event.period_from, to: event.occurred_on },
            ] as const,
          ]
        : [],
    ),
  )
  if (changes.staleFrom.size > 0) await markPeriodsStale(tx, changes.staleFrom)
  if (periods.size > 0) await upsertPeriods(tx, [...periods.values()])
  if (changes.sharesChanged.size > 0) await markSiblingsStale(tx, [...changes.sharesChanged])
}

/** The settlement accounts that new contracts name, in the order received. */
async function recordAccounts(
  tx: Tx,
  { bankCode, businessDate }: MessageBatch,
  loans: LoanChanges['loans'],
  organisations: ReadonlyMap<string, string>,
): Promise<void> {
  if (loans.length === 0) return
  const sourceId = await bankSourceId(tx, bankCode, businessDate)
  const reports = loans.flatMap(({ granted }) => {
    const organisationId = organisations.get(granted.credit_code)
    if (organisationId === undefined) return []
    return {
      organisationId,
      sourceId,
      holderName: granted.account_name,
      accountNumber: granted.account_number,
      bankCode: granted.account_bank_code,
    }
  })
  await recordPayeeAccounts(tx, reports, `bank:${bankCode}`)
}

function answerOf(entry: ReceiptMessage, answers: ReadonlyMap<string, Answer>): Answer {
  // A message that was refused before its loan receipt could be read is in no receipt's decision.
  if (entry.refused) return { outcome: 'refused', problem: entry.refused }
  const answer = answers.get(entry.id)
  if (answer) return answer
  throw new Error(`Message ${entry.messageId} was left undecided`)
}
