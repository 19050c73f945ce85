export {
  type Account,
  type AccountKind,
  listAccounts,
} from './accounts.ts'
export { amountInWords } from './amount-in-words.ts'
export { isBankCode } from './bank-code.ts'
export { type AccountCorrection, correctPayeeAccount } from './correct-payee-account.ts'
export type { EntryKind, Posting } from './journal.ts'
export type { JournalEntryView, JournalFilter } from './list-journal.ts'
export { listPayeeAccounts, type PayeeAccountView } from './list-payee-accounts.ts'
export {
  getPaymentFile,
  listPaymentBatches,
  type PaymentBatchState,
  type PaymentBatchView,
  type PaymentOrderView,
} from './list-payments.ts'
export {
  type OrderedPayments,
  orderPayments,
  type PaymentsToOrder,
  type PaymentToOrder,
} from './order-payments.ts'
export type { AccountDetails, PayeeAccountState, ReportOutcome } from './payee-account.ts'
export { PAYEE_ACCOUNT_RECORD, payeeAccountVersion } from './payee-account-version.ts'
export { readPayerFile } from './payer.ts'
export type { Change, Outcome } from './receipts/decide-transaction.ts'
export type { ReceiptProblem, TransactionOutcome } from './receipts/receipt-transactions.ts'
export {
  type PaymentOutcome,
  type ReceiptToReceive,
  type ReceivedReceipt,
  receiveReceipt,
} from './receipts/receive-receipt.ts'
export { type ReportedAccount, recordPayeeAccounts } from './record-payee-accounts.ts'
export { fundsRoutes } from './routes.ts'
// Ordering, settling, rejecting and returning move with a payment order: orderPayments and receiveReceipt do that.
export { appropriate, hold, release } from './transaction.ts'
export { type AccountDisagreement, type AccountVerification, verifyAccounts } from './verify-accounts.ts'
