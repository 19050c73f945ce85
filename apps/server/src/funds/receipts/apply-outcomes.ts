import { actorName, type SystemActor } from '../../platform/audit.ts'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Actor } from '../../platform/permissions.ts'
import { type Posting, post } from '../journal.ts'
import type { DecidedTransaction } from './decide-receipt.ts'
import { type Change, isChange } from './decide-transaction.ts'
import { changeBatches, changePayments, rejectPayeeAccounts } from './payments.sql.ts'

/**
 * Reason codes that speak of the payee's account (ISO 20022 ExternalStatusReason1Code): wrong, missing, closed,
 * blocked, of the wrong kind, not the payee's, or at an unknown bank. For any other the same account is tried again.
 */
const ACCOUNT_REASONS = new Set(['AC01', 'AC03', 'AC04', 'AC06', 'AC07', 'AC14', 'BE01', 'RC01', 'RC04'])

/** Moves the money that the outcomes move, and brings payments, batches and accounts to where they now stand. */
export async function applyOutcomes(
  tx: Tx,
  decided: readonly DecidedTransaction[],
  batchIds: readonly string[],
  { businessDate, actor }: { readonly businessDate: PlainDate; readonly actor: Actor | SystemActor },
): Promise<void> {
  const moved = decided.flatMap(({ payment, outcome, said }) =>
    payment && isChange(outcome) ? [{ payment, outcome, said }] : [],
  )
  const last = new Map(moved.map(each => [each.payment.id, each]))
  if (last.size > 0) {
    await changePayments(
      tx,
      [...last.values()].map(({ payment, outcome, said }) => ({
        id: payment.id,
        state: outcome,
        reasonCode: outcome === 'settled' ? null : said.reasonCode,
        settledOn: outcome === 'settled' ? (said.bookedOn ?? businessDate) : null,
        treasuryReference: said.treasuryReference,
      })),
    )
  }
  await changeBatches(tx, batchIds)
  const unpayable = moved.flatMap(({ payment, outcome, said }) =>
    outcome !== 'settled' && said.reasonCode !== null && ACCOUNT_REASONS.has(said.reasonCode)
      ? [{ payeeAccountId: payment.payeeAccountId, reasonCode: said.reasonCode }]
      : [],
  )
  if (unpayable.length > 0) await rejectPayeeAccounts(tx, unpayable)
  const postings = (wanted: Change): Posting[] =>
    moved
      .filter(({ outcome }) => outcome === wanted)
      .map(({ payment, said }) => ({
        year: payment.budgetYear,
        amountFen: payment.amountFen,
        businessDate,
        actor: actorName(actor),
        reference: { kind: 'payment_order', id: payment.id },
        memo: [payment.endToEndId, said.statusCode, said.reasonCode].filter(Boolean).join(' '),
      }))
  // A payment can be settled and returned in one file: what is returned must first have been paid.
  await post(tx, 'settle', postings('settled'))
  await post(tx, 'reject', postings('rejected'))
  await post(tx, 'return', postings('returned'))
}
