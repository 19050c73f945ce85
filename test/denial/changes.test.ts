import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { determineClaims } from '../../apps/server/src/lending/index.ts'
import { PERMISSIONS } from '../../apps/server/src/platform/permissions.ts'
import { qualifyingLoan, report, settled } from '../subsidy-fixture.ts'
import { type DeclaredRoute, type DenialStage, denialStage, USERS } from './stage.ts'

const NOBODYS_ID = '00000000-0000-7000-8000-000000000000'
const OFFICER = 'officer@example.test'

/** Changes that are made in another way, and why. A new route does not belong here: declare its `change`. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['POST /api/v1/organisation-imports', 'a file is streamed; the same file imported again changes nothing'],
])

let stage: DenialStage
before(async () => {
  stage = await denialStage()
})

interface Asked {
  readonly email?: string
  readonly key?: string | undefined
  readonly etag?: string | undefined
  readonly language?: string
}

function post(url: string, payload: object | undefined, asked: Asked = {}) {
  const { email = OFFICER, etag, language = 'zh' } = asked
  const key = 'key' in asked ? asked.key : randomUUID()
  return stage.http.inject({
    method: 'POST',
    url,
    headers: {
      cookie: stage.cookies.get(email) ?? '',
      'accept-language': language,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(etag === undefined ? {} : { 'if-match': `"${etag}"` }),
    },
    ...(payload === undefined ? {} : { payload }),
  })
}

async function get(url: string, email = OFFICER) {
  const answer = await stage.http.inject({ url, headers: { cookie: stage.cookies.get(email) ?? '' } })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer
}

const count = async (
  table: 'journal_entry' | 'subsidy_batch' | 'subsidy_batch_remark' | 'answered_change',
) => {
  const row = await stage.database.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

describe('every route by which a person changes something', () => {
  const changing = () =>
    stage.declared.filter(({ method, permission }) => method !== 'GET' && permission in PERMISSIONS)
  const someoneFor = ({ permission }: DeclaredRoute) => {
    const roles = PERMISSIONS[permission as keyof typeof PERMISSIONS]
    const someone = USERS.find(({ role }) => role in roles)
    assert.ok(someone, permission)
    return someone.email
  }
  const addressOf = ({ url }: DeclaredRoute) => url.replaceAll(/:(\w+)/g, NOBODYS_ID)

  it('declares how it is kept from being made twice', () => {
    const undeclared = changing()
      .filter(({ change }) => change === undefined)
      .map(({ method, url }) => `${method} ${url}`)
    assert.deepEqual(
      undeclared.filter(name => !OTHERWISE.has(name)),
      [],
    )
    assert.ok(changing().length >= 10, 'hardly any route was found')
  })

  it('refuses a request without a key, or with one that is none', async () => {
    for (const route of changing().filter(({ change }) => change !== undefined)) {
      const email = someoneFor(route)
      const without = await post(addressOf(route), {}, { email, key: undefined, etag: '1' })
      assert.equal(without.statusCode, 400, route.url)
      assert.equal(without.json().code, 'request.idempotency-key-missing', route.url)
      const short = await post(addressOf(route), {}, { email, key: 'x', etag: '1' })
      assert.equal(short.json().code, 'request.idempotency-key-malformed', route.url)
    }
  })

  it('refuses a change of a record that does not say which version was seen, a star included', async () => {
    const ofRecords = changing().filter(({ change }) => change === 'record')
    assert.ok(ofRecords.length >= 6)
    for (const route of ofRecords) {
      for (const etag of [undefined, '*']) {
        const answer = await post(addressOf(route), {}, { email: someoneFor(route), etag })
        assert.equal(answer.statusCode, 428, `${route.url} ${answer.body}`)
        assert.equal(answer.json().code, 'request.precondition-missing')
      }
    }
  })

  it('keeps nothing of a request that was refused', async () => {
    assert.equal(await count('answered_change'), 0)
  })
})

describe('a change that is asked for again', () => {
  const url = '/api/v1/ledger/appropriations'
  const body = { year: 2023, amount: '1000000.00', memo: '年初预算' }
  const finance = { email: 'finance@example.test' }

  it('is made once, however often and however fast it is asked for', async () => {
    const key = randomUUID()
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(url, body, { ...finance, key })))
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 200, 200],
    )
    assert.equal(new Set(answers.map(({ body: text }) => text)).size, 1)
    assert.equal(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length, 3)
    assert.equal(await count('journal_entry'), 1)
  })

  it('is refused under the same key with another content', async () => {
    const key = randomUUID()
    assert.equal((await post(url, body, { ...finance, key })).statusCode, 200)
    const other = await post(url, { ...body, amount: '2.00' }, { ...finance, key })
    assert.equal(other.statusCode, 422)
    assert.equal(other.json().code, 'request.idempotency-key-reused')
    assert.equal(await count('journal_entry'), 2)
  })

  it('may use its key again after it was refused: nothing had been done', async () => {
    const key = randomUUID()
    assert.equal(
      (await post(url, { ...body, amount: '1,5' }, { ...finance, key })).json().code,
      'money.malformed',
    )
    assert.equal((await post(url, body, { ...finance, key })).statusCode, 200)
    assert.equal(await count('journal_entry'), 3)
  })
})

describe('a record that another has changed meanwhile', () => {
  let id = ''
  let seen = ''
  before(async () => {
    await report(stage.database, [
      ...qualifyingLoan('C-1'),
      settled('C-1', '2022-06-15', '2022-06-21', '6166.67'),
      settled('C-1', '2022-06-21', '2022-09-21', '1.00'),
      settled('C-1', '2022-09-21', '2022-12-21', '2.00'),
    ])
    await determineClaims(stage.database.db)
  })

  it('is prepared once for one key, and a key is nobody else’s', async () => {
    const key = randomUUID()
    const first = await post('/api/v1/batches', undefined, { key })
    assert.equal(first.statusCode, 200, first.body)
    id = first.json().id
    assert.equal((await post('/api/v1/batches', undefined, { key })).json().id, id)
    const others = await post('/api/v1/batches', undefined, { key, email: 'other-officer@example.test' })
    assert.equal(others.json().code, 'batch.already-in-preparation')
    assert.equal(await count('subsidy_batch'), 1)
  })

  it('has the version of its answer as its entity tag', async () => {
    const answer = await get(`/api/v1/batches/${id}`)
    seen = answer.json().etag
    assert.equal(answer.headers.etag, `"${seen}"`)
  })

  it('is not changed, and says by whom and when it was, in the language of who asks', async () => {
    const other = { email: 'other-officer@example.test', etag: seen }
    assert.equal((await post(`/api/v1/batches/${id}/refresh`, undefined, other)).statusCode, 200)
    for (const [language, words] of [
      ['zh', /other-officer@example\.test已于 \d{4}-\d\d-\d\d \d\d:\d\d 改动/],
      ['en', /^other-officer@example\.test changed this after you opened it/],
    ] as const) {
      const late = await post(`/api/v1/batches/${id}/submit`, { text: '请审批' }, { etag: seen, language })
      assert.equal(late.statusCode, 412, late.body)
      assert.equal(late.json().code, 'record.changed-since')
      assert.match(late.json().detail, words)
      assert.equal(late.json().value.changed_by, 'other-officer@example.test')
    }
    const { etag, state } = (await get(`/api/v1/batches/${id}`)).json()
    assert.equal(state, 'draft')
    assert.notEqual(etag, seen)
    assert.equal(
      (await post(`/api/v1/batches/${id}/submit`, { text: '' }, { etag })).json().state,
      'submitted',
    )
  })

  it('gives the first answer to a repeated step, although its version has passed', async () => {
    const { etag } = (await get(`/api/v1/batches/${id}`)).json()
    const asked = { email: 'approver@example.test', etag, key: randomUUID() }
    const first = await post(`/api/v1/batches/${id}/approve`, { text: '同意' }, asked)
    assert.equal(first.json().state, 'approved', first.body)
    const again = await post(`/api/v1/batches/${id}/approve`, { text: '同意' }, asked)
    assert.equal(again.body, first.body)
  })

  it('does not stand in the way of a note: nothing is overwritten', async () => {
    const key = randomUUID()
    const note = { kind: 'note', text: '请看第一项' }
    const before = await count('subsidy_batch_remark')
    for (let attempt = 0; attempt < 2; attempt++) await post(`/api/v1/batches/${id}/remarks`, note, { key })
    assert.equal(await count('subsidy_batch_remark'), before + 1)
  })

  it('lets several discrepancies be accepted together, or none of them', async () => {
    const { items } = (await get('/api/v1/discrepancies?open=true')).json()
    assert.equal(items.length, 2)
    const [one, two] = items as { id: string; etag: string }[]
    assert.ok(one && two)
    const reason = '银行已说明'
    const late = await post('/api/v1/discrepancies/accept', {
      items: [
        { id: one.id, etag: one.etag },
        { id: two.id, etag: '1' },
      ],
      reason,
    })
    assert.equal(late.statusCode, 412)
    assert.match(late.json().detail, /平台根据银行或国库的报文更新了这条记录/)
    assert.equal((await get('/api/v1/discrepancies?open=true')).json().items.length, 2)
    const all = items.map((item: { id: string; etag: string }) => ({ id: item.id, etag: item.etag }))
    const accepted = await post('/api/v1/discrepancies/accept', { items: all, reason })
    assert.deepEqual(accepted.json(), { accepted: 2 }, accepted.body)
    assert.equal((await get('/api/v1/discrepancies?open=true')).json().items.length, 0)
  })

  it('keeps two clerks of one enterprise from replacing each other’s account unseen', async () => {
    const enterprise = { email: 'enterprise@example.test' }
    const url = '/api/v1/enterprise/payee-account'
    const { etag } = (await get(url, enterprise.email)).json()
    const account = { account_number: '6222020000001111', bank_code: '102100099996' }
    assert.equal((await post(url, account, { ...enterprise, etag })).statusCode, 200)
    const other = await post(url, { ...account, account_number: '6222020000002222' }, { ...enterprise, etag })
    assert.equal(other.statusCode, 412, other.body)
    assert.equal(other.json().value.changed_by, enterprise.email)
  })
})
