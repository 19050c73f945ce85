import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import { createLog } from '../../apps/server/src/app/log.ts'
import { routesOf } from '../../apps/server/src/app/routes.ts'
import { createAuth, createUser, currentCode } from '../../apps/server/src/platform/auth/index.ts'
import { readCity } from '../../apps/server/src/platform/city.ts'
import { type App, createHttp } from '../../apps/server/src/platform/http/index.ts'
import { type Role, STAFF } from '../../apps/server/src/platform/permissions.ts'
import { type BankFixture, MILLBANK, RIVERBANK } from '../bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../database.ts'
import { subsidyFixture } from '../subsidy-fixture.ts'

const PASSWORD = 'a password for denial tests'

export interface DeclaredRoute {
  readonly method: string
  readonly url: string
  readonly permission: string
  readonly change: 'new' | 'record' | undefined
}

export const USERS: readonly {
  readonly email: string
  readonly role: Role
  readonly bankCode?: string
  readonly creditCode?: string
  readonly townCode?: string
}[] = [
  { email: 'officer@example.test', role: 'officer' },
  { email: 'other-officer@example.test', role: 'officer' },
  { email: 'approver@example.test', role: 'approver' },
  { email: 'finance@example.test', role: 'finance' },
  { email: 'auditor@example.test', role: 'auditor' },
  { email: 'town@example.test', role: 'town', townCode: '990100001' },
  { email: 'bank@example.test', role: 'bank', bankCode: RIVERBANK },
  { email: 'other-bank@example.test', role: 'bank', bankCode: MILLBANK },
  { email: 'enterprise@example.test', role: 'enterprise', creditCode: '91442000MA00000A91' },
  { email: 'other-enterprise@example.test', role: 'enterprise', creditCode: '91442000MA00000B7U' },
]

/** The platform with all its routes as they are declared, and someone of every role signed in. */
export interface DenialStage {
  readonly database: TestDatabase
  readonly http: FastifyInstance
  readonly banks: BankFixture
  readonly declared: readonly DeclaredRoute[]
  /** By the person's address. */
  readonly cookies: ReadonlyMap<string, string>
}

export async function denialStage(): Promise<DenialStage> {
  const database = await testDatabase()
  const banks = await subsidyFixture(database)
  const city = readCity(TEST_CITY.slug)
  const auth = createAuth(database, 'a secret for denial tests, long enough')
  const declared: DeclaredRoute[] = []
  const http = await createHttp({
    database,
    auth,
    city,
    log: createLog('silent').log,
    demonstration: false,
    routes: [app => collect(app, declared), ...routesOf(undefined)],
  })
  const cookies = new Map<string, string>()
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
    cookies.set(email, await signIn(http, email, () => currentCode(database, auth, email)))
  }
  return { database, http, banks, declared, cookies }
}

function collect({ http: scope }: App, declared: DeclaredRoute[]): void {
  scope.addHook('onRoute', ({ method, url, config }) => {
    const permission = config?.permission
    if (permission === undefined || !url.startsWith('/api/v1/')) return
    for (const each of [method].flat()) {
      if (each !== 'HEAD') declared.push({ method: each, url, permission, change: config?.change })
    }
  })
}

async function signIn(
  http: FastifyInstance,
  email: string,
  code: () => Promise<string | undefined>,
): Promise<string> {
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
