import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import { DomainError } from '../errors.ts'
import { delayBeforeTry, keepRunning } from './keep-running.ts'

/** A database that starts when `startable` says so, watched by a clock that runs as fast as it is asked. */
function database(startable: (attempt: number) => true | Error) {
  const state = { runs: true, starts: 0, returns: 0, waited_ms: 0, said: [] as string[] }
  const log = pino({ level: 'info' }, { write: line => state.said.push(JSON.parse(line).msg) })
  const kept = {
    log,
    runs: () => state.runs,
    start: async () => {
      const outcome = startable(++state.starts)
      if (outcome !== true) throw outcome
      state.runs = true
    },
    onReturn: async () => {
      state.returns++
    },
  }
  const keeper = keepRunning(kept, async delay_ms => {
    state.waited_ms += delay_ms
    await turn()
  })
  return { state, keeper }
}

async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds() && turns < 10_000; turns++) await turn()
  assert.ok(holds(), 'it never came to that')
}

suite('a database that ends without being told to', () => {
  test('is started again at once, and who must know is told', async () => {
    const { state, keeper } = database(() => true)
    await until(() => state.waited_ms > 2_000)
    assert.equal(state.starts, 0, 'while it runs it is left alone')
    state.runs = false
    await until(() => state.returns === 1)
    assert.deepEqual([state.starts, state.runs], [1, true])
    await keeper.stop()
  })

  test('is given up after eight tries, and the log says what to do', async () => {
    const { state, keeper } = database(() => new Error('no'))
    state.runs = false
    await until(() => /until the platform is started again/.test(state.said.at(-1) ?? ''))
    assert.equal(state.starts, 8)
    await keeper.stop()
  })

  test('and ends again as soon as it has started is given up too', async () => {
    const { state, keeper } = database(() => true)
    await until(() => {
      state.runs = false
      return /until the platform is started again/.test(state.said.at(-1) ?? '')
    })
    assert.equal(state.starts, 8)
    await keeper.stop()
  })

  test('waits for room on a full disk, however long it takes', async () => {
    const full = new DomainError({ code: 'database.disk-full', zh: '磁盘已满', en: 'The disk is full' })
    const { state, keeper } = database(attempt => (attempt < 100 ? full : true))
    state.runs = false
    await until(() => state.runs)
    assert.equal(state.starts, 100)
    await keeper.stop()
  })

  test('is left alone once stopping has begun', async () => {
    const { state, keeper } = database(() => true)
    const stopped = keeper.stop()
    state.runs = false
    await stopped
    assert.equal(state.starts, 0)
  })

  test('is tried at growing distances', () => {
    const delays_ms = [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(delayBeforeTry), delays_ms)
  })
})
