import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createLog } from '../../apps/server/src/app/log.ts'
import { routesOf } from '../../apps/server/src/app/routes.ts'
import { determineClaims } from '../../apps/server/src/lending/index.ts'
import { createAuth, createUser, currentCode } from '../../apps/server/src/platform/auth/index.ts'
import { readCity } from '../../apps/server/src/platform/city.ts'
import { type App, createHttp } from '../../apps/server/src/platform/http/index.ts'
import { PERMISSIONS, ROLES, type Role, STAFF } from '../../apps/server/src/platform/permissions.ts'
import { type BankFixture, MILLBANK, RIVERBANK } from '../bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../database.ts'
import { signedHeaders, type TestSigner } from '../request-signer.ts'
import { qualifyingLoan, report, settled, subsidyFixture } from '../subsidy-fixture.ts'

const PASSWORD = 'a password for denial tests'
const NOBODYS_ID = '00000000-0000-7000-8000-000000000000'

interface DeclaredRoute {
  readonly method: string
  readonly url: string
  readonly permission: string
}

let database: TestDatabase
let http: FastifyInstance
let banks: BankFixture
const declared: DeclaredRoute[] = []
const cookies = new Map<string, string>()

before(async () => {
  database = await testDatabase()
  banks = await subsidyFixture(database)
  const city = readCity(TEST_CITY.slug)
  const auth = createAuth(database, 'a secret for denial tests, long enough')
  http = await createHttp({
    database,
    auth,
    city,
    log: createLog('silent').log,
    demonstration: false,
    routes: [collect, ...routesOf(undefined)],
  })
  for (const { email, ...user } of USERS) {
    const staff = STAFF.includes(user.role) ? { secondFactorSecret: `second-factor-of-${email}` } : {}
    await createUser(database, auth, {
      ...user,
      ...staff,
      email,
      name: email,
      password: PASSWORD,
      cityCode: city.code,
    })
    cookies.set(email, await signIn(email, () => currentCode(database, auth, email)))
  }
})

function collect({ http: scope }: App): void {
  scope.addHook('onRoute', ({ method, url, config }) => {
    const permission = config?.permission
    if (permission === undefined || !url.startsWith('/api/v1/')) return
    for (const each of [method].flat()) if (each !== 'HEAD') declared.push({ method: each, url, permission })
  })
}

const USERS: readonly {
  email: string
  role: Role
  bankCode?: string
  creditCode?: string
  townCode?: string
}[] = [
  { email: 'officer@example.test', role: 'officer' },
  { email: 'approver@example.test', role: 'approver' },
  { email: 'finance@example.test', role: 'finance' },
  { email: 'auditor@example.test', role: 'auditor' },
  { email: 'town@example.test', role: 'town', townCode: '990100001' },
  { email: 'bank@example.test', role: 'bank', bankCode: RIVERBANK },
  { email: 'other-bank@example.test', role: 'bank', bankCode: MILLBANK },
  { email: 'enterprise@example.test', role: 'enterprise', creditCode: '91442000MA00000A91' },
  { email: 'other-enterprise@example.test', role: 'enterprise', creditCode: '91442000MA00000B7U' },
]

async function signIn(email: string, code: () => Promise<string | undefined>): Promise<string> {
  const host = { host: 'localhost', origin: 'http://localhost' }
  const first = await http.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: host,
    payload: { email, password: PASSWORD },
  })
  assert.equal(first.statusCode, 200, first.body)
  if (first.json().twoFactorRedirect !== true) return cookieOf(first.headers['set-cookie'])
  const second = await http.inject({
    method: 'POST',
    url: '/api/auth/two-factor/verify-totp',
    headers: { ...host, cookie: cookieOf(first.headers['set-cookie']) },
    payload: { code: await code() },
  })
  assert.equal(second.statusCode, 200, second.body)
  return cookieOf(second.headers['set-cookie'])
}

function cookieOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}

/** Calls a route with addresses that lead nowhere: only who may call it gets as far as being told so. */
function call({ method, url }: DeclaredRoute, cookie?: string) {
  return http.inject({
    method: method as 'GET',
    url: url.replaceAll(/:(\w+)/g, NOBODYS_ID),
    ...(cookie === undefined ? {} : { headers: { cookie } }),
    ...(method === 'GET' ? {} : { payload: {} }),
  })
}

const isPermission = (permission: string): permission is keyof typeof PERMISSIONS => permission in PERMISSIONS

describe('every route', () => {
  it('refuses who has not signed in', async () => {
    const guarded = declared.filter(
      ({ permission }) => isPermission(permission) || permission === 'signed-in',
    )
    assert.ok(guarded.length > 25, `only ${guarded.length} routes were found`)
    for (const route of guarded) {
      const answer = await call(route)
      assert.equal(answer.statusCode, 401, `${route.method} ${route.url}`)
      assert.equal(answer.json().code, 'auth.not-signed-in')
    }
  })

  it('refuses a signed request without a signature', async () => {
    const signed = declared.filter(({ permission }) => permission === 'signed')
    assert.ok(signed.length > 3)
    for (const route of signed) {
      assert.equal((await call(route)).statusCode, 401, `${route.method} ${route.url}`)
    }
  })

  it('refuses every role that the permission table does not list, before it looks at what was sent', async () => {
    for (const route of declared) {
      if (!isPermission(route.permission)) continue
      for (const { email, role } of USERS) {
        const answer = await call(route, cookies.get(email))
        const allowed = role in PERMISSIONS[route.permission]
        const named = `${role} ${route.method} ${route.url} ${answer.body}`
        if (allowed) assert.notEqual(answer.statusCode, 403, named)
        else assert.equal(answer.json().code, 'auth.forbidden', named)
      }
    }
  })

  it('is open to everyone only where that is meant', () => {
    const open = declared.filter(({ permission }) => permission === 'public').map(({ url }) => url)
    assert.deepEqual(
      open.filter(url => !PUBLIC.has(url)),
      [],
    )
  })

  it('belongs to a role that exists', () => {
    for (const reaches of Object.values(PERMISSIONS)) {
      for (const role of Object.keys(reaches)) assert.ok((ROLES as readonly string[]).includes(role))
    }
  })
})

const PUBLIC = new Set([
  '/api/v1/me',
  '/api/v1/clock',
  '/api/v1/openapi.json',
  '/api/v1/demonstration/accounts',
  '/api/v1/demonstration/progress',
])

describe('the records of another', () => {
  let claim = ''
  before(async () => {
    await report(database, [...qualifyingLoan('D-1'), settled('D-1', '2022-06-15', '2022-06-21', '6166.67')])
    await determineClaims(database.db)
    const row = await database.db.selectFrom('claim').select('id').executeTakeFirstOrThrow()
    claim = row.id
  })

  const get = (url: string, email: string) =>
    http.inject({ url, headers: { cookie: cookies.get(email) ?? '' } })

  it('are not there for an enterprise', async () => {
    assert.equal((await get(`/api/v1/claims/${claim}`, 'enterprise@example.test')).statusCode, 200)
    for (const url of [`/api/v1/claims/${claim}`, `/api/v1/claims/${claim}/explanation`]) {
      assert.equal((await get(url, 'other-enterprise@example.test')).statusCode, 404)
    }
    assert.deepEqual((await get('/api/v1/claims', 'other-enterprise@example.test')).json().items, [])
    const named = '/api/v1/enterprise/overview?credit_code=91442000MA00000A91'
    assert.equal((await get(named, 'other-enterprise@example.test')).json().credit_code, '91442000MA00000B7U')
  })

  it('are not there for another bank', async () => {
    assert.equal((await get('/api/v1/bank-messages', 'bank@example.test')).json().items.length > 0, true)
    assert.deepEqual((await get('/api/v1/bank-messages', 'other-bank@example.test')).json().items, [])
  })

  it('are not there for another town', async () => {
    const answer = await get('/api/v1/claims', 'town@example.test')
    assert.deepEqual(answer.json().items, [], answer.body)
    assert.equal((await get(`/api/v1/claims/${claim}`, 'town@example.test')).statusCode, 404)
  })

  it('are not there for a program of another bank: a bank sees only its own disagreements', async () => {
    await report(database, [settled('D-1', '2022-06-21', '2022-09-21', '1.00')])
    await determineClaims(database.db)
    const url = '/api/v1/bank/discrepancies?open=true'
    const listed = async (signer: TestSigner) => {
      const answer = await http.inject({ url, headers: signedHeaders(signer, { method: 'GET', url }) })
      assert.equal(answer.statusCode, 200, answer.body)
      return answer.json().items.length
    }
    assert.equal(await listed(banks.riverbank), 1)
    assert.equal(await listed(banks.millbank), 0)
  })
})
