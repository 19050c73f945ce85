import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { pino } from 'pino'
import { TEST_CITY, testDatabase } from '../../../../test/database.ts'
import { inTransaction } from './db/index.ts'
import { addJob, type Jobs, startJobs, type Task } from './jobs.ts'

const log = pino({ level: 'silent' })

suite('jobs', async () => {
  const database = await testDatabase()
  const done: unknown[] = []
  let failures = 1
  const tasks: Task[] = [
    { name: 'test.note', run: async payload => void done.push(payload) },
    {
      name: 'test.slow',
      run: async () => {
        await new Promise(resolve => setTimeout(resolve, 300))
        done.push('slow')
      },
    },
    {
      name: 'test.fails-once',
      run: async () => {
        if (failures-- > 0) throw new Error('not yet')
        done.push('at last')
      },
    },
  ]
  const options = { appUrl: database.appUrl, cityCode: TEST_CITY.code, database, tasks, log }
  let jobs: Jobs | undefined
  after(() => jobs?.stop())

  async function until(holds: () => boolean): Promise<void> {
    for (let attempt = 0; !holds() && attempt < 500; attempt++) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    assert.ok(holds(), JSON.stringify(done))
  }

  test('run when the transaction that asked for them commits, as the application may', async () => {
    jobs = await startJobs(options)
    await inTransaction(database.db, tx => addJob(tx, 'test.note', { number: 1 }))
    await until(() => done.length === 1)
    assert.deepEqual(done, [{ number: 1 }])
  })

  test('never run when it does not', async () => {
    await assert.rejects(
      inTransaction(database.db, async tx => {
        await addJob(tx, 'test.note', { number: 2 })
        throw new Error('changed my mind')
      }),
    )
    await inTransaction(database.db, tx => addJob(tx, 'test.note', { number: 3 }))
    await until(() => done.length === 2)
    assert.deepEqual(done, [{ number: 1 }, { number: 3 }])
  })

  test('run again when they fail', async () => {
    await inTransaction(database.db, tx => addJob(tx, 'test.fails-once', {}))
    await until(() => done.includes('at last'))
  })

  test('in hand are finished before the runner stops', async () => {
    await inTransaction(database.db, tx => addJob(tx, 'test.slow', {}))
    await new Promise(resolve => setTimeout(resolve, 150))
    await jobs?.stop()
    jobs = undefined
    assert.ok(done.includes('slow'))
  })

  test('of one key that wait together are one', async () => {
    for (const number of [7, 8, 9]) {
      await inTransaction(database.db, tx => addJob(tx, 'test.note', { number }, { key: 'only one' }))
    }
    jobs = await startJobs(options)
    await until(() => done.some(each => JSON.stringify(each) === '{"number":9}'))
    assert.ok(!done.some(each => ['{"number":7}', '{"number":8}'].includes(JSON.stringify(each))))
  })

  test('of another city are left to its own workers', async () => {
    await database.pool.query(
      `select graphile_worker.add_job('city_990200.test.note', '{"number": 10}'::json)`,
    )
    await inTransaction(database.db, tx => addJob(tx, 'test.note', { number: 11 }))
    await until(() => done.some(each => JSON.stringify(each) === '{"number":11}'))
    assert.ok(!done.some(each => JSON.stringify(each) === '{"number":10}'))
  })
})
