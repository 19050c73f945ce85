import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { codeOf, csv, importText, rowText } from './test/fixtures.ts'
import { type Person, startRegistryHttp } from './test/registry-http.ts'

const BRIDGE = '990100102'
const REAL_CODE = '91350211M00013FA1N'
const IMPORTS = '/api/v1/organisation-imports'
const OVERRIDES = '/api/v1/credit-code-overrides'

describe('the registry over HTTP', () => {
  let database: TestDatabase
  let registry: Awaited<ReturnType<typeof startRegistryHttp>>
  const people: Record<string, Person> = {}

  before(async () => {
    database = await testDatabase()
    registry = await startRegistryHttp(database)
    await importText(database, csv(rowText(1), rowText(2, { address: '测试市石桥镇一村' })))
    people.anyone = registry.anyone
    people.officer = await registry.signIn('officer')
    people.auditor = await registry.signIn('auditor')
    people.town = await registry.signIn('town', { townCode: BRIDGE })
    people.enterprise = await registry.signIn('enterprise', { creditCode: codeOf(1) })
    people.bank = await registry.signIn('bank', { bankCode: '102603000007' })
  })

  after(() => registry.close())

  const as = (who: string): Person => {
    const person = people[who]
    assert.ok(person, who)
    return person
  }
  const codesOf = (answer: { json(): Record<string, unknown> }) =>
    (answer.json().items as { credit_code: string }[]).map(item => item.credit_code)

  const lists: readonly [who: string, sees: readonly string[]][] = [
    ['officer', [codeOf(1), codeOf(2)]],
    ['auditor', [codeOf(1), codeOf(2)]],
    ['town', [codeOf(2)]],
    ['enterprise', [codeOf(1)]],
  ]
  for (const [who, sees] of lists) {
    it(`lists for ${who} what ${who} may see, searched or not`, async () => {
      assert.deepEqual(codesOf(await as(who).get('/api/v1/organisations')), sees)
      const found = codesOf(await as(who).get(`/api/v1/organisations?q=${encodeURIComponent('机械')}`))
      assert.deepEqual(found.sort(), [...sees].sort())
    })
  }

  const denials: readonly [who: string, method: 'get' | 'post', url: string, status: number][] = [
    ['anyone', 'get', '/api/v1/organisations', 401],
    ['bank', 'get', '/api/v1/organisations', 403],
    ['anyone', 'get', `/api/v1/organisations/${codeOf(1)}`, 401],
    ['bank', 'get', `/api/v1/organisations/${codeOf(1)}`, 403],
    ['town', 'get', `/api/v1/organisations/${codeOf(1)}`, 404],
    ['enterprise', 'get', `/api/v1/organisations/${codeOf(2)}`, 404],
    ['anyone', 'get', IMPORTS, 401],
    ['auditor', 'get', IMPORTS, 403],
    ['enterprise', 'get', IMPORTS, 403],
    ['anyone', 'post', IMPORTS, 401],
    ['auditor', 'post', IMPORTS, 403],
    ['enterprise', 'post', IMPORTS, 403],
    ['anyone', 'get', `${IMPORTS}/01a20694-0b9a-72a7-8926-039effe15297`, 401],
    ['auditor', 'get', `${IMPORTS}/01a20694-0b9a-72a7-8926-039effe15297`, 403],
    ['officer', 'get', `${IMPORTS}/01a20694-0b9a-72a7-8926-039effe15297`, 404],
    ['anyone', 'get', `${IMPORTS}/01a20694-0b9a-72a7-8926-039effe15297/problems.csv`, 401],
    ['auditor', 'get', `${IMPORTS}/01a20694-0b9a-72a7-8926-039effe15297/problems.csv`, 403],
    ['officer', 'get', `${IMPORTS}/01a20694-0b9a-72a7-8926-039effe15297/problems.csv`, 404],
    ['anyone', 'post', OVERRIDES, 401],
    ['auditor', 'post', OVERRIDES, 403],
    ['enterprise', 'post', OVERRIDES, 403],
    ['anyone', 'get', '/api/v1/towns', 401],
  ]
  for (const [who, method, url, status] of denials) {
    it(`answers ${status} to ${who} who would ${method} ${url}`, async () => {
      const body = { credit_code: REAL_CODE, reason: '早期试点代码', evidence: '营业执照副本' }
      const answer = method === 'get' ? await as(who).get(url) : await as(who).post(url, body)
      assert.equal(answer.status, status, answer.body)
    })
  }

  it('shows an organisation with the source of each fact and its history', async () => {
    const answer = await as('enterprise').get(`/api/v1/organisations/${codeOf(1).toLowerCase()}`)
    assert.equal(answer.status, 200)
    const page = answer.json() as {
      facts: { fact: string; value: string; source: { kind: string; as_of: string } | null }[]
      history: unknown[]
    }
    const name = page.facts.find(({ fact }) => fact === 'name')
    assert.equal(name?.value, '柳溪第1机械厂')
    assert.equal(name?.source?.kind, 'file')
    assert.match(name?.source?.as_of ?? '', /^\d{4}-\d\d-\d\d$/)
    assert.equal(page.history.length, 1)
  })

  it('tries a file, imports it, and lets what was wrong be downloaded in the language of who asks', async () => {
    const file = csv(rowText(3), rowText(4, { code: '=1+1' }), rowText(5, { capital: '若干' }))
    const tried = await as('officer').upload(`${IMPORTS}?dry_run=true`, '名录.csv', file)
    assert.equal(tried.status, 200, tried.body)
    assert.deepEqual([tried.json().created, tried.json().rejected, tried.json().dry_run], [2, 1, true])
    assert.equal(codesOf(await as('officer').get('/api/v1/organisations')).length, 2)

    const done = await as('officer').upload(IMPORTS, '名录.csv', file)
    const answer = done.json() as {
      id: string
      file_name: string
      created: number
      problems: { line: number; severity: string; sentence: string }[]
      problems_url: string
    }
    assert.deepEqual([answer.created, answer.file_name], [2, '名录.csv'])
    assert.deepEqual([answer.problems[0]?.line, answer.problems[0]?.severity], [3, 'error'])
    assert.equal(codesOf(await as('officer').get('/api/v1/organisations')).length, 4)

    const chinese = await as('officer').get(answer.problems_url)
    assert.equal(chinese.headers['content-type'], 'text/csv; charset=utf-8')
    assert.ok(chinese.body.startsWith('\ufeff行,列,内容,级别,代码,问题和处理办法\r\n'))
    assert.match(
      chinese.body,
      /\r\n3,统一社会信用代码,'=1\+1,错误,credit-code\.length,统一社会信用代码应为 18 位/,
    )
    const english = await as('officer').get(answer.problems_url, 'en')
    assert.match(
      english.body,
      /\r\n4,注册资金,若干,warning,capital\.unreadable,The capital is not understood/,
    )
    const linked = await as('officer').get(`${answer.problems_url}?language=en`, 'zh-CN')
    assert.equal(linked.body, english.body, "a link of an English page, in a Chinese reader's browser")
    const linkedInChinese = await as('officer').get(`${answer.problems_url}?language=zh`, 'en')
    assert.equal(linkedInChinese.body, chinese.body)

    const listed = (await as('officer').get(IMPORTS)).json().items as { id: string; dry_run: boolean }[]
    assert.deepEqual(
      listed.slice(0, 2).map(({ dry_run }) => dry_run),
      [false, true],
    )
    assert.equal((await as('officer').get(`${IMPORTS}/${answer.id}`)).json().id, answer.id)
  })

  it('says what is wrong with a file that cannot be read, or is not there', async () => {
    const wrong = await as('officer').upload(IMPORTS, 'x.csv', '姓名,电话\n张三,1\n')
    assert.deepEqual([wrong.status, wrong.json().code], [422, 'import.heading-unknown'])
    const none = await as('officer').post(IMPORTS, {})
    assert.deepEqual([none.status, none.json().code], [400, 'import.no-file'])
  })

  it('takes a code with a wrong check digit after its evidence was filed, once', async () => {
    const body = {
      credit_code: ` ${REAL_CODE.toLowerCase()}`,
      reason: '早期试点代码',
      evidence: '营业执照副本',
    }
    assert.deepEqual((await as('officer').post(OVERRIDES, body)).json(), { credit_code: REAL_CODE })
    assert.equal((await as('officer').post(OVERRIDES, body)).json().code, 'credit-code.overridden-before')
    const answer = await as('officer').upload(IMPORTS, 'x.csv', csv(rowText(1, { code: REAL_CODE })))
    assert.equal(answer.json().created, 1)
    const page = (await as('officer').get(`/api/v1/organisations/${REAL_CODE}`)).json()
    assert.equal(page.code_check, 'overridden')
    const refused: readonly [code: string, expected: string][] = [
      [codeOf(1), 'credit-code.sound'],
      ['123', 'credit-code.not-overridable'],
      [REAL_CODE.replace('M', 'O'), 'credit-code.not-overridable'],
    ]
    for (const [credit_code, expected] of refused) {
      assert.equal((await as('officer').post(OVERRIDES, { ...body, credit_code })).json().code, expected)
    }
  })

  it('refuses filters that do not exist and pages that are too long', async () => {
    for (const query of ['town=1', 'status=x', 'limit=1000', 'industry=C', 'cursor=x', 'size_class=huge']) {
      assert.equal((await as('officer').get(`/api/v1/organisations?${query}`)).status, 400, query)
    }
  })

  it('lists the towns, retired ones with what they became', async () => {
    const { items } = (await as('bank').get('/api/v1/towns')).json() as {
      items: { code: string; successor_code: string | null }[]
    }
    assert.equal(items.find(town => town.code === '990100104')?.successor_code, BRIDGE)
  })
})
