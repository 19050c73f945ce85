import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { type DenialStage, denialStage } from '../../../../test/denial/stage.ts'
import { setDay, setNotice } from '../../../../test/notice-fixture.ts'
import { event, qualifyingLoan, report, settled } from '../../../../test/subsidy-fixture.ts'
import { verifyAccounts } from '../funds/index.ts'
import { determineClaims } from './determine-claims.ts'
import { verifyClaims } from './verify-claims.ts'

const OFFICER = 'officer@example.test'
const FINANCE = 'finance@example.test'
const APPROVER = 'approver@example.test'

let stage: DenialStage
const first = settled('N-1', '2022-06-15', '2022-06-21', '6166.67')
const thirdQuarter = settled('N-1', '2022-06-21', '2022-09-21', '94555.56')

before(async () => {
  stage = await denialStage()
  await setNotice(stage.database, 5)
  await report(stage.database, [
    ...qualifyingLoan('N-1'),
    first,
    thirdQuarter,
    settled('N-1', '2022-09-21', '2022-12-21', '93527.78'),
  ])
  await determineClaims(stage.database.db)
  await as(FINANCE).post('/api/v1/ledger/appropriations', { year: 2023, amount: '1000000.00', memo: '预算' })
})

/** Someone who is signed in, or the public from an address of its own. */
function as(email?: string, remoteAddress = '192.0.2.1') {
  const cookie = email === undefined ? {} : { cookie: stage.cookies.get(email) ?? '' }
  return {
    get: (url: string) => stage.http.inject({ url, remoteAddress, headers: cookie }),
    post: (url: string, payload?: object, etag?: string, key: string = randomUUID()) =>
      stage.http.inject({
        method: 'POST',
        url,
        remoteAddress,
        headers: { ...cookie, 'idempotency-key': key, ...(etag ? { 'if-match': `"${etag}"` } : {}) },
        ...(payload ? { payload } : {}),
      }),
  }
}

const batchOf = async (id: string) => (await as(OFFICER).get(`/api/v1/batches/${id}`)).json()

async function step(email: string, id: string, name: string, body?: object) {
  return as(email).post(`/api/v1/batches/${id}/${name}`, body, (await batchOf(id)).etag)
}

async function approvedBatch(): Promise<string> {
  const prepared = await as(OFFICER).post('/api/v1/batches')
  assert.equal(prepared.statusCode, 200, prepared.body)
  const { id } = prepared.json()
  await step(OFFICER, id, 'submit', { text: '' })
  const approved = await step(APPROVER, id, 'approve', { text: '' })
  assert.equal(approved.statusCode, 200, approved.body)
  return id
}

const held = async () => {
  const { items } = (await as(FINANCE).get('/api/v1/ledger/accounts?year=2023')).json()
  return items.find(({ kind }: { kind: string }) => kind === 'held').balance
}

const said = { name: '王某', contact: '13800000000', reason: '这台设备早在2021年就已投入使用，不是新购。' }

describe('a batch on public notice', () => {
  let id = ''
  let lines: { claim_id: string; amount: string; quarter: string }[] = []
  const object = (line: number, body: object = said, remoteAddress?: string, key?: string) =>
    as(undefined, remoteAddress).post(
      `/api/v1/notices/${id}/objections`,
      { claim_id: lines[line]?.claim_id, ...body },
      undefined,
      key,
    )
  const objections = async () =>
    (await as(OFFICER).get(`/api/v1/batches/${id}/objections`)).json().items as {
      id: string
      etag: string
      reference: string
      reason: string
      state: string
      contact: string
      withheld: boolean
    }[]
  const openObjection = async () => {
    const open = (await objections()).find(({ state }) => state === 'open')
    assert.ok(open)
    return open
  }
  const decide = async (body: object) => {
    const open = await openObjection()
    return as(OFFICER).post(`/api/v1/objections/${open.id}/decide`, body, open.etag)
  }

  it('is not shown before its notice begins, and cannot be objected to', async () => {
    await setDay(stage.database, '2023-07-01')
    id = await approvedBatch()
    const { notice_from, notice_until, payable_from } = await batchOf(id)
    assert.deepEqual([notice_from, notice_until, payable_from], ['2023-07-03', '2023-07-07', '2023-07-10'])
    assert.deepEqual((await as().get('/api/v1/notices')).json(), { items: [] })
    assert.equal((await as().get(`/api/v1/notices/${id}`)).statusCode, 404)
    lines = [{ claim_id: randomUUID(), amount: '', quarter: '' }]
    assert.equal((await object(0)).statusCode, 404)
  })

  it('shows anyone who is to receive how much for which quarter, and nothing else', async () => {
    await setDay(stage.database, '2023-07-03')
    const { items } = (await as().get('/api/v1/notices')).json()
    assert.deepEqual(
      items.map(({ number, until, lines: count, total }: Record<string, unknown>) => [
        number,
        until,
        count,
        total,
      ]),
      [['2022Q4-1', '2023-07-07', 3, '174825.00']],
    )
    const page = (await as().get(`/api/v1/notices/${id}?limit=2`)).json()
    lines = [...page.items, ...(await as().get(`/api/v1/notices/${id}?cursor=${page.next}`)).json().items]
    assert.deepEqual(
      lines.map(({ quarter, amount }) => [quarter, amount]),
      [
        ['2022Q2', '5550.00'],
        ['2022Q3', '85100.00'],
        ['2022Q4', '84175.00'],
      ],
    )
    for (const line of lines) {
      assert.deepEqual(Object.keys(line).sort(), ['amount', 'claim_id', 'enterprise_name', 'quarter'])
    }
    assert.equal((await as().get(`/api/v1/notices/${id}?q=%25`)).json().items.length, 0)
  })

  it('takes an objection from anyone once, however often it is sent', async () => {
    const key = randomUUID()
    const sent = await object(0, said, undefined, key)
    assert.equal(sent.statusCode, 200, sent.body)
    assert.match(sent.json().reference, /^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/)
    assert.equal((await object(0, said, undefined, key)).body, sent.body)
    assert.equal((await objections()).length, 1)
    const keyless = await stage.http.inject({
      method: 'POST',
      url: `/api/v1/notices/${id}/objections`,
      payload: {},
    })
    assert.equal(keyless.json().code, 'request.idempotency-key-missing')
  })

  it('takes hostile words as words: what is no text is taken out, what is too long is refused', async () => {
    const reason = `<script>alert(1)</script>\u0000\u202e'; drop table objection; --\r\n第二行`
    const sent = await object(1, { ...said, reason }, '192.0.2.2')
    assert.equal(sent.statusCode, 200, sent.body)
    const stored = (await objections()).find(({ reference }) => reference === sent.json().reference)
    assert.equal(stored?.reason, `<script>alert(1)</script>'; drop table objection; --\n第二行`)
    const refusals: readonly [string, object][] = [
      ['a reason of nothing but marks', { ...said, reason: '\u200b'.repeat(50) }],
      ['too long a reason', { ...said, reason: '长'.repeat(2001) }],
      ['too long a name', { ...said, name: '王'.repeat(51) }],
      ['no contact', { name: '王某', reason: said.reason }],
      ['a field that is not asked for', { ...said, admin: true }],
    ]
    for (const [what, body] of refusals) {
      const answer = await object(1, body, `192.0.2.${10 + refusals.findIndex(([each]) => each === what)}`)
      assert.equal(answer.statusCode, 400, what)
    }
    const elsewhere = await object(99, { ...said, claim_id: randomUUID() }, '192.0.2.3')
    assert.equal(elsewhere.statusCode, 404)
  })

  it('lets one address object only so often a minute', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 7; attempt++) {
      statuses.push((await object(99, { ...said, claim_id: randomUUID() }, '192.0.2.4')).statusCode)
    }
    assert.deepEqual(statuses, [404, 404, 404, 404, 404, 429, 429])
  })

  it('tells whoever holds the reference how it stands, and no word of a person', async () => {
    const [{ reference } = { reference: '' }] = await objections()
    const typed = reference.toLowerCase().replaceAll('-', ' ')
    const answer = await as().get(`/api/v1/objection-references/${encodeURIComponent(typed)}`)
    assert.equal(answer.statusCode, 200, answer.body)
    assert.equal(answer.json().state, 'open')
    for (const secret of [said.name, said.contact, said.reason]) assert.ok(!answer.body.includes(secret))
    assert.equal((await as().get('/api/v1/objection-references/2222-2222-2222')).statusCode, 404)
  })

  it('shows the officer what was objected to first, with who and how to reach them', async () => {
    const { exceptions, open_objections } = await batchOf(id)
    assert.equal(open_objections, 2)
    assert.deepEqual(exceptions.filter(({ kind }: { kind: string }) => kind === 'objected').length, 2)
    assert.equal(exceptions[0].kind, 'objected')
    assert.equal((await openObjection()).contact, said.contact)
    const { waiting } = (await as(OFFICER).get('/api/v1/programme')).json()
    assert.ok(
      waiting.some(
        ({ kind, count }: { kind: string; count: number }) => kind === 'objections' && count === 2,
      ),
    )
    const audit = await as('auditor@example.test').get('/api/v1/audit?action=objection.lodged')
    assert.equal(audit.json().items.length, 2)
    assert.ok(!audit.body.includes(said.contact))
  })

  it('takes objections until the end of the last working day, and none after', async () => {
    await setDay(stage.database, '2023-07-07')
    assert.equal((await object(2, said, '192.0.2.5')).statusCode, 200)
    await setDay(stage.database, '2023-07-08')
    const late = await object(2, said, '192.0.2.5')
    assert.equal(late.statusCode, 409)
    assert.equal(late.json().code, 'objection.too-late')
    assert.deepEqual((await as().get('/api/v1/notices')).json(), { items: [] })
  })

  it('is not paid while an objection is open, not even with another batch', async () => {
    await setDay(stage.database, '2023-07-10')
    const refused = await step(FINANCE, id, 'order')
    assert.equal(refused.statusCode, 409, refused.body)
    assert.equal(refused.json().code, 'batch.objection-open')

    await report(stage.database, [settled('N-1', '2022-12-21', '2023-03-21', '92500.00')])
    await determineClaims(stage.database.db)
    const other = await approvedBatch()
    await setDay(stage.database, '2023-07-18')
    const ordered = await step(FINANCE, other, 'order')
    assert.equal(ordered.json().total, (await batchOf(other)).total, ordered.body)
    assert.deepEqual(
      (await batchOf(id)).payments.map(({ state, claims }: { state: string; claims: number }) => [
        state,
        claims,
      ]),
      [['batched', 3]],
    )
  })

  it('is decided once: rejected with a reason that is told, and nothing moves', async () => {
    const before = await batchOf(id)
    const open = await openObjection()
    const url = `/api/v1/objections/${open.id}/decide`
    const reason = '设备发票与入库单核对无误，购置于2022年5月。'
    const decisions = await Promise.all([
      as(OFFICER).post(url, { kind: 'rejected', reason }, open.etag),
      as(APPROVER).post(url, { kind: 'rejected', reason }, open.etag),
    ])
    assert.deepEqual(decisions.map(({ statusCode }) => statusCode).sort(), [200, 412])
    const told = (await as().get(`/api/v1/objection-references/${open.reference}`)).json()
    assert.deepEqual([told.state, told.decision_reason], ['rejected', reason])
    const after = await batchOf(id)
    assert.deepEqual([after.total, after.claims, after.open_objections], [before.total, before.claims, 2])
    assert.equal((await as(OFFICER).post(url, { kind: 'rejected', reason }, 'x')).statusCode, 412)
  })

  it('loses the line of an upheld objection, and its money is free again', async () => {
    const before = await held()
    const seen = (await batchOf(id)).etag
    const upheld = await decide({
      kind: 'upheld',
      outcome: 'redetermine',
      reason: '结息期有误，已请银行更正。',
    })
    assert.equal(upheld.statusCode, 200, upheld.body)
    assert.equal(upheld.json().withheld, true)
    const after = await batchOf(id)
    assert.deepEqual([after.claims, after.total, after.open_objections], [2, '89725.00', 1])
    assert.equal(await held(), (Number(before) - 85_100).toFixed(2))
    const late = await as(FINANCE).post(`/api/v1/batches/${id}/order`, undefined, seen)
    assert.equal(late.statusCode, 412)
    assert.equal(late.json().value.changed_by, OFFICER)
    const told = await as('enterprise@example.test').get('/api/v1/notifications')
    assert.deepEqual(told.json().items[0].parameters, { amount: '85100.00', quarter: '2022Q3' })
    const mine = (await as('enterprise@example.test').get('/api/v1/enterprise/overview')).json()
    const stages = mine.loans[0].claims.map((claim: { quarter: string; stage: string }) => [
      claim.quarter,
      claim.stage,
    ])
    assert.deepEqual(
      stages.filter(([quarter]: [string]) => quarter === '2022Q3'),
      [['2022Q3', 'withheld']],
    )
    const list = (await as(OFFICER).get('/api/v1/claims?withheld=true')).json()
    assert.deepEqual(
      list.items.map((claim: { quarter: string; withheld_in: string }) => [claim.quarter, claim.withheld_in]),
      [['2022Q3', id]],
    )
  })

  it('is paid when the last objection is decided', async () => {
    const upheld = await decide({ kind: 'upheld', outcome: 'withhold', reason: '发票真伪待税务部门核实。' })
    assert.equal(upheld.statusCode, 200, upheld.body)
    const ordered = await step(FINANCE, id, 'order')
    assert.equal(ordered.statusCode, 200, ordered.body)
    assert.equal(ordered.json().total, '5550.00')
  })

  it('does not come back in the next batch while it is held back', async () => {
    assert.equal((await as(OFFICER).post('/api/v1/batches')).json().code, 'batch.nothing-owed')
  })

  it('comes back when the rules have decided on other facts, or when somebody releases it', async () => {
    await report(stage.database, [
      event('N-1', 'reversal', '2023-07-18', { reverses: thirdQuarter.message_id ?? '' }),
      settled('N-1', '2022-06-21', '2022-09-21', '94555.55'),
    ])
    await determineClaims(stage.database.db)
    const held = (await objections()).find(({ state, withheld }) => state === 'upheld' && withheld)
    assert.ok(held)
    const url = `/api/v1/objections/${held.id}/release`
    const released = await as(OFFICER).post(url, { reason: '税务部门已回函，发票属实。' }, held.etag)
    assert.equal(released.json().withheld, false, released.body)
    assert.deepEqual((await as(OFFICER).get('/api/v1/claims?withheld=true')).json().items, [])
    const again = await as(OFFICER).post(url, { reason: '再解除一次' }, released.json().etag)
    assert.equal(again.json().code, 'objection.nothing-withheld')

    const next = await as(OFFICER).post('/api/v1/batches')
    assert.deepEqual([next.json().claims, next.json().total], [2, '169275.00'], next.body)
  })

  it('leaves accounts, journal and claims in agreement', async () => {
    assert.deepEqual((await verifyAccounts(stage.database.db)).disagreements, [])
    assert.deepEqual((await verifyClaims(stage.database.db)).disagreements, [])
  })
})

describe('an upheld objection to a line against which a correction was set off', () => {
  it('takes the correction out with it: an enterprise never ends below nothing', async () => {
    stage = await denialStage()
    const { database } = stage
    await setNotice(database, 1)
    await as(FINANCE).post('/api/v1/ledger/appropriations', {
      year: 2023,
      amount: '1000000.00',
      memo: '预算',
    })
    await report(database, [...qualifyingLoan('N-1'), first])
    await determineClaims(database.db)
    const paid = (await as(OFFICER).post('/api/v1/batches')).json().id
    await database.db.updateTable('subsidy_batch').set({ state: 'closed' }).where('id', '=', paid).execute()
    await report(database, [
      event('N-1', 'early_repayment', '2022-06-15', { amount: '4000000.00' }),
      event('N-1', 'reversal', '2022-09-22', { reverses: first.message_id ?? '' }),
      settled('N-1', '2022-06-15', '2022-06-21', '3700.00'),
      settled('N-1', '2022-06-21', '2022-09-21', '56733.33'),
    ])
    await determineClaims(database.db)
    await setDay(database, '2023-07-01')
    const id = await approvedBatch()
    assert.equal((await batchOf(id)).total, '48840.00')
    await setDay(database, '2023-07-03')
    const { items } = (await as().get(`/api/v1/notices/${id}`)).json()
    const line = items.find(({ amount }: { amount: string }) => amount === '51060.00')
    await as().post(`/api/v1/notices/${id}/objections`, { claim_id: line.claim_id, ...said })
    await as().post(`/api/v1/notices/${id}/objections`, { claim_id: line.claim_id, ...said })
    const [objection, second] = (await as(OFFICER).get(`/api/v1/batches/${id}/objections`)).json().items
    const decision = { kind: 'upheld', outcome: 'withhold', reason: '待核实。' }
    await as(OFFICER).post(`/api/v1/objections/${objection.id}/decide`, decision, objection.etag)
    // Another had objected to the same line: it is decided too, and nothing leaves twice.
    const again = await as(APPROVER).post(`/api/v1/objections/${second.id}/decide`, decision, second.etag)
    assert.equal(again.statusCode, 200, again.body)
    const { claims, total } = await batchOf(id)
    assert.deepEqual([claims, total, await held()], [0, '0.00', '0.00'])
    assert.deepEqual((await verifyClaims(database.db)).disagreements, [])
    await setDay(database, '2023-07-04')
    assert.equal((await step(FINANCE, id, 'order')).statusCode, 200)
    assert.equal((await batchOf(id)).state, 'closed')
  })
})
