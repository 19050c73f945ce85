import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { z } from 'zod'
import { defaultCity } from '../../apps/server/src/app/default-city.ts'
import { RefusedError, type Session, signIn } from '../../apps/server/src/demo/http-client.ts'
import { dataDirectory, type ServerProcess, startInVain, startServer } from '../start/server-process.ts'

const SIZE = ['--organisations', '80', '--loans', '40', '--seed', '2']
const Advanced = z.object({
  business_date: z.string(),
  messages: z.object({ accepted: z.number() }),
  claims_changed: z.number(),
  batch: z.string().nullable(),
  payments: z.object({ paid: z.number(), rejected: z.number() }),
})
const ADVANCE = '/api/v1/demonstration/advance'
const refusedAs = (code: string) => (error: unknown) => error instanceof RefusedError && error.code === code

suite('a demonstration', () => {
  const dataDir = dataDirectory()
  const city = defaultCity()
  let server: ServerProcess
  let officer: Session
  before(async () => {
    server = await startServer({ dataDir, city, flags: SIZE })
    officer = await signIn(server.address, 'officer@millrace.example')
  })

  test('shows an account for every role, and staff their present code', async () => {
    const answer = await fetch(`${server.address}/api/v1/demonstration/accounts`)
    const { accounts } = z
      .object({ accounts: z.array(z.object({ role: z.string(), code: z.string().nullable() })) })
      .parse(await answer.json())
    const roles = new Set(accounts.map(({ role }) => role))
    for (const role of ['officer', 'approver', 'finance', 'auditor', 'town', 'bank', 'enterprise']) {
      assert.ok(roles.has(role), role)
    }
    for (const { role, code } of accounts) {
      assert.equal(/^\d{6}$/.test(code ?? ''), !['bank', 'enterprise'].includes(role), role)
    }
  })

  test('lets the banks and the rules play until the next settlement, and leaves the batch to the visitor', async () => {
    const advanced = await officer.post(ADVANCE, {}, Advanced)
    assert.equal(advanced.business_date, '2022-06-22')
    assert.ok(advanced.messages.accepted > 0)
    assert.ok(advanced.claims_changed > 0)
    assert.equal(advanced.batch, null)
    const clock = await (await fetch(`${server.address}/api/v1/clock`)).json()
    assert.deepEqual(clock, { business_date: '2022-06-22', demonstration: true })
  })

  test('plays the officers too where that is wished, tells how it goes, and is advanced once at a time', async () => {
    const told: string[] = []
    const watching = new AbortController()
    const stream = await officer.stream('/api/v1/demonstration/progress', watching.signal)
    const watched = (async () => {
      for await (const chunk of stream) told.push(chunk)
    })().catch(() => {})
    const first = officer.post(ADVANCE, { with_officers: true }, Advanced)
    await new Promise(resolve => setTimeout(resolve, 100))
    await assert.rejects(officer.post(ADVANCE, {}, Advanced), refusedAs('demonstration.advancing'))
    const advanced = await first
    assert.equal(advanced.business_date, '2022-09-22')
    assert.match(advanced.batch ?? '', /^2022Q3-/)
    assert.ok(advanced.payments.paid > 0)
    watching.abort()
    await watched
    assert.match(
      told.join(''),
      /event: progress\ndata: .*"kind":"step".*The banks have reported through 2022-09-22/s,
    )
    assert.match(told.join(''), /"kind":"done"/)
  })

  test('never goes back', async () => {
    await assert.rejects(officer.post(ADVANCE, { to: '2022-01-01' }, Advanced), refusedAs('clock.backwards'))
  })

  test('is advanced by those who may', async () => {
    const auditor = await signIn(server.address, 'auditor@millrace.example')
    await assert.rejects(auditor.post(ADVANCE, {}, Advanced), refusedAs('auth.forbidden'))
  })

  test('goes on after a restart where it stopped, and never becomes an installation for work', async () => {
    const before = await (await fetch(`${server.address}/api/v1/clock`)).json()
    assert.equal(await server.end('SIGTERM'), 0)
    const { code, output } = await startInVain({ dataDir, city, flags: ['--empty'] })
    assert.equal(code, 3)
    assert.match(output, /holds demonstration data/)

    server = await startServer({ dataDir, city, flags: SIZE })
    assert.deepEqual(await (await fetch(`${server.address}/api/v1/clock`)).json(), before)
    officer = await signIn(server.address, 'officer@millrace.example')
    const advanced = await officer.post(ADVANCE, { with_officers: true }, Advanced)
    assert.equal(advanced.business_date, '2022-12-22')
    assert.ok(advanced.payments.paid > 0)
    assert.equal(await server.end('SIGTERM'), 0)
  })
})
