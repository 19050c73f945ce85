import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { quarterOf } from './calendar.ts'
import { FAULTS, type Fault, parseFaults } from './fault-names.ts'
import { parcelsOf } from './faults.ts'
import type { SentMessage } from './messages.ts'
import { expectPayments } from './model.ts'
import { bodyOf, type Parcel } from './parcels.ts'
import { type Story, tellStory } from './story.ts'
import { fictionalWorld } from './testing/fictional-world.ts'
import { Receiver } from './testing/receiver.ts'
import type { World } from './world.ts'

const world = fictionalWorld(1, 120)
const story = tellStory(world, { loans: 160, quarters: 6 })

function receive(from: World, told: Story, faults: readonly Fault[], until = told.ends_on): Receiver {
  const receiver = new Receiver(from.enterprises.map(({ credit_code }) => credit_code))
  for (const parcel of parcelsOf(from, told, new Set(faults))) {
    if (parcel.day <= until) receiver.take(parcel)
  }
  return receiver
}

const truth = receive(world, story, []).truth()
const messagesOf = (parcels: readonly Parcel[]): SentMessage[] => parcels.flatMap(({ messages }) => messages)

suite('without faults', () => {
  test('every message is sent once, on its day, and applied at once', () => {
    const { counts } = receive(world, story, [])
    assert.deepEqual(counts, {
      applied: story.messages.length,
      waiting: 0,
      replayed: 0,
      refused: 0,
      unexpected: [],
    })
  })

  test('the banks take the three channels in turn', () => {
    const channels = new Set(parcelsOf(world, story, new Set()).map(({ channel }) => channel))
    assert.deepEqual(channels, new Set(['single', 'ndjson', 'csv']))
  })
})

suite('with faults', () => {
  for (const fault of FAULTS) {
    test(`the truth at the end is the same with ${fault}, and nothing is refused that is right`, () => {
      const receiver = receive(world, story, [fault])
      assert.deepEqual(receiver.counts.unexpected, [])
      assert.deepEqual(receiver.truth(), truth)
    })
  }

  test('the truth at the end is the same with any faults together, for any seed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), fc.subarray([...FAULTS], { minLength: 1 }), (seed, faults) => {
        const other = fictionalWorld(seed, 30)
        const told = tellStory(other, { loans: 40, quarters: 5 })
        const receiver = receive(other, told, faults)
        assert.deepEqual(receiver.counts.unexpected, [])
        assert.deepEqual(receiver.truth(), receive(other, told, []).truth())
      }),
      { numRuns: 40 },
    )
  })

  test('each fault leaves its trace in the answers', () => {
    const counts = Object.fromEntries(FAULTS.map(fault => [fault, receive(world, story, [fault]).counts]))
    assert.ok((counts.duplicates?.replayed ?? 0) > 10)
    assert.ok((counts.reordering?.waiting ?? 0) > 10)
    assert.ok((counts['cut-file']?.refused ?? 0) > 0 && (counts['cut-file']?.replayed ?? 0) > 0)
    assert.ok((counts['unknown-code']?.refused ?? 0) > 2)
    assert.ok((counts['wrong-signature']?.refused ?? 0) > 2)
    assert.ok((counts['lost-answer']?.replayed ?? 0) > 2)
  })

  test('are the same again for the same seed', () => {
    const again = () => parcelsOf(world, story, new Set(FAULTS)).map(bodyOf)
    assert.deepEqual(again(), again())
  })

  test('nothing is under way on the last day of a month, however messages overtake one another', () => {
    for (const day of ['2022-06-30', '2022-09-21', '2022-10-31', '2023-02-28']) {
      assert.deepEqual(
        receive(world, story, ['reordering', 'duplicates', 'unknown-code'], day).truth(),
        receive(world, story, [], day).truth(),
        day,
      )
    }
  })
})

suite('a late correction', () => {
  const wrong = messagesOf(parcelsOf(world, story, new Set(['late-correction'])))
  const reversals = wrong.flatMap(({ message }) =>
    message.kind === 'reversal' && message.reverses.endsWith('-W') ? [message] : [],
  )

  test('comes in a later quarter, and the loan settles interest again after it', () => {
    assert.ok(reversals.length >= 6)
    for (const reversal of reversals) {
      const settled = wrong.find(({ message }) => message.message_id === reversal.reverses)?.message
      assert.ok(settled && quarterOf(settled.occurred_on) < quarterOf(reversal.occurred_on))
      assert.ok(
        wrong.some(
          ({ message }) =>
            message.kind === 'interest_settled' &&
            message.loan_receipt === reversal.loan_receipt &&
            message.occurred_on > reversal.occurred_on,
        ),
      )
    }
  })

  test('changes what is paid on the way, and nothing in the end', () => {
    const days = ['2022-06-30', '2022-09-30', '2022-12-31', '2023-03-31', '2023-06-30', '2023-09-30'] as const
    const [first, ...rest] = days
    const paidOn = (messages: readonly SentMessage[], day: string) =>
      expectPayments(world, messages, [first, ...rest.filter(each => each <= day)]).total_fen
    assert.ok(
      days.some(day => paidOn(wrong, day) > paidOn(story.messages, day)),
      'somebody is overpaid for a time',
    )
    assert.ok(
      days.some(day => paidOn(wrong, day) < paidOn(story.messages, day)),
      'somebody is underpaid for a time',
    )
    assert.equal(paidOn(wrong, '2023-09-30'), paidOn(story.messages, '2023-09-30'))
  })

  test('leaves no enterprise with less due to it later than it was overpaid', () => {
    const batches = ['2022-06-30', '2022-09-30', '2022-12-31', '2023-03-31', '2023-06-30', '2023-09-30']
    const before = new Map<string, bigint>()
    batches.forEach((day, index) => {
      const now = expectPayments(world, wrong, [
        batches[0] ?? day,
        ...batches.slice(1, index + 1),
      ]).by_enterprise
      for (const [code, fen] of now) {
        assert.ok(fen >= (before.get(code) ?? 0n), `${code} owes the city on ${day}`)
        before.set(code, fen)
      }
    })
  })
})

suite('the list of faults', () => {
  test('is all of them where none is named, and refuses a name it does not know', () => {
    assert.equal(parseFaults(true).size, FAULTS.length)
    assert.equal(parseFaults(undefined).size, 0)
    assert.deepEqual([...parseFaults('duplicates,cut-file')], ['duplicates', 'cut-file'])
    assert.throws(() => parseFaults('gremlins'), /"gremlins" is not a fault/)
  })
})
