export { signedBankRoutes } from './http/bank-routes.ts'
export { type ExchangeHandlers, exchangeRoutes } from './http/exchange-routes.ts'
export { admitBank, registerBankKey, registerTreasuryKey, revokeKey } from './keys/register-keys.ts'
export type { MessageAnswer } from './messages/answer.ts'
export { findEarlierMessages, findUsedMessageIds } from './messages/earlier-messages.sql.ts'
export type {
  Answer,
  BatchEffect,
  EarlierMessage,
  MessageBatch,
  MessageFields,
  MessageHandler,
  OutcomeChange,
  ReceivedMessage,
} from './messages/message.ts'
export { excerptOf, type MessageProblem, messageProblem } from './messages/problem.ts'
export { readJsonMessage } from './messages/read-message.ts'
export { handlersByKind, receiveMessages } from './messages/receive-messages.ts'
export {
  findPaymentFile,
  recordTreasuryFile,
  type TreasuryFile,
  type TreasuryFileKind,
} from './treasury-files.ts'
export { listBankKeys } from './views/list-keys.ts'
