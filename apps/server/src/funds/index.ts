export {
  ACCOUNT_KINDS,
  type Account,
  type AccountKind,
  InsufficientFundsError,
  listAccounts,
} from './accounts.ts'
export { amountInWords } from './amount-in-words.ts'
export { isBankCode } from './bank-code.ts'
export { type AccountCorrection, correctPayeeAccount } from './correct-payee-account.ts'
export type { EntryKind, Posting } from './journal.ts'
export { type JournalEntryView, type JournalFilter, listJournal } from './list-journal.ts'
export { findAccountsInForce, listPayeeAccounts, type PayeeAccountView } from './list-payee-accounts.ts'
export {
  BATCH_STATES,
  getPaymentFile,
  listPaymentBatches,
  listPayments,
  type PaymentBatchState,
  type PaymentBatchView,
  type PaymentOrderView,
} from './list-payments.ts'
export {
  ORDERS_MAX,
  type OrderedPayments,
  orderPayments,
  type PaymentsToOrder,
  type PaymentToOrder,
} from './order-payments.ts'
export {
  type AccountDetails,
  accountProblem,
  maskAccountNumber,
  type PayeeAccountState,
  type ReportOutcome,
} from './payee-account.ts'
export { PayerFile, readPayerFile } from './payer.ts'
export { type Change, isProblem, OUTCOMES, type Outcome } from './receipts/decide-transaction.ts'
export { LIMITS as RECEIPT_LIMITS } from './receipts/read-xml.ts'
export {
  listReceiptProblems,
  type ReceiptProblem,
  type TransactionOutcome,
} from './receipts/receipt-transactions.ts'
export {
  type PaymentOutcome,
  type ReceiptToReceive,
  type ReceivedReceipt,
  receiveReceipt,
} from './receipts/receive-receipt.ts'
export { type ReportedAccount, recordPayeeAccounts } from './record-payee-accounts.ts'
export {
  appropriate,
  hold,
  order,
  recover,
  reject,
  release,
  restore,
  returnPayment,
  settle,
} from './transaction.ts'
export { type AccountDisagreement, type AccountVerification, verifyAccounts } from './verify-accounts.ts'
