import assert from 'node:assert/strict'
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import pg from 'pg'
import { answers, dataDirectory, startInVain, startServer } from './server-process.ts'

const readInstance = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'instance.json'), 'utf8'))

/** Connects to the embedded database of a running instance, as its owner. */
async function connectTo(dataDir: string): Promise<pg.Client> {
  const { database_password } = JSON.parse(readFileSync(join(dataDir, 'secret'), 'utf8'))
  const { database_port } = readInstance(dataDir)
  const client = new pg.Client({
    connectionString: `postgres://millrace_owner:${database_password}@127.0.0.1:${database_port}/millrace`,
    options: '-c search_path=city_990100,millrace',
  })
  // The server may be ended under it.
  client.on('error', () => {})
  await client.connect()
  return client
}

const postmasterOf = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

/** Until some connection waits for a lock. */
async function waitsForLock(dataDir: string): Promise<void> {
  const client = await connectTo(dataDir)
  for (let attempt = 0; attempt < 500; attempt++) {
    const { rowCount } = await client.query(`select from pg_locks where not granted`)
    if (rowCount) break
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

suite('a start', () => {
  test('serves, says where, and when told to stop leaves nothing running', async () => {
    const dataDir = dataDirectory()
    const server = await startServer({ dataDir })
    assert.equal((await fetch(`${server.address}/ready`)).status, 200)
    const instance = readInstance(dataDir)
    assert.equal(instance.pid, server.pid)
    assert.equal(`http://127.0.0.1:${instance.port}`, server.address)
    assert.equal(statSync(join(dataDir, 'secret')).mode & 0o777, 0o600)

    assert.equal(await server.end('SIGTERM'), 0)
    assert.equal(existsSync(join(dataDir, 'instance.json')), false)
    assert.equal(existsSync(join(dataDir, 'postgres/postmaster.pid')), false)
  })

  test('finishes the request in hand before it stops', async () => {
    const dataDir = dataDirectory()
    const server = await startServer({ dataDir })
    const client = await connectTo(dataDir)
    // The clock is a row of a table, which is locked by us.
    await client.query('begin; lock table platform_clock')
    const answer = fetch(`${server.address}/api/v1/clock`)
    await new Promise(resolve => setTimeout(resolve, 300))
    const ended = server.end('SIGTERM')
    await new Promise(resolve => setTimeout(resolve, 300))
    await assert.rejects(fetch(`${server.address}/health`), 'it no longer listens')
    await client.query('commit')
    await client.end()
    assert.equal((await answer).status, 200)
    assert.equal(await ended, 0)
  })

  test('on data that another is serving says where that one is', async () => {
    const dataDir = dataDirectory()
    const server = await startServer({ dataDir })
    const second = await startInVain({ dataDir })
    assert.equal(second.code, 4)
    assert.match(second.output, new RegExp(`already runs on .*${server.address}`))
    assert.equal((await fetch(`${server.address}/health`)).status, 200)
    assert.equal(await server.end('SIGINT'), 0)
  })

  test('on a port that is taken says what to do, and touches nothing', async () => {
    const dataDir = dataDirectory()
    const other = createServer()
    const port = await new Promise<number>(resolve => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const { code, output } = await startInVain({ dataDir, port })
    other.close()
    assert.equal(code, 5)
    assert.match(output, new RegExp(`Port ${port} is taken .* --port ${port + 1}`))
    assert.equal(existsSync(join(dataDir, 'postgres')), false)
  })

  test('after a predecessor was killed takes its data over, and loses nothing', async () => {
    const dataDir = dataDirectory()
    const killed = await startServer({ dataDir })
    const client = await connectTo(dataDir)
    await client.query(`update platform_clock set business_date = '2022-06-21'`)
    await killed.end('SIGKILL')
    assert.equal(readInstance(dataDir).pid, killed.pid, 'its record is still there')
    assert.ok(existsSync(join(dataDir, 'postgres/postmaster.pid')), 'its database still runs')

    const next = await startServer({ dataDir })
    const again = await connectTo(dataDir)
    const { rows } = await again.query('select business_date::text from platform_clock')
    assert.deepEqual(rows, [{ business_date: '2022-06-21' }])
    await again.end()
    assert.equal(await next.end('SIGTERM'), 0)
  })

  test('whose database is killed is not ready, starts it again, and goes on with its jobs', async () => {
    const dataDir = dataDirectory()
    const server = await startServer({ dataDir })
    const client = await connectTo(dataDir)
    await client.query(
      `insert into audit_event (id, business_date, actor, actor_role, action, subject_kind, subject_id)
       values (gen_random_uuid(), '2022-06-21', 'test', 'system', 'thing.done', 'thing', 'before')`,
    )
    // A job that is in hand when the database dies: of a worker that will never give it back.
    await client.query(
      `insert into graphile_worker._private_tasks (identifier) values ('city_990100.evidence.seal') on conflict do nothing;
       insert into graphile_worker._private_jobs (task_id, payload, locked_at, locked_by)
       select id, '{}', now(), 'gone' from graphile_worker._private_tasks where identifier = 'city_990100.evidence.seal'`,
    )
    // A request that is in hand too: it waits for a table that we hold.
    await client.query('begin; lock table platform_clock')
    const inHand = fetch(`${server.address}/api/v1/clock`)
    await waitsForLock(dataDir)
    process.kill(postmasterOf(dataDir), 'SIGKILL')
    assert.equal((await inHand).status, 503)
    const refused = await answers(`${server.address}/ready`, 503)
    assert.match(refused, /database\.unavailable.*try again shortly/s)
    assert.equal((await fetch(`${server.address}/health`)).status, 200)
    await answers(`${server.address}/ready`, 200)

    const again = await connectTo(dataDir)
    for (let attempt = 0; attempt < 400; attempt++) {
      const { rowCount } = await again.query('select from seal')
      if (rowCount) break
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    const { rows } = await again.query('select row_count from seal')
    assert.deepEqual(rows, [{ row_count: '1' }], 'what the interrupted job was for is done')
    await again.end()
    assert.match(server.output(), /ended without being told to: it is started again.*runs again/s)
    assert.equal(await server.end('SIGTERM'), 0)
    assert.equal(existsSync(join(dataDir, 'postgres/postmaster.pid')), false)
    assert.equal(existsSync(join(dataDir, 'instance.json')), false)
  })

  test('whose database is gone for good still stops cleanly', async () => {
    const dataDir = dataDirectory()
    const server = await startServer({ dataDir })
    // Nothing can be started on it again.
    renameSync(join(dataDir, 'postgres/global'), join(dataDir, 'postgres/elsewhere'))
    process.kill(postmasterOf(dataDir), 'SIGKILL')
    await answers(`${server.address}/ready`, 503)
    assert.equal(await server.end('SIGTERM'), 0)
    assert.equal(existsSync(join(dataDir, 'instance.json')), false)
  })

  test('in the middle of which it is killed can be made again', async () => {
    const dataDir = dataDirectory()
    for (const delay_ms of [300, 900, 1_500, 2_500]) {
      const attempt = startServer({ dataDir }).catch(() => undefined)
      await new Promise(resolve => setTimeout(resolve, delay_ms))
      const instance = existsSync(join(dataDir, 'instance.json')) ? readInstance(dataDir) : undefined
      if (instance) process.kill(instance.pid, 'SIGKILL')
      // On a slow machine it had not come so far, and is killed when it has.
      const server = await attempt
      await server?.end('SIGKILL')
    }
    const server = await startServer({ dataDir })
    assert.equal((await fetch(`${server.address}/ready`)).status, 200)
    assert.equal(await server.end('SIGTERM'), 0)
  })
})
