import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type App, languageOf, route } from '../../platform/http/index.ts'
import { writeDropAnswer } from '../drops/drop-answer.ts'
import type { DropFormat } from '../drops/read-drop.ts'
import { receiveDrop } from '../drops/receive-drop.ts'
import { type SpooledFile, spool } from '../drops/spool.ts'
import { findBankKey } from '../keys/find-keys.ts'
import { answerDocument, statusOf } from '../messages/answer.ts'
import { createIntake, type Intake } from '../messages/intake.ts'
import type { MessageHandler } from '../messages/message.ts'
import { type MessageProblem, messageProblem } from '../messages/problem.ts'
import { MESSAGE_BYTES_MAX, readJsonMessage } from '../messages/read-message.ts'
import { type Handlers, handlersByKind } from '../messages/receive-messages.ts'
import { recordRefusals } from '../messages/refusals.ts'
import { requireDigest } from '../signatures/authenticate-request.ts'
import { readIdempotencyKey } from '../signatures/idempotency-key.ts'
import { headerOf } from '../signatures/signature-base.ts'
import { rememberKeys } from '../signatures/signing-keys.ts'
import { listMessages } from '../views/list-messages.ts'
import { DropAnswer, MessageAnswer, MessagePage } from './documents.ts'
import { messageDocument } from './session-routes.ts'
import { contentType, getSignedBody, getSignedHead, keepingRefusals, signedRoutes } from './signed-routes.ts'

const FILE_TYPES = ['application/x-ndjson', 'text/csv']

/** What banks' programs ask for, signed. */
export function bankRoutes(app: App, messageHandlers: readonly MessageHandler[]): void {
  const handlers = handlersByKind(messageHandlers)
  const findKey = rememberKeys(keyId => findBankKey(app.database.db, keyId))
  const intake = createIntake(app.database, handlers)
  const [first] = messageHandlers
  signedRoutes(app, findKey, inside => {
    route(inside, {
      method: 'POST',
      url: '/api/v1/bank/messages',
      permission: 'signed',
      summary: 'One message of a bank',
      tag: 'bank',
      ...(first ? { body: first.schema } : {}),
      response: MessageAnswer,
      bodyLimit_bytes: MESSAGE_BYTES_MAX,
      handler: ({ request, reply }) => receiveSingle(inside, intake, request, reply),
    })
    route(inside, {
      method: 'POST',
      url: '/api/v1/bank/drops',
      permission: 'signed',
      summary: 'A file of messages: NDJSON or CSV, one a line',
      tag: 'bank',
      consumes: FILE_TYPES,
      body: z.string().describe('One message a line; CSV begins with a line of field names'),
      response: DropAnswer,
      handler: ({ request, reply }) => receiveFile(inside, handlers, request, reply),
    })
    route(inside, {
      method: 'GET',
      url: '/api/v1/bank/messages',
      permission: 'signed',
      summary: 'What was received from this bank, newest first, and how it stands now',
      tag: 'bank',
      query: z.strictObject({
        after: z.uuid().optional(),
        outcome: z.enum(['applied', 'waiting', 'refused', 'reversed']).optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
      response: MessagePage,
      handler: async ({ query: { after, outcome, limit }, request, language }) => {
        const filter = { bankCode: getSignedHead(request).holder, cursor: after, outcome, limit }
        const { items, next } = await listMessages(app.database.db, filter)
        return { items: items.map(item => messageDocument(item, language)), next }
      },
    })
  })
}

/**
 * Further routes for banks' programs, of modules above this one.
 *
 * @param declare is given the code of the bank whose key signed a request
 */
export function signedBankRoutes(
  app: App,
  declare: (inside: App, bankOf: (request: FastifyRequest) => string) => void,
): void {
  const findKey = rememberKeys(keyId => findBankKey(app.database.db, keyId))
  signedRoutes(app, findKey, inside => declare(inside, request => getSignedHead(request).holder))
}

async function receiveSingle(
  app: App,
  intake: Intake,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const signed = getSignedHead(request)
  const body = getSignedBody(request)
  const key = readIdempotencyKey(headerOf(request, 'idempotency-key'))
  const refuse = async (messageId: string | null, problem: MessageProblem) => {
    const { holder: bankCode, keyId } = signed
    await recordRefusals(app.database.db, [{ problem, bankCode, keyId, idempotencyKey: key, body }])
    return send(request, reply, { messageId, outcome: 'refused', replayed: false, problem })
  }
  const { message, problem } = readJsonMessage(body)
  if (problem) return refuse(null, problem)
  if (message.messageId !== key) return refuse(message.messageId, keyIsNotMessageId(message.messageId, key))
  const answer = await intake.receive(signed.holder, {
    ...message,
    keyId: signed.keyId,
    signature: signed.signature,
  })
  return send(request, reply, answer)
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Parameters<typeof answerDocument>[0],
): FastifyReply {
  const document = answerDocument(answer, languageOf(request.headers['accept-language']))
  return reply
    .status(statusOf(answer))
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(document)
}

function keyIsNotMessageId(messageId: string, key: string) {
  return messageProblem(
    'bank.key-is-not-message-id',
    'message_id',
    messageId,
    `Idempotency-Key 是“${key}”，消息的 message_id 是“${messageId}”，两者应相同：请改正后重发。`,
    `Idempotency-Key is "${key}" and the message_id "${messageId}": make them the same and send it again.`,
  )
}

async function receiveFile(
  app: App,
  handlers: Handlers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const signed = getSignedHead(request)
  const idempotencyKey = readIdempotencyKey(headerOf(request, 'idempotency-key'))
  const format = formatOf(request)
  const body: unknown = request.body
  if (!(body instanceof Readable)) throw contentType(FILE_TYPES)
  await using file = await spool(body)
  const refused = { bankCode: signed.holder, keyId: signed.keyId, idempotencyKey }
  const received = await keepingRefusals(
    app,
    refused,
    () => beginningOf(file),
    async () => {
      requireDigest(signed, file.sha256)
      return receiveDrop(app.database.db, handlers, {
        bankCode: signed.holder,
        keyId: signed.keyId,
        signature: signed.signature,
        idempotencyKey,
        format,
        file,
      })
    },
  )
  const language = languageOf(request.headers['accept-language'])
  const answer = Readable.from(writeDropAnswer(app.database.db, received, language), { objectMode: false })
  return reply.type('application/json; charset=utf-8').send(answer)
}

function formatOf(request: FastifyRequest): DropFormat {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-ndjson') return 'ndjson'
  if (type === 'text/csv') return 'csv'
  throw contentType(FILE_TYPES)
}

async function beginningOf(file: SpooledFile): Promise<Uint8Array> {
  const { bytesRead, buffer } = await file.handle.read(Buffer.alloc(4096), 0, 4096, 0)
  return buffer.subarray(0, bytesRead)
}
