import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { determineClaims } from '../../apps/server/src/lending/index.ts'
import { PERMISSIONS, ROLES } from '../../apps/server/src/platform/permissions.ts'
import type { BankFixture } from '../bank-fixture.ts'
import type { TestDatabase } from '../database.ts'
import { signedHeaders, type TestSigner } from '../request-signer.ts'
import { qualifyingLoan, report, settled } from '../subsidy-fixture.ts'
import { type DeclaredRoute, denialStage, USERS } from './stage.ts'

const NOBODYS_ID = '00000000-0000-7000-8000-000000000000'

let database: TestDatabase
let http: FastifyInstance
let banks: BankFixture
let declared: readonly DeclaredRoute[] = []
let cookies: ReadonlyMap<string, string> = new Map()

before(async () => {
  const stage = await denialStage()
  ;({ database, http, banks, declared, cookies } = stage)
})

/** Calls a route with addresses that lead nowhere: only who may call it gets as far as being told so. */
function call(
  { method, url }: DeclaredRoute,
  cookie?: string,
  { record = NOBODYS_ID, language = 'zh' }: { record?: string; language?: string } = {},
) {
  return http.inject({
    method: method as 'GET',
    url: url.replaceAll(/:(\w+)/g, record),
    headers: {
      'idempotency-key': randomUUID(),
      'if-match': '"1"',
      'accept-language': language,
      ...(cookie === undefined ? {} : { cookie }),
    },
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

  for (const { language, says, mustNotSay } of [
    { language: 'zh', says: /没有/, mustNotSay: /[Ii]nvalid|params/ },
    { language: 'en', says: /There is no|No .* was found/, mustNotSay: /[Ii]nvalid|params|\p{Script=Han}/u },
  ]) {
    it(`says in ${language} that there is no such record at an address that cannot be of one`, async () => {
      const ofRecords = declared.filter(
        ({ url, permission }) => url.includes('/:') && permission !== 'signed',
      )
      assert.ok(ofRecords.length > 15, `only ${ofRecords.length} routes were found`)
      for (const route of ofRecords) {
        const mayCall = USERS.find(
          ({ role }) => isPermission(route.permission) && role in PERMISSIONS[route.permission],
        )
        const cookie = mayCall && cookies.get(mayCall.email)
        const answer = await call(route, cookie, { record: 'nonsense', language })
        const named = `${route.method} ${route.url} ${answer.body}`
        assert.equal(answer.statusCode, 404, named)
        const { detail, where } = answer.json()
        assert.equal(where, undefined, named)
        assert.match(detail, says, named)
        assert.doesNotMatch(detail, mustNotSay, named)
      }
    })
  }

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
  '/api/v1/public/figures',
  '/api/v1/openapi.json',
  '/api/v1/notices',
  '/api/v1/notices/:id',
  '/api/v1/notices/:id/objections',
  '/api/v1/objection-references/:reference',
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
