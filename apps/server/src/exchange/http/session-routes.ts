import { z } from 'zod'
import { isDate } from '../../platform/dates.ts'
import type { Language } from '../../platform/errors.ts'
import { type App, notFound, route } from '../../platform/http/index.ts'
import type { Scope } from '../../platform/permissions.ts'
import { problemFields } from '../messages/answer.ts'
import { listBankKeys } from '../views/list-keys.ts'
import { countMessages, findMessage, type ListedMessage, listMessages } from '../views/list-messages.ts'
import { type ListedRefusal, listRefusals } from '../views/list-refusals.ts'
import { BankKeys, CountedMessagePage, MessageInFull, RefusalPage } from './documents.ts'

const page = {
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
const date = z.string().refine(isDate).optional()
const text = z.string().max(100).optional()

const MessageQuery = z.strictObject({
  ...page,
  bank_code: text,
  outcome: z.enum(['applied', 'waiting', 'refused', 'reversed']).optional(),
  kind: text,
  loan_receipt: text,
  message_id: text,
  from: date,
  to: date,
})

/** What the bank's own page and the staff's look at. */
export function sessionRoutes(app: App): void {
  const { db } = app.database
  route(app, {
    method: 'GET',
    url: '/api/v1/bank-messages',
    permission: 'bank-message.read',
    summary: 'Messages of banks, newest first, and how many stand how',
    query: MessageQuery,
    response: CountedMessagePage,
    handler: async ({ query, scope, language }) => {
      const filter = {
        bankCode: bankOf(scope, query.bank_code),
        outcome: query.outcome,
        kind: query.kind,
        loanReceipt: query.loan_receipt,
        messageId: query.message_id,
        from: query.from,
        to: query.to,
        cursor: query.cursor,
        limit: query.limit,
      }
      const { items, next } = await listMessages(db, filter)
      const counts = query.cursor === undefined ? await countMessages(db, filter) : null
      return { items: items.map(item => messageDocument(item, language)), next, counts }
    },
  })
  route(app, {
    method: 'GET',
    url: '/api/v1/bank-messages/:id',
    permission: 'bank-message.read',
    summary: 'A message of a bank as it was received, and what became of it',
    params: z.object({ id: z.uuid() }),
    response: MessageInFull,
    handler: async ({ params, scope, language }) => {
      const message = await findMessage(db, params.id, bankOf(scope))
      if (!message) throw notFound({ zh: '银行报文', en: 'bank message' }, params.id)
      const { key_id, signature, body, body_sha256, history } = message
      return {
        ...messageDocument(message, language),
        ...{ key_id, signature, body, body_sha256 },
        history: history.map(({ recorded_at, outcome, problem, caused_by }) => ({
          recorded_at: recorded_at.toISOString(),
          outcome,
          caused_by,
          ...problemFields(problem ?? undefined, language),
        })),
      }
    },
  })
  route(app, {
    method: 'GET',
    url: '/api/v1/bank-refusals',
    permission: 'bank-message.read',
    summary: 'What could not be taken as a message: bad signatures, unreadable lines, keys used twice',
    query: z.strictObject(page),
    response: RefusalPage,
    handler: async ({ query, scope, language }) => {
      const { items, next } = await listRefusals(db, { bankCode: bankOf(scope), ...query })
      return { items: items.map(item => refusalDocument(item, language)), next }
    },
  })
  route(app, {
    method: 'GET',
    url: '/api/v1/bank-keys',
    permission: 'bank-message.read',
    summary: 'The keys with which banks sign',
    response: BankKeys,
    handler: async ({ scope }) => ({
      items: (await listBankKeys(db, bankOf(scope))).map(key => ({
        ...key,
        algorithm: key.algorithm === 'sm2' ? ('sm2' as const) : ('ed25519' as const),
        valid_from: key.valid_from.toISOString(),
        revoked_at: key.revoked_at?.toISOString() ?? null,
      })),
    }),
  })
}

/** A bank's operator reaches the bank's own; staff may ask for one bank's. */
function bankOf(scope: Scope, asked?: string | undefined): string | undefined {
  if (scope.kind === 'all') return asked
  // A scope that is no bank's reaches no message: no bank has this code.
  return scope.kind === 'bank' ? scope.bankCode : ''
}

/** A refusal in the reader's language. */
function refusalDocument({ problem, received_at, code, ...refusal }: ListedRefusal, language: Language) {
  const told = problem ?? { code, ...TOLD_BEFORE }
  return {
    ...refusal,
    ...problemFields(told, language),
    code,
    detail: language === 'zh' ? told.zh : told.en,
    received_at: received_at.toISOString(),
  }
}

/** Of what was refused before its sentence was kept. */
const TOLD_BEFORE = {
  zh: '这条较早的记录只留下了代码：含义和处理办法见银行接口文档。',
  en: 'Of this older entry only the code was kept: the bank API documentation says what it means and what to do.',
}

/** A message in the reader's language. */
export function messageDocument({ problem, ...message }: ListedMessage, language: Language) {
  return {
    id: message.id,
    bank_code: message.bank_code,
    bank_name: message.bank_name,
    message_id: message.message_id,
    kind: message.kind,
    loan_receipt: message.loan_receipt,
    channel: message.channel,
    drop_id: message.drop_id,
    line: message.line,
    received_at: message.received_at.toISOString(),
    business_date: message.business_date,
    first_outcome: message.first_outcome,
    outcome: message.outcome,
    ...problemFields(problem ?? undefined, language),
  }
}
