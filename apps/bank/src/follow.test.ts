import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { follow } from './follow.ts'
import { PlatformUnavailableError } from './platform.ts'

const absent = new PlatformUnavailableError('GET /api/v1/clock', 8, 'connect ECONNREFUSED')
const quick = { interval_ms: 1, interval_ms_max: 2 }

suite('a follower of the clock', () => {
  test('takes a turn at every business date, and none after it is told to stop', async () => {
    const stop = new AbortController()
    const days: string[] = []
    await follow({
      today: async () => `2022-06-0${days.length + 1}`,
      turn: async day => {
        days.push(day)
        if (days.length === 3) stop.abort()
      },
      stopped: stop.signal,
      ...quick,
    })
    assert.deepEqual(days, ['2022-06-01', '2022-06-02', '2022-06-03'])
  })

  test('waits for a platform that is away for a while', async () => {
    const stop = new AbortController()
    let asked = 0
    await follow({
      today: async () => {
        asked += 1
        if (asked < 4) throw absent
        return '2022-06-01'
      },
      turn: async () => stop.abort(),
      stopped: stop.signal,
      ...quick,
    })
    assert.equal(asked, 4)
  })

  test('gives up on a platform that does not come back', async () => {
    let asked = 0
    const gone = follow({
      today: async () => {
        asked += 1
        throw absent
      },
      turn: async () => {},
      stopped: new AbortController().signal,
      failures_max: 5,
      ...quick,
    })
    await assert.rejects(gone, PlatformUnavailableError)
    assert.equal(asked, 5)
  })
})
