import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { z } from 'zod'
import { type BankFixture, bankFixture } from '../../../../../test/bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { signedHeaders, type TestSigner } from '../../../../../test/request-signer.ts'
import { createAuth } from '../../platform/auth/index.ts'
import { createHttp } from '../../platform/http/index.ts'
import { bankRoutes } from '../http/bank-routes.ts'
import type { MessageHandler } from '../messages/message.ts'
import { messageProblem } from '../messages/problem.ts'

/** A handler that knows no loan: it applies what says "ok", keeps the rest waiting, and fails on "fault". */
export const parrot: MessageHandler = {
  kinds: ['parrot'],
  fields: ['message_id', 'kind', 'loan_receipt', 'occurred_on', 'says'],
  schema: z.object({ says: z.string() }),
  apply: async (_tx, { messages }) => {
    applied.push(...messages.map(({ messageId }) => messageId))
    if (messages.some(({ fields }) => fields.says === 'fault')) throw new Error('a fault of ours')
    return {
      answers: messages.map(({ fields }) =>
        fields.says === 'ok'
          ? { outcome: 'applied' }
          : {
              outcome: 'waiting',
              problem: messageProblem('parrot.silent', 'says', fields.says, '等待', 'waiting'),
            },
      ),
      changes: [],
    }
  },
}
/** The identifiers of what the parrot was given. */
export const applied: string[] = []

export type Document = Record<string, unknown>

export interface Sending {
  readonly signer?: TestSigner
  readonly type?: string
  readonly language?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Received {
  readonly status: number
  readonly document: Document
}

/** A server that speaks the bank API over real HTTP, with a parrot behind it. */
export class BankServer {
  readonly database: TestDatabase
  readonly banks: BankFixture
  readonly origin: string
  readonly #http: FastifyInstance

  private constructor(database: TestDatabase, banks: BankFixture, http: FastifyInstance, origin: string) {
    this.database = database
    this.banks = banks
    this.#http = http
    this.origin = origin
  }

  static async start(): Promise<BankServer> {
    const database = await testDatabase()
    const banks = await bankFixture(database.ownerUrl)
    const http = await createHttp({
      database,
      auth: createAuth(database, 'a secret for tests that is long enough'),
      city: { ...TEST_CITY, folder: '' },
      log: pino({ level: process.env.LOG ?? 'silent' }),
      demonstration: false,
      routes: [app => bankRoutes(app, [parrot])],
    })
    return new BankServer(database, banks, http, await http.listen({ host: '127.0.0.1', port: 0 }))
  }

  async stop(): Promise<void> {
    await this.#http.close()
  }

  /** Sends a body, signed, and reads the answer. */
  async post(url: string, body: string | Buffer, key: string, sending: Sending = {}): Promise<Received> {
    const {
      signer = this.banks.riverbank,
      type = 'application/json',
      language = 'zh',
      headers = {},
    } = sending
    const signed = signedHeaders(signer, { method: 'POST', url, body, idempotencyKey: key })
    const response = await fetch(this.origin + url, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': type, 'accept-language': language, ...signed, ...headers },
    })
    return { status: response.status, document: (await response.json()) as Document }
  }

  single(id: string, body = message(id), sending: Sending = {}): Promise<Received> {
    return this.post('/api/v1/bank/messages', body, id, sending)
  }

  drop(key: string, body: string | Buffer, type = 'application/x-ndjson'): Promise<Received> {
    return this.post('/api/v1/bank/drops', body, key, { type })
  }

  /** What was kept of refused requests under an idempotency key. */
  refusalsOf(idempotencyKey: string): Promise<{ code: string; bank_code: string | null }[]> {
    return this.database.db
      .selectFrom('bank_refusal')
      .select(['code', 'bank_code'])
      .where('idempotency_key', '=', idempotencyKey)
      .execute()
  }
}

/** A message to the parrot, as JSON. */
export function message(id: string, says = 'ok'): string {
  return JSON.stringify({ message_id: id, kind: 'parrot', loan_receipt: 'L-1', says })
}

/** A file of messages to the parrot. */
export function lines(...ids: string[]): string {
  return ids.map(id => `${message(id)}\n`).join('')
}

export function rowsOf(document: Document): Document[] {
  return document.answers as Document[]
}

/** Each row's code, or its outcome where there is none. */
export function codesOf(document: Document): unknown[] {
  return rowsOf(document).map(row => row.code ?? row.outcome)
}
