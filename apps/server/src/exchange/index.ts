export {
  findEarlierMessages,
  findReceiptsWithWaiting,
  findUsedMessageIds,
} from './messages/earlier-messages.sql.ts'
export type {
  Answer,
  BatchEffect,
  EarlierMessage,
  MessageBatch,
  MessageFields,
  MessageHandler,
  Outcome,
  OutcomeChange,
  ReceivedMessage,
} from './messages/message.ts'
export { type MessageProblem, messageProblem } from './messages/problem.ts'
export {
  findPaymentFile,
  recordTreasuryFile,
  type TreasuryFile,
  type TreasuryFileKind,
} from './treasury-files.ts'
