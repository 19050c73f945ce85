import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { createAuth, createUser, currentCode } from '../auth/index.ts'
import type { City } from '../city.ts'
import { parseYuan } from '../money.ts'
import { type App, createHttp, route } from './index.ts'

const city: City = { ...TEST_CITY, folder: '' }
const PASSWORD = 'correct horse battery'

function probe(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/probe/ledger',
    permission: 'ledger.read',
    summary: 'What only staff may read',
    response: z.object({ actor: z.string(), scope: z.string() }),
    handler: async ({ actor, scope }) => ({ actor: actor.role, scope: scope.kind }),
  })
  route(app, {
    method: 'POST',
    url: '/api/v1/probe/note',
    permission: 'signed-in',
    summary: 'A change by whoever is signed in',
    response: z.object({}),
    handler: async () => ({}),
  })
  route(app, {
    method: 'POST',
    url: '/api/v1/probe/amount',
    permission: 'public',
    summary: 'Reads an amount',
    body: z.strictObject({ amount: z.string() }),
    response: z.object({ fen: z.string() }),
    handler: async ({ body }) => ({ fen: parseYuan(body.amount).toString() }),
  })
}

describe('the HTTP server', () => {
  let database: TestDatabase
  let http: Awaited<ReturnType<typeof createHttp>>

  before(async () => {
    database = await testDatabase()
    const auth = createAuth(database, 'a secret for tests that is long enough')
    const base = {
      database,
      auth,
      city,
      log: pino({ level: process.env.LOG ?? 'silent' }),
      demonstration: false,
    }
    http = await createHttp({ ...base, routes: [probe] })
    const staff = { password: PASSWORD, cityCode: city.code }
    await createUser(database, auth, {
      ...staff,
      email: 'auditor@example.test',
      name: 'Auditor',
      role: 'auditor',
      secondFactorSecret: 'secret-of-the-auditor',
    })
    await createUser(database, auth, { ...staff, email: 'bare@example.test', name: 'Bare', role: 'auditor' })
    await createUser(database, auth, {
      ...staff,
      email: 'firm@example.test',
      name: 'Firm',
      role: 'enterprise',
      creditCode: '91990100MA00000A91',
    })
    codeOf = async email => (await currentCode(database, auth, email)) ?? ''
  })

  let codeOf: (email: string) => Promise<string>

  async function signIn(email: string, password = PASSWORD) {
    const answer = await http.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email, password },
    })
    return { answer, cookie: cookieOf(answer.headers['set-cookie']) }
  }

  it('refuses who has not signed in, in the language asked for, as a problem document', async () => {
    const answer = await http.inject({ url: '/api/v1/probe/ledger', headers: { 'accept-language': 'en' } })
    assert.equal(answer.statusCode, 401)
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    assert.equal(answer.json().code, 'auth.not-signed-in')
    assert.equal(answer.json().detail, 'Please sign in first.')
  })

  it('lets staff in with password and code, and not with the password alone', async () => {
    const first = await signIn('auditor@example.test')
    assert.equal(first.answer.json().twoFactorRedirect, true)
    const halfway = await http.inject({ url: '/api/v1/probe/ledger', headers: { cookie: first.cookie } })
    assert.equal(halfway.statusCode, 401)

    const second = await http.inject({
      method: 'POST',
      url: '/api/auth/two-factor/verify-totp',
      headers: { cookie: first.cookie, host: 'localhost', origin: 'http://localhost' },
      payload: { code: await codeOf('auditor@example.test') },
    })
    assert.equal(second.statusCode, 200, second.body)
    const cookie = cookieOf(second.headers['set-cookie'])
    const answer = await http.inject({ url: '/api/v1/probe/ledger', headers: { cookie } })
    assert.deepEqual(answer.json(), { actor: 'auditor', scope: 'all' })
    const me = await http.inject({ url: '/api/v1/me', headers: { cookie } })
    assert.equal(me.json().user.role, 'auditor')
  })

  it('refuses staff without a second factor, and roles without the permission', async () => {
    const bare = await signIn('bare@example.test')
    const withoutFactor = await http.inject({ url: '/api/v1/probe/ledger', headers: { cookie: bare.cookie } })
    assert.equal(withoutFactor.json().code, 'auth.second-factor-required')
    const firm = await signIn('firm@example.test')
    const withoutRight = await http.inject({ url: '/api/v1/probe/ledger', headers: { cookie: firm.cookie } })
    assert.equal(withoutRight.json().code, 'auth.forbidden')
  })

  it('refuses a change asked for by a page of another origin', async () => {
    const answer = await http.inject({
      method: 'POST',
      url: '/api/v1/probe/note',
      headers: { host: 'localhost', origin: 'http://elsewhere.test' },
    })
    assert.equal(answer.json().code, 'auth.foreign-origin')
  })

  it('refuses a wrong password without saying whether the account exists', async () => {
    const wrong = await signIn('auditor@example.test', 'not the password')
    const nobody = await signIn('nobody@example.test')
    assert.equal(wrong.answer.statusCode, 401)
    assert.equal(wrong.answer.body, nobody.answer.body)
  })

  it('says which value was refused and what to write instead', async () => {
    const answer = await http.inject({
      method: 'POST',
      url: '/api/v1/probe/amount',
      payload: { amount: '1,000.5' },
    })
    assert.equal(answer.statusCode, 422)
    assert.equal(answer.json().code, 'money.malformed')
    assert.equal(answer.json().value, '1,000.5')
    const unknownField = await http.inject({
      method: 'POST',
      url: '/api/v1/probe/amount',
      payload: { amount: '1', x: 1 },
    })
    assert.equal(unknownField.statusCode, 400)
    assert.equal(unknownField.json().code, 'request.malformed')
  })

  it('describes its routes in OpenAPI 3.1 with their permissions', async () => {
    const document = (await http.inject('/api/v1/openapi.json')).json()
    assert.equal(document.openapi, '3.1.0')
    assert.match(document.paths['/api/v1/probe/ledger'].get.description, /ledger\.read/)
  })

  it('answers health, readiness and metrics', async () => {
    assert.equal((await http.inject('/health')).statusCode, 200)
    assert.equal((await http.inject('/ready')).statusCode, 200)
    assert.match((await http.inject('/metrics')).body, /millrace_http_request_seconds/)
  })
})

function cookieOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}
