import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { WorldError } from './check.ts'
import { fictionalWorld } from './testing/fictional-world.ts'
import { parseWorld } from './world.ts'

const world = fictionalWorld(1, 3)
const [bank] = world.banks
const [filing] = world.filings

suite('the world file', () => {
  test('is read as it was written, and fields that nobody asked for are left out', () => {
    assert.deepEqual(parseWorld({ ...world, weather: 'fine' }), parseWorld(world))
    assert.deepEqual(parseWorld(JSON.parse(JSON.stringify(world))).filings, world.filings)
  })

  const wrong: readonly [what: string, value: unknown, message: RegExp][] = [
    ['no object', 7, /^world is 7; it should be an object$/],
    ['a seed that is no number', { ...world, seed: '1' }, /^world\.seed is "1"; it should be a whole number/],
    [
      'no banks',
      { ...world, banks: [] },
      /^world\.banks is \[\]; it should be a list with 1 entries or more$/,
    ],
    [
      'an algorithm that nobody knows',
      { ...world, banks: [{ ...bank, algorithm: 'rsa' }] },
      /^world\.banks\[0\]\.algorithm is "rsa"; it should be one of ed25519, sm2$/,
    ],
    [
      'a day that the calendar does not have',
      { ...world, filings: [{ ...filing, filed_on: '2022-02-30' }] },
      /^world\.filings\[0\]\.filed_on is "2022-02-30"/,
    ],
    [
      'an amount in doubles',
      { ...world, filings: [{ ...filing, civil_works: 0.1 }] },
      /^world\.filings\[0\]\.civil_works is 0\.1; it should be an amount in yuan/,
    ],
    [
      'a policy that lacks its cap',
      { ...world, policy: { ...world.policy, yearly_cap: undefined } },
      /yearly_cap is missing/,
    ],
  ]
  for (const [what, value, message] of wrong) {
    test(`with ${what} is refused, and says where`, () => {
      assert.throws(
        () => parseWorld(value),
        error => error instanceof WorldError && message.test(error.message),
      )
    })
  }
})
