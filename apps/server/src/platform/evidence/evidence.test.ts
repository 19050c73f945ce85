import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import pg from 'pg'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { recordAudit } from '../audit.ts'
import { inTransaction, migrate } from '../db/index.ts'
import { DomainError } from '../errors.ts'
import { compareSeals, exportSeals, readSeals, sealStreams, verifySeals } from './index.ts'
import { STREAM_NAMES, STREAMS } from './streams.ts'

async function record(database: TestDatabase, subjectId: string): Promise<void> {
  await inTransaction(database.db, tx =>
    recordAudit(tx, {
      actor: { name: 'test', role: 'system' },
      businessDate: '2022-06-21',
      action: 'thing.done',
      subjectKind: 'thing',
      subjectId,
      detail: { amount: '1.00' },
    }),
  )
}

/**
 * Seals until so many rows are sealed: test files that run at the same time share the server's transaction ids, and
 * what one of them has open holds back the others.
 */
async function seal(database: TestDatabase, rows: bigint): Promise<void> {
  let sealed = 0n
  for (let attempt = 0; sealed < rows && attempt < 500; attempt++) {
    sealed += await sealStreams(database)
    if (sealed < rows) await new Promise(resolve => setTimeout(resolve, 20))
  }
  assert.equal(sealed, rows)
}

async function asOwner(database: TestDatabase, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl, options: '-c search_path=city_990100' })
  await client.connect()
  await client.query(statement)
  await client.end()
}

const breaksOf = async (database: TestDatabase) =>
  (await verifySeals(database)).flatMap(({ breaks }) =>
    breaks.map(({ stream, number, kind }) => [stream, number, kind]),
  )

suite('sealed evidence', () => {
  test('holds while nobody touches it, over several seals', async () => {
    const database = await testDatabase()
    for (const round of [1, 2, 3]) {
      for (const each of [1, 2, 3]) await record(database, `${round}/${each}`)
      await seal(database, 3n)
    }
    const [audit] = await verifySeals(database)
    assert.equal(audit?.seals, 3)
    assert.equal(audit?.rows, 9n)
    assert.match(audit?.head ?? '', /^[0-9a-f]{64}$/)
    assert.deepEqual(await breaksOf(database), [])
  })

  test('is not sealed twice, and nothing new makes no seal', async () => {
    const database = await testDatabase()
    await record(database, 'one')
    await seal(database, 1n)
    assert.equal(await sealStreams(database), 0n)
  })

  test('waits for a transaction that still runs, and then takes its rows too', async () => {
    const database = await testDatabase()
    const slow = new pg.Client({
      connectionString: database.appUrl,
      options: '-c search_path=city_990100,millrace',
    })
    await slow.connect()
    await slow.query('begin')
    await slow.query(
      `insert into audit_event (id, business_date, actor, actor_role, action, subject_kind, subject_id)
       values (gen_random_uuid(), '2022-06-21', 'slow', 'system', 'thing.done', 'thing', 'slow')`,
    )
    await record(database, 'quick')
    assert.equal(await sealStreams(database), 0n)
    await slow.query('commit')
    await slow.end()
    await seal(database, 2n)
    assert.deepEqual(await breaksOf(database), [])
  })

  const tampering = [
    [
      'a row that the owner edits',
      `update audit_event set detail = '{"amount": "2.00"}' where subject_id = 'b'`,
    ],
    ['a row that the owner removes', `delete from audit_event where subject_id = 'b'`],
    [
      'a row that the owner slips in',
      `insert into audit_event (id, business_date, actor, actor_role, action, subject_kind, subject_id, transaction_id)
       select gen_random_uuid(), business_date, actor, actor_role, action, subject_kind, 'x', transaction_id
       from audit_event where subject_id = 'b'`,
    ],
  ] as const
  for (const [what, statement] of tampering) {
    test(`shows ${what}, and in which seal`, async () => {
      const database = await testDatabase()
      for (const subject of ['a', 'b', 'c']) {
        await record(database, subject)
        await seal(database, 1n)
      }
      await asOwner(database, statement)
      assert.deepEqual(await breaksOf(database), [['audit_event', 2n, 'rows']])
    })
  }

  test('shows a seal that the owner removes or writes anew', async () => {
    const database = await testDatabase()
    for (const subject of ['a', 'b', 'c']) {
      await record(database, subject)
      await seal(database, 1n)
    }
    await asOwner(database, `update seal set hash = sha256(hash) where number = 2`)
    assert.deepEqual(await breaksOf(database), [
      ['audit_event', 2n, 'rows'],
      ['audit_event', 3n, 'chain'],
    ])
    await asOwner(database, `delete from seal where number = 2`)
    assert.deepEqual(await breaksOf(database), [['audit_event', 3n, 'chain']])
  })

  test('shows the line of a journal entry that the owner edits', async () => {
    const database = await testDatabase()
    await asOwner(
      database,
      `insert into fund_account (id, code, kind, name, budget_year) values
         ('00000000-0000-7000-8000-000000000001', 'one', 'appropriation', 'one', 2022),
         ('00000000-0000-7000-8000-000000000002', 'two', 'available', 'two', 2022);
       begin;
       insert into journal_entry (id, kind, business_date, reference_kind, reference_id, memo, actor) values
         ('00000000-0000-7000-8000-000000000003', 'appropriate', '2022-06-21', 'budget', gen_random_uuid(), '', 'x');
       insert into journal_line (entry_id, line, account_id, amount_fen) values
         ('00000000-0000-7000-8000-000000000003', 1, '00000000-0000-7000-8000-000000000001', -5),
         ('00000000-0000-7000-8000-000000000003', 2, '00000000-0000-7000-8000-000000000002', 5);
       commit;`,
    )
    await seal(database, 1n)
    assert.deepEqual(await breaksOf(database), [])
    await asOwner(database, 'update journal_line set amount_fen = amount_fen * 2')
    assert.deepEqual(await breaksOf(database), [['journal_entry', 1n, 'rows']])
  })

  test('shows a chain that the owner writes anew, beside seals that were kept elsewhere', async () => {
    const database = await testDatabase()
    for (const subject of ['a', 'b', 'c']) {
      await record(database, subject)
      await seal(database, 1n)
    }
    const all = await exportSeals(database, { cityCode: TEST_CITY.code, newestOnly: false })
    const newest = await exportSeals(database, { cityCode: TEST_CITY.code, newestOnly: true })
    assert.deepEqual(
      [all, newest].map(({ seals }) => seals.map(({ number }) => number)),
      [[1, 2, 3], [3]],
    )
    const kept = readSeals(JSON.stringify(all), 'kept.json', TEST_CITY.code).seals
    assert.deepEqual(await compareSeals(database, kept), { compared: 3, disagreements: [] })

    await asOwner(
      database,
      `update audit_event set actor = 'somebody else' where subject_id = 'b'; delete from seal where number >= 2`,
    )
    await seal(database, 2n)
    assert.deepEqual(await breaksOf(database), [], 'the new chain agrees with itself')
    const { disagreements } = await compareSeals(database, kept)
    assert.deepEqual(
      disagreements.map(({ stream, number, kind }) => [stream, number, kind]),
      [['audit_event', 2, 'other']],
    )
    const onlyNewest = await compareSeals(database, newest.seals)
    assert.deepEqual(
      onlyNewest.disagreements.map(({ number, kind }) => [number, kind]),
      [[3, 'gone']],
    )
  })

  test('kept elsewhere are those of this city, and a file of something else is refused', () => {
    const refusedAs = (code: string) => (error: unknown) =>
      error instanceof DomainError && error.code === code && error.zh.includes('kept.json')
    assert.throws(() => readSeals('{}', 'kept.json', '990100'), refusedAs('evidence.seals-unreadable'))
    assert.throws(() => readSeals('not JSON', 'kept.json', '990100'), refusedAs('evidence.seals-unreadable'))
    const foreign = JSON.stringify({
      format: 'millrace-seals-1',
      city: '990200',
      exported_at: '2022-06-21T00:00:00.000Z',
      seals: [],
    })
    assert.throws(
      () => readSeals(foreign, 'kept.json', '990100'),
      refusedAs('evidence.seals-of-another-city'),
    )
  })

  test('goes on where a dump was restored into a server that has counted fewer transactions', async () => {
    const database = await testDatabase()
    const serverHasCounted = (transactions: bigint) =>
      asOwner(
        database,
        `create or replace function transactions_before() returns bigint language sql immutable as 'select ${transactions}::bigint';
         create or replace function this_transaction() returns xid8 language sql stable
           as 'select (pg_current_xact_id()::text::bigint + ${transactions})::text::xid8'`,
      )
    await serverHasCounted(9_000_000_000n)
    await record(database, 'sealed before the move')
    await seal(database, 1n)
    await record(database, 'not sealed before the move')

    await serverHasCounted(0n)
    assert.equal(await sealStreams(database), 0n, 'left alone, nothing would ever be sealed again')

    await migrate(database.ownerUrl, TEST_CITY)
    await record(database, 'written after the move')
    // Besides the two: the record of the move itself.
    await seal(database, 3n)
    assert.deepEqual(await breaksOf(database), [])
    const { rows } = await database.pool.query(
      `select subject_id as what from audit_event where action = 'thing.done' order by transaction_id`,
    )
    assert.deepEqual(
      rows.map(({ what }) => what),
      ['sealed before the move', 'not sealed before the move', 'written after the move'],
    )

    await migrate(database.ownerUrl, TEST_CITY)
    assert.equal(await sealStreams(database), 0n, 'a start that finds the server ahead changes nothing')
    const before = await database.pool.query('select transactions_before() as number')
    assert.deepEqual(before.rows, [{ number: 3n << 32n }])
  })

  test('the application may add a seal and not change one', async () => {
    const database = await testDatabase()
    await record(database, 'a')
    await seal(database, 1n)
    await assert.rejects(database.pool.query('update seal set row_count = 0'), /permission denied/)
    await assert.rejects(database.pool.query('delete from seal'), /permission denied/)
  })

  test('covers every column of what it seals', async () => {
    const database = await testDatabase()
    for (const stream of STREAM_NAMES) {
      const { rows } = await database.pool.query<{ column_name: string }>(
        'select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1',
        [stream],
      )
      assert.deepEqual([...STREAMS[stream]].sort(), rows.map(({ column_name }) => column_name).sort(), stream)
    }
  })
})
