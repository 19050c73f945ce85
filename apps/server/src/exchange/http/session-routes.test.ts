import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { type BankFixture, bankFixture, MILLBANK, RIVERBANK } from '../../../../../test/bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { signedHeaders, type TestSigner } from '../../../../../test/request-signer.ts'
import { createAuth, createUser, currentCode } from '../../platform/auth/index.ts'
import { DomainError } from '../../platform/errors.ts'
import { createHttp } from '../../platform/http/index.ts'
import type { Role } from '../../platform/permissions.ts'
import type { MessageHandler } from '../messages/message.ts'
import { messageProblem } from '../messages/problem.ts'
import { exchangeRoutes } from './exchange-routes.ts'
import type { TreasuryHandler } from './treasury-routes.ts'

/** "later" waits until any "now" arrives. */
const echo: MessageHandler = {
  kinds: ['now', 'later'],
  fields: ['message_id', 'kind', 'loan_receipt', 'occurred_on', 'account_number'],
  schema: z.object({}),
  apply: async (_tx, { messages }) => {
    const [now] = messages.filter(({ kind }) => kind === 'now')
    const changes = now
      ? waiting.splice(0).map(id => ({ id, outcome: 'applied' as const, causedBy: now.id }))
      : []
    waiting.push(...messages.filter(({ kind }) => kind === 'later').map(({ id }) => id))
    return {
      answers: messages.map(({ kind }) =>
        kind === 'now'
          ? { outcome: 'applied' }
          : {
              outcome: 'waiting',
              problem: messageProblem('echo.later', undefined, undefined, '等待', 'waiting'),
            },
      ),
      changes,
    }
  },
}
const waiting: string[] = []

const BATCH = '01890000-0000-7000-8000-000000000001'
const treasury: TreasuryHandler = {
  listPaymentBatches: async (_db, { state }) =>
    (state ?? 'sent') === 'sent'
      ? [
          {
            id: BATCH,
            number: 'PB2022-0001',
            totalFen: 12345n,
            orderCount: 1,
            state: 'sent',
            businessDate: '2022-10-08',
          },
        ]
      : [],
  getPaymentFile: async (_db, id) => {
    if (id === BATCH) return '<Document/>'
    throw new DomainError({ code: 'payment-batch.unknown', zh: '没有', en: 'none', status: 404 })
  },
  receiveReceipt: async (_tx, { xml, keyId, businessDate }) => ({
    kind: 'pain.002.001.11',
    messageId: `${keyId} ${businessDate} ${xml.length}`,
    replayed: false,
    transactions: [{ position: 1, endToEndId: 'PB2022-0001-00001', outcome: 'settled', reason: null }],
  }),
}

type Document = Record<string, unknown>

describe('what people and programs see of the exchange', () => {
  let database: TestDatabase
  let banks: BankFixture
  let http: Awaited<ReturnType<typeof createHttp>>
  const cookies = new Map<string, string>()

  before(async () => {
    database = await testDatabase()
    banks = await bankFixture(database.ownerUrl)
    const auth = createAuth(database, 'a secret for tests that is long enough')
    const log = pino({ level: process.env.LOG ?? 'silent' })
    const city = { ...TEST_CITY, folder: '' }
    const routes = [
      (app: Parameters<typeof exchangeRoutes>[0]) => exchangeRoutes(app, { messages: [echo], treasury }),
    ]
    http = await createHttp({ database, auth, city, log, demonstration: false, routes })
    const people: [Role, Document][] = [
      ['officer', { secondFactorSecret: 'secret-of-the-officer' }],
      ['bank', { bankCode: RIVERBANK }],
      ['enterprise', { creditCode: '91442000MA00000A91' }],
    ]
    for (const [role, further] of people) {
      const email = `${role}@example.test`
      const password = 'correct horse battery'
      await createUser(database, auth, { email, password, name: role, role, cityCode: city.code, ...further })
      const first = await http.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        payload: { email, password },
      })
      cookies.set(role, cookieOf(first.headers['set-cookie']))
      if (role !== 'officer') continue
      const code = await currentCode(database, auth, email)
      const second = await http.inject({
        method: 'POST',
        url: '/api/auth/two-factor/verify-totp',
        headers: { cookie: cookies.get(role) ?? '', host: 'localhost', origin: 'http://localhost' },
        payload: { code },
      })
      cookies.set(role, cookieOf(second.headers['set-cookie']))
    }
    await send(banks.riverbank, { message_id: 'R-1', kind: 'later', loan_receipt: 'L-1' })
    await send(banks.riverbank, { message_id: 'R-2', kind: 'later', loan_receipt: 'L-2' })
    await send(banks.riverbank, {
      message_id: 'R-3',
      kind: 'now',
      loan_receipt: 'L-1',
      account_number: '99001234567',
    })
    await send(banks.millbank, { message_id: 'M-1', kind: 'now', loan_receipt: 'L-9' })
    await send(banks.riverbank, { message_id: 'R-4', kind: 'later', loan_receipt: 'L-1' })
    await send(banks.riverbank, { message_id: 'R-5', kind: 'never' })
  })

  async function send(signer: TestSigner, message: Document): Promise<void> {
    const url = '/api/v1/bank/messages'
    const body = JSON.stringify(message)
    const headers = signedHeaders(signer, {
      method: 'POST',
      url,
      body,
      idempotencyKey: String(message.message_id),
    })
    await http.inject({
      method: 'POST',
      url,
      payload: body,
      headers: { 'content-type': 'application/json', ...headers },
    })
  }

  async function asked(role: string, url: string, language = 'zh') {
    const headers = { cookie: cookies.get(role) ?? '', 'accept-language': language }
    const answer = await http.inject({ url, headers })
    return { status: answer.statusCode, document: answer.json() as Document }
  }

  const signedGet = async (signer: TestSigner, url: string) =>
    http.inject({ url, headers: signedHeaders(signer, { method: 'GET', url }) })

  const idsOf = ({ document }: { document: Document }) =>
    (document.items as Document[]).map(item => item.message_id ?? item.key_id ?? item.code)

  describe('the list of messages', () => {
    it('shows staff all banks, newest first, as they stand now', async () => {
      const answer = await asked('officer', '/api/v1/bank-messages')
      assert.deepEqual(idsOf(answer), ['R-5', 'R-4', 'M-1', 'R-3', 'R-2', 'R-1'])
      assert.deepEqual(answer.document.counts, { applied: 4, waiting: 1, refused: 1, reversed: 0 })
      const first = (answer.document.items as Document[]).at(-1)
      assert.equal(first?.first_outcome, 'waiting')
      assert.equal(first?.outcome, 'applied')
      assert.equal(first?.bank_name, '河畔银行')
    })

    it('shows a bank’s operator the bank’s own and no other', async () => {
      const answer = await asked('bank', `/api/v1/bank-messages?bank_code=${MILLBANK}`)
      assert.deepEqual(idsOf(answer), ['R-5', 'R-4', 'R-3', 'R-2', 'R-1'])
    })

    it('is filtered, and the counts are of what the filter finds', async () => {
      const answer = await asked('officer', '/api/v1/bank-messages?loan_receipt=L-1&outcome=waiting', 'en')
      assert.deepEqual(idsOf(answer), ['R-4'])
      assert.deepEqual(answer.document.counts, { applied: 2, waiting: 1, refused: 0, reversed: 0 })
      assert.equal((answer.document.items as Document[])[0]?.detail, 'waiting')
      for (const [query, ids] of [
        ['kind=now', ['M-1', 'R-3']],
        ['message_id=R-2', ['R-2']],
        [`bank_code=${MILLBANK}`, ['M-1']],
        ['from=2023-07-02', []],
        ['from=2023-07-01&to=2023-07-01&outcome=refused', ['R-5']],
      ] as const) {
        assert.deepEqual(idsOf(await asked('officer', `/api/v1/bank-messages?${query}`)), ids)
      }
    })

    it('comes in pages that neither repeat nor skip', async () => {
      const seen: unknown[] = []
      let next: unknown = ''
      while (next !== null) {
        const page = await asked(
          'officer',
          `/api/v1/bank-messages?limit=2${next === '' ? '' : `&cursor=${next}`}`,
        )
        seen.push(...idsOf(page))
        next = page.document.next
      }
      assert.deepEqual(seen, ['R-5', 'R-4', 'M-1', 'R-3', 'R-2', 'R-1'])
    })

    it('is closed to enterprises and to strangers', async () => {
      for (const url of ['bank-messages', 'bank-refusals', 'bank-keys', `bank-messages/${BATCH}`]) {
        assert.equal((await asked('enterprise', `/api/v1/${url}`)).status, 403)
        assert.equal((await asked('nobody', `/api/v1/${url}`)).status, 401)
      }
    })
  })

  describe('a message', () => {
    const idOf = async (messageId: string) =>
      String(
        (
          (await asked('officer', `/api/v1/bank-messages?message_id=${messageId}`)).document
            .items as Document[]
        )[0]?.id,
      )

    it('is shown as received, but for its account number, with what became of it', async () => {
      const { document } = await asked('bank', `/api/v1/bank-messages/${await idOf('R-3')}`)
      assert.match(String(document.body), /"account_number":"\*{7}4567"/)
      const waited = await asked('bank', `/api/v1/bank-messages/${await idOf('R-1')}`)
      const [change] = waited.document.history as Document[]
      assert.equal(change?.outcome, 'applied')
      assert.equal(change?.caused_by, 'R-3')
    })

    it('of another bank is not there', async () => {
      assert.equal((await asked('bank', `/api/v1/bank-messages/${await idOf('M-1')}`)).status, 404)
    })
  })

  it('refused requests are listed; those whose signature did not hold are for staff only', async () => {
    await http.inject({ method: 'POST', url: '/api/v1/bank/messages', payload: {} })
    const body = '{"message_id":"R-1","kind":"now"}'
    const url = '/api/v1/bank/messages'
    const headers = signedHeaders(banks.riverbank, { method: 'POST', url, body, idempotencyKey: 'R-1' })
    await http.inject({
      method: 'POST',
      url,
      payload: body,
      headers: { 'content-type': 'application/json', ...headers },
    })
    assert.deepEqual(idsOf(await asked('officer', '/api/v1/bank-refusals')), [
      'bank.key-reused',
      'bank.signature-missing',
    ])
    assert.deepEqual(idsOf(await asked('bank', '/api/v1/bank-refusals')), ['bank.key-reused'])
  })

  it('a refusal says in the reader’s language what was wrong and what to do, and shows no account number', async () => {
    const url = '/api/v1/bank/drops'
    const body = '{"message_id":"R-cut","account_number":"6222021001116245702","kin\n'
    const headers = signedHeaders(banks.riverbank, { method: 'POST', url, body, idempotencyKey: 'D-cut' })
    const type = { 'content-type': 'application/x-ndjson' }
    await http.inject({ method: 'POST', url, payload: body, headers: { ...type, ...headers } })
    const told = async (language: string) => {
      const list = await http.inject({
        url: '/api/v1/bank-refusals?limit=1',
        headers: { cookie: cookies.get('bank') ?? '', 'accept-language': language },
      })
      return (list.json() as { items: Document[] }).items[0]
    }
    const zh = await told('zh')
    assert.equal(zh?.code, 'bank.message-malformed')
    assert.equal(zh?.line, 1)
    assert.equal(zh?.drop_key, 'D-cut')
    assert.match(String(zh?.detail), /不是完整的 JSON 对象.*请重新发送/)
    assert.match(String(zh?.value), /^\{"message_id":"R-cut"/)
    assert.doesNotMatch(JSON.stringify(zh), /6222021/)
    assert.match(String((await told('en'))?.detail), /not a whole JSON object.*send it again/)
  })

  it('keys are listed by their fingerprints', async () => {
    assert.deepEqual(idsOf(await asked('bank', '/api/v1/bank-keys')), ['riverbank-2022'])
    assert.deepEqual(idsOf(await asked('officer', '/api/v1/bank-keys')), ['millbank-2022', 'riverbank-2022'])
  })

  it('a bank’s program reads what was received from its bank', async () => {
    const answer = await signedGet(banks.riverbank, '/api/v1/bank/messages?limit=2')
    assert.equal(answer.statusCode, 200)
    const { items, next } = answer.json() as { items: Document[]; next: string }
    assert.deepEqual(
      items.map(item => item.message_id),
      ['R-5', 'R-4'],
    )
    const rest = await signedGet(banks.riverbank, `/api/v1/bank/messages?after=${next}`)
    assert.deepEqual(
      (rest.json() as { items: Document[] }).items.map(item => item.message_id),
      ['R-3', 'R-2', 'R-1'],
    )
    assert.equal((await signedGet(banks.riverbank, '/api/v1/bank/messages?limit=0')).statusCode, 400)
  })

  describe('the treasury', () => {
    it('lists batches and fetches their files', async () => {
      const list = await signedGet(banks.treasury, '/api/v1/treasury/payment-batches?state=sent')
      assert.deepEqual((list.json() as { items: Document[] }).items, [
        {
          id: BATCH,
          number: 'PB2022-0001',
          total_fen: '12345',
          order_count: 1,
          state: 'sent',
          business_date: '2022-10-08',
        },
      ])
      const file = await signedGet(banks.treasury, `/api/v1/treasury/payment-batches/${BATCH}/pain001`)
      assert.match(String(file.headers['content-type']), /^application\/xml/)
      assert.equal(file.body, '<Document/>')
      const none = await signedGet(
        banks.treasury,
        '/api/v1/treasury/payment-batches/01890000-0000-7000-8000-000000000002/pain001',
      )
      assert.equal(none.statusCode, 404)
    })

    const receipt = (signer: TestSigner, body: string | Buffer, type = 'application/xml') => {
      const url = '/api/v1/treasury/receipts'
      const headers = signedHeaders(signer, { method: 'POST', url, body, idempotencyKey: 'PAIN002-1' })
      return http.inject({
        method: 'POST',
        url,
        payload: body,
        headers: { 'content-type': type, ...headers },
      })
    }

    it('sends receipts, which are handed on with the key that signed and the business date', async () => {
      const answer = await receipt(banks.treasury, '<Document>回执</Document>')
      assert.equal(answer.statusCode, 200, answer.body)
      assert.deepEqual(answer.json(), {
        message_id: 'treasury-2022 2023-07-01 23',
        kind: 'pain.002.001.11',
        replayed: false,
        transactions: [{ position: 1, end_to_end_id: 'PB2022-0001-00001', outcome: 'settled', reason: null }],
      })
    })

    it('sends UTF-8 and XML', async () => {
      assert.equal((await receipt(banks.treasury, Buffer.from([0xb2, 0xe2]))).statusCode, 422)
      assert.equal((await receipt(banks.treasury, '{}', 'application/json')).statusCode, 415)
    })

    it('alone is let in: a bank’s key opens nothing here', async () => {
      assert.equal((await receipt(banks.riverbank, '<Document/>')).json<Document>().code, 'bank.key-unknown')
      const list = await signedGet(banks.riverbank, '/api/v1/treasury/payment-batches')
      assert.equal(list.statusCode, 401)
    })
  })

  it('the OpenAPI document says what each request takes', async () => {
    const document = (await http.inject({ url: '/api/v1/openapi.json' })).json() as {
      paths: Record<string, { post: { requestBody: { content: Document }; security: Document[] } }>
    }
    for (const [path, types] of [
      ['/api/v1/bank/messages', ['application/json']],
      ['/api/v1/bank/drops', ['application/x-ndjson', 'text/csv']],
      ['/api/v1/treasury/receipts', ['application/xml']],
    ] as const) {
      assert.deepEqual(Object.keys(document.paths[path]?.post.requestBody.content ?? {}), types)
      assert.deepEqual(document.paths[path]?.post.security, [{ signature: [] }])
    }
  })
})

function cookieOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}
