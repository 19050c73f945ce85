import { pino } from 'pino'
import { type BankFixture, bankFixture } from '../../../../../test/bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { signedHeaders, type TestSigner } from '../../../../../test/request-signer.ts'
import { exchangeRoutes } from '../../exchange/index.ts'
import { createAuth } from '../../platform/auth/index.ts'
import { createHttp } from '../../platform/http/index.ts'
import { bankMessageHandler } from '../apply-bank-messages.ts'

export interface RowAnswer {
  readonly line: number
  readonly message_id: string | null
  readonly outcome: string
  readonly replayed: boolean
  readonly code?: string
  readonly where?: string
  readonly value?: string
  readonly detail?: string
}

export interface DropAnswer {
  readonly status: number
  readonly code?: string
  readonly detail?: string
  readonly drop_id: string
  readonly rows: number
  readonly applied: number
  readonly waiting: number
  readonly refused: number
  readonly replayed: number
  readonly answers: readonly RowAnswer[]
}

/** Servers on one database that take banks' loans over real HTTP: what holds must hold between processes, too. */
export class BankLine {
  readonly database: TestDatabase
  readonly banks: BankFixture
  readonly origins: readonly string[]
  readonly #close: () => Promise<unknown>

  private constructor(
    database: TestDatabase,
    banks: BankFixture,
    origins: readonly string[],
    close: () => Promise<unknown>,
  ) {
    this.database = database
    this.banks = banks
    this.origins = origins
    this.#close = close
  }

  static async open(servers: number): Promise<BankLine> {
    const database = await testDatabase()
    const banks = await bankFixture(database.ownerUrl)
    const silent = async () => {
      throw new Error('the treasury does not speak here')
    }
    const handlers = {
      messages: [bankMessageHandler],
      treasury: { listPaymentBatches: silent, getPaymentFile: silent, receiveReceipt: silent },
    }
    const https = await Promise.all(
      Array.from({ length: servers }, () =>
        createHttp({
          database,
          auth: createAuth(database, 'a secret for tests that is long enough'),
          city: { ...TEST_CITY, folder: '' },
          log: pino({ level: process.env.LOG ?? 'silent' }),
          demonstration: false,
          routes: [app => exchangeRoutes(app, handlers)],
        }),
      ),
    )
    const origins = await Promise.all(https.map(http => http.listen({ host: '127.0.0.1', port: 0 })))
    return new BankLine(database, banks, origins, () => Promise.all(https.map(http => http.close())))
  }

  close(): Promise<unknown> {
    return this.#close()
  }

  /** @param via which of the servers */
  async drop(
    signer: TestSigner,
    key: string,
    body: string | Buffer,
    { via = 0, type = 'application/x-ndjson', language = 'zh' } = {},
  ): Promise<DropAnswer> {
    const url = '/api/v1/bank/drops'
    const signed = signedHeaders(signer, { method: 'POST', url, body, idempotencyKey: key })
    const response = await fetch(`${this.origins[via % this.origins.length]}${url}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': type, 'accept-language': language, ...signed },
    })
    return { status: response.status, ...((await response.json()) as Omit<DropAnswer, 'status'>) }
  }
}
