import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { pino } from 'pino'
import { type BankFixture, bankFixture, CREDIT_CODES } from '../../../../test/bank-fixture.ts'
import { type Fields, loanStory, unreliable } from '../../../../test/bank-stories.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { renamed, stateOf, truthOf, waitingOf } from '../../../../test/loan-state.ts'
import { signedHeaders, type TestSigner } from '../../../../test/request-signer.ts'
import { exchangeRoutes } from '../exchange/index.ts'
import { createAuth } from '../platform/auth/index.ts'
import { createHttp } from '../platform/http/index.ts'
import { bankMessageHandler } from './apply-bank-messages.ts'
import { BANK_MESSAGE_FIELDS } from './bank-messages.ts'

let database: TestDatabase
let banks: BankFixture
let origins: string[] = []
const servers: Awaited<ReturnType<typeof createHttp>>[] = []

/** Two servers on one database: what holds must hold between processes, too. */
before(async () => {
  database = await testDatabase()
  banks = await bankFixture(database.ownerUrl)
  const none = async () => {
    throw new Error('the treasury does not speak here')
  }
  const handlers = {
    messages: [bankMessageHandler],
    treasury: { listPaymentBatches: none, getPaymentFile: none, receiveReceipt: none },
  }
  for (let server = 0; server < 2; server++) {
    const http = await createHttp({
      database,
      auth: createAuth(database, 'a secret for tests that is long enough'),
      city: { ...TEST_CITY, folder: '' },
      log: pino({ level: process.env.LOG ?? 'silent' }),
      demonstration: false,
      routes: [app => exchangeRoutes(app, handlers)],
    })
    servers.push(http)
    origins = [...origins, await http.listen({ host: '127.0.0.1', port: 0 })]
  }
})
after(() => Promise.all(servers.map(http => http.close())))

interface Answer {
  readonly outcome?: string
  readonly code?: string
  readonly answers?: readonly Answer[]
}

async function send(signer: TestSigner, url: string, type: string, body: string, key: string, via: number) {
  const response = await fetch(`${origins[via % origins.length]}${url}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      ...signedHeaders(signer, { method: 'POST', url, body, idempotencyKey: key }),
    },
  })
  const answer = (await response.json()) as Answer
  assert.ok(response.status < 300, `${response.status} ${JSON.stringify(answer)}`)
  for (const { outcome, code } of answer.answers ?? [answer]) assert.notEqual(outcome, 'refused', code)
}

/** How a share of the messages goes out: one by one at once, or as a file, perhaps twice at once. */
type Way = 'single' | 'ndjson' | 'csv'

let drops = 0

async function deliver(
  signer: TestSigner,
  way: Way,
  messages: readonly Fields[],
  twice: boolean,
): Promise<void> {
  const times = twice ? [0, 1] : [0]
  if (way === 'single') {
    await Promise.all(
      messages.flatMap(fields =>
        times.map(via => {
          const body = JSON.stringify(fields)
          return send(signer, '/api/v1/bank/messages', 'application/json', body, fields.message_id ?? '', via)
        }),
      ),
    )
    return
  }
  const key = `DROP-${++drops}`
  const body =
    way === 'csv' ? csvOf(messages) : messages.map(fields => `${JSON.stringify(fields)}\n`).join('')
  const type = way === 'csv' ? 'text/csv' : 'application/x-ndjson'
  await Promise.all(times.map(via => send(signer, '/api/v1/bank/drops', type, body, key, via)))
}

function csvOf(messages: readonly Fields[]): string {
  const rows = messages.map(fields => BANK_MESSAGE_FIELDS.map(field => fields[field] ?? '').join(','))
  return `${[BANK_MESSAGE_FIELDS.join(','), ...rows].join('\r\n')}\r\n`
}

let stories = 0

async function tellTruth(signer: TestSigner, numRuns: number): Promise<void> {
  const way = fc.constantFrom<Way[]>('single', 'ndjson', 'csv')
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(loanStory('L', CREDIT_CODES), { minLength: 1, maxLength: 5 })
        .map(told => told.map(story => renamed(story, `-${signer.algorithm}-${++stories}`)))
        .chain(told => fc.tuple(fc.constant(told), unreliable(told.flatMap(({ sent }) => sent)))),
      fc.array(fc.tuple(way, fc.boolean()), { minLength: 1, maxLength: 6 }),
      async ([told, delivered], ways) => {
        // Each message keeps its way, since the same message is the same bytes; all shares go out at once.
        const ids = [...new Set(delivered.map(({ message_id }) => message_id))]
        await Promise.all(
          ways.map(([way, twice], share) => {
            const mine = delivered.filter(({ message_id }) => ids.indexOf(message_id) % ways.length === share)
            return mine.length === 0 ? undefined : deliver(signer, way, mine, twice)
          }),
        )
        for (const story of told) {
          assert.deepEqual(await stateOf(database.db, story.receipt), truthOf(story))
        }
        const receipts = told.map(({ receipt }) => receipt)
        assert.deepEqual(await waitingOf(database.db, receipts), [])
      },
    ),
    { numRuns, endOnFailure: true },
  )
}

test('over two servers at once, one by one and in files, repeated and reordered, loans end as they truly are', () =>
  tellTruth(banks.riverbank, 30))

test('and so they do when the bank signs with SM2', () => tellTruth(banks.millbank, 4))
