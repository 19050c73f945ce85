import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import pg from 'pg'
import { withDatabase } from '../../apps/server/src/platform/db/index.ts'
import { millraceWith } from './command.ts'
import { dataDirectory, startInVain, startServer } from './server-process.ts'

const server = process.env.MILLRACE_TEST_SERVER ?? ''
const name = `start_${randomBytes(4).toString('hex')}`
const own = withDatabase(server, name)

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement)
  await client.end()
}

suite('DATABASE_URL', () => {
  after(async () => {
    await asOwner(`drop database if exists ${name} with (force)`)
    await asOwner(`drop role if exists ${name}`)
  })

  test('names the server that is used instead of the embedded one', async () => {
    await asOwner(`create database ${name}`)
    const dataDir = dataDirectory()
    const running = await startServer({ dataDir, env: { DATABASE_URL: own } })
    assert.equal((await fetch(`${running.address}/ready`)).status, 200)
    assert.equal(existsSync(join(dataDir, 'postgres')), false)
    assert.equal(await running.end('SIGTERM'), 0)
  })

  test('is shared by any number of processes: who signs in at one is known to the other', async () => {
    const env = { DATABASE_URL: own, MILLRACE_AUTH_SECRET: randomBytes(32).toString('base64url') }
    const [first, second] = await Promise.all([
      startServer({ dataDir: dataDirectory(), env }),
      startServer({ dataDir: dataDirectory(), env }),
    ])
    const account = { email: 'e@example.test', role: 'enterprise', code: '91990100MA00000A9X' }
    const words = ['user', 'add', account.email, '--role', account.role, '--enterprise', account.code]
    const added = await millraceWith(dataDirectory(), env, ...words, '--name', 'E', '--json')
    assert.equal(added.code, 0, added.stderr)
    const { password } = JSON.parse(added.stdout)
    const signedIn = await fetch(`${first.address}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: first.address },
      body: JSON.stringify({ email: account.email, password }),
    })
    assert.equal(signedIn.status, 200)
    const cookie = signedIn.headers.getSetCookie().map(each => each.split(';')[0])
    const known = await fetch(`${second.address}/api/auth/get-session`, {
      headers: { cookie: cookie.join('; ') },
    })
    const session = await known.json()
    assert.equal(session?.user.email, account.email)
    assert.deepEqual([await first.end('SIGTERM'), await second.end('SIGTERM')], [0, 0])
  })

  const wrong: [what: string, url: () => string, says: RegExp][] = [
    ['of a server that is not there', () => 'postgres://a:b@127.0.0.1:1/c', /cannot be reached/],
    ['without a password', () => 'postgres://a@127.0.0.1/c', /with a password/],
    ['that is no address', () => 'localhost', /must read postgres:/],
    [
      'with a wrong password',
      () => own.replace(/:[^:@]+@/, ':nonsense@'),
      /refused the user "millrace_owner": check the password/,
    ],
    ['of a database that does not exist', () => withDatabase(server, 'nowhere'), /has no database "nowhere"/],
  ]
  for (const [what, url, says] of wrong) {
    test(`${what} is told apart`, async () => {
      const { code, output } = await startInVain({ dataDir: dataDirectory(), env: { DATABASE_URL: url() } })
      assert.equal(code, 6, output)
      assert.match(output, says)
    })
  }

  test('of a user without the rights says which statements give them', async () => {
    await asOwner(`create role ${name} login password 'weak'`)
    const url = new URL(server)
    url.username = name
    url.password = 'weak'
    const { code, output } = await startInVain({ dataDir: dataDirectory(), env: { DATABASE_URL: url.href } })
    assert.equal(code, 6, output)
    assert.match(output, new RegExp(`alter role ${name} createrole`))
  })
})
