import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import pg from 'pg'
import { millrace, millraceWith } from './command.ts'
import { dataDirectory, type ServerProcess, startServer } from './server-process.ts'

async function sealed(owner: pg.Client): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { rowCount } = await owner.query('select from seal')
    if (rowCount) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('nothing was sealed')
}

suite('commands', () => {
  const dataDir = dataDirectory()
  let server: ServerProcess
  before(async () => {
    server = await startServer({ dataDir })
  })

  test('work on the data of the instance that runs', async () => {
    const added = await millrace(
      dataDir,
      ...'user add someone@example.test --role officer --name S --json'.split(' '),
    )
    assert.equal(added.code, 0, added.stderr)
    const { password, authenticator } = JSON.parse(added.stdout)
    assert.ok(password.length >= 12)
    assert.match(authenticator, /^otpauth:\/\/totp\//)
    const signIn = await fetch(`${server.address}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.address },
      body: JSON.stringify({ email: 'someone@example.test', password }),
    })
    assert.deepEqual(await signIn.json(), { twoFactorRedirect: true, twoFactorMethods: ['totp'] })
  })

  test('work on the city of that instance, whatever the default is, and say when another is named', async () => {
    const { code, stdout, stderr } = await millraceWith(
      dataDir,
      { MILLRACE_CITY: 'zhongshan' },
      ...['ledger', 'seals', '--json'],
    )
    assert.equal(code, 0, stderr)
    assert.equal(JSON.parse(stdout).city, '990100')
    const other = await millrace(dataDir, 'verify', '--city', 'zhongshan')
    assert.equal(other.code, 4)
    assert.match(other.stderr, /runs testville, not zhongshan/)
  })

  const refused: [what: string, words: string, code: number, says: RegExp][] = [
    ['an account twice', 'user add someone@example.test --role officer --name S', 3, /already/],
    ['a bank’s account without a bank', 'user add b@example.test --role bank --name B', 3, /--bank/],
    ['a word that is no command', 'sreve', 2, /unknown command/],
    ['an option that is no number', 'demo --quarters many', 2, /whole number/],
    ['a claim that is not there', 'explain claim 00000000-0000-7000-8000-000000000000', 3, /not-found/],
    ['a claim with no identifier', 'explain claim nonsense', 3, /not-found/],
    ['a file that is not there', 'import organisations /nowhere.csv', 1, /nowhere/],
  ]
  for (const [what, words, code, says] of refused) {
    test(`refuse ${what} with exit code ${code}`, async () => {
      const outcome = await millrace(dataDir, ...words.split(' '))
      assert.equal(outcome.code, code, outcome.stderr)
      assert.match(outcome.stderr, says)
    })
  }

  test('verify holds, and fails loudly once the owner has edited history', async () => {
    await millrace(dataDir, 'user', 'add', 'other@example.test', '--role', 'auditor', '--name', 'O')
    const { database_password } = JSON.parse(readFileSync(join(dataDir, 'secret'), 'utf8'))
    const { database_port } = JSON.parse(readFileSync(join(dataDir, 'instance.json'), 'utf8'))
    const owner = new pg.Client({
      connectionString: `postgres://millrace_owner:${database_password}@127.0.0.1:${database_port}/millrace`,
      options: '-c search_path=city_990100,millrace',
    })
    await owner.connect()
    // Sealed now and not in five minutes: the job is asked for by hand.
    await owner.query(`select graphile_worker.add_job('city_990100.evidence.seal')`)
    await sealed(owner)
    const before = await millrace(dataDir, 'verify', '--json')
    assert.equal(before.code, 0, before.stderr)
    assert.equal(JSON.parse(before.stdout).holds, true)

    const kept = join(dataDir, 'kept.json')
    const seals = await millrace(dataDir, 'ledger', 'seals', '--json')
    writeFileSync(kept, seals.stdout)
    const beside = await millrace(dataDir, 'verify', '--seals', kept, '--json')
    assert.equal(beside.code, 0, beside.stderr)
    assert.deepEqual(JSON.parse(beside.stdout).kept, { compared: 1, disagreements: [] })

    await owner.query(`update audit_event set actor = 'somebody else'`)
    const after = await millrace(dataDir, 'verify')
    assert.equal(after.code, 7)
    assert.match(after.stdout, /audit_event: seal 1 .* rows that were changed/)
    assert.match(after.stdout, /SOMETHING DOES NOT HOLD/)

    // The owner writes the whole chain anew: it agrees with itself, and not with what was kept.
    await owner.query(`delete from seal; select graphile_worker.add_job('city_990100.evidence.seal')`)
    await sealed(owner)
    assert.equal((await millrace(dataDir, 'verify')).code, 0)
    const found = await millrace(dataDir, 'verify', '--seals', kept)
    assert.equal(found.code, 7)
    assert.match(found.stdout, /audit_event: seal 1, kept as [0-9a-f]{64} .* another one now/)

    await owner.query(
      `insert into fund_account (id, code, kind, name, budget_year, balance_fen)
       values (gen_random_uuid(), '2022-available', 'available', 'x', 2022, 123456)`,
    )
    await owner.end()
    const wrong = await millrace(dataDir, 'verify', '--json')
    assert.equal(wrong.code, 7)
    assert.deepEqual(JSON.parse(wrong.stdout).accounts.disagreements, [
      { kind: 'account', code: '2022-available', recorded: '1234.56', recomputed: '0.00' },
    ])
  })

  test('start the database for as long as they run where no instance does', async () => {
    assert.equal(await server.end('SIGTERM'), 0)
    const { code, stdout, stderr } = await millrace(dataDir, 'user', 'list', '--json')
    assert.equal(code, 0, stderr)
    assert.deepEqual(
      JSON.parse(stdout).users.map(({ email }: { email: string }) => email),
      ['other@example.test', 'someone@example.test'],
    )
    assert.equal(
      (await millrace(dataDir, 'migrate', '--json')).stdout,
      '{"city":"testville","migrated":true}\n',
    )
  })
})
