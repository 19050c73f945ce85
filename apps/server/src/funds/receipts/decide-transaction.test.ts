import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decideTransaction, type PaymentState } from './decide-transaction.ts'
import type { ReceiptKind, ReceiptTransaction, Statement } from './receipt.ts'

const KINDS = { report: 'pain.002.001.11', notification: 'camt.054.001.08' } as const

function said(says: Statement, change: Partial<ReceiptTransaction> = {}): ReceiptTransaction {
  return {
    wholeBatch: false,
    endToEndId: 'PB2022-0001-00001',
    batchNumber: null,
    says,
    statusCode: '',
    reasonCode: null,
    amount: { fen: 100n, currency: 'CNY' },
    accountNumber: null,
    bookedOn: null,
    treasuryReference: null,
    ...change,
  }
}

function payment(state: PaymentState, heardFrom: readonly ReceiptKind[] = []) {
  return {
    state,
    amountFen: 100n,
    accountNumber: '6222000011112222',
    batchNumber: 'PB2022-0001',
    heardFrom: new Set(heardFrom),
  }
}

suite('what a receipt means for a payment', () => {
  const table = [
    // says, state before, outcome at first, outcome when the same kind of receipt spoke before
    ['settled', 'ordered', 'settled', 'settled'],
    ['settled', 'settled', 'confirmed', 'already_settled'],
    ['settled', 'rejected', 'settled_after_rejection', 'settled_after_rejection'],
    ['settled', 'returned', 'confirmed', 'already_settled'],
    ['rejected', 'ordered', 'rejected', 'rejected'],
    ['rejected', 'settled', 'rejected_after_settlement', 'rejected_after_settlement'],
    ['rejected', 'rejected', 'confirmed', 'already_rejected'],
    ['rejected', 'returned', 'confirmed', 'already_rejected'],
    ['returned', 'ordered', 'rejected', 'rejected'],
    ['returned', 'settled', 'returned', 'returned'],
    ['returned', 'rejected', 'confirmed', 'already_rejected'],
    ['returned', 'returned', 'confirmed', 'already_rejected'],
    ['pending', 'ordered', 'pending', 'pending'],
    ['pending', 'settled', 'pending', 'pending'],
    ['unknown', 'ordered', 'unknown_status', 'unknown_status'],
    ['unknown', 'settled', 'unknown_status', 'unknown_status'],
  ] as const
  for (const [says, state, atFirst, again] of table) {
    test(`"${says}" of a payment that is ${state}: ${atFirst}, said again: ${again}`, () => {
      assert.equal(decideTransaction(KINDS.report, said(says), payment(state)), atFirst)
      assert.equal(decideTransaction(KINDS.report, said(says), payment(state, [KINDS.notification])), atFirst)
      assert.equal(decideTransaction(KINDS.report, said(says), payment(state, [KINDS.report])), again)
    })
  }

  const differences = [
    ['no such payment', 'report', {}, false, 'unknown_payment'],
    ['another amount', 'report', { amount: { fen: 99n, currency: 'CNY' } }, true, 'amount_differs'],
    ['another currency', 'report', { amount: { fen: 100n, currency: 'HKD' } }, true, 'amount_differs'],
    ['parts of a fen', 'report', { amount: { fen: null, currency: 'CNY' } }, true, 'amount_differs'],
    ['no amount in a notification', 'notification', { amount: null }, true, 'amount_differs'],
    ['no amount and no batch in a report', 'report', { amount: null }, true, 'amount_differs'],
    [
      'no amount in a report on our batch',
      'report',
      { amount: null, batchNumber: 'PB2022-0001' },
      true,
      'settled',
    ],
    ['another batch', 'report', { batchNumber: 'PB2022-0002' }, true, 'batch_differs'],
    ['another account', 'notification', { accountNumber: '6222000011112223' }, true, 'account_differs'],
    ['the account it was', 'notification', { accountNumber: '6222000011112222' }, true, 'settled'],
  ] as const
  for (const [what, kind, change, known, outcome] of differences) {
    test(`${what}: ${outcome}`, () => {
      const of = known ? payment('ordered') : undefined
      assert.equal(decideTransaction(KINDS[kind], said('settled', change), of), outcome)
    })
  }
})
