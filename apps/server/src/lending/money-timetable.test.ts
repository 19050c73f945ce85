import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../platform/dates.ts'
import { workingDayCalendar } from '../platform/working-days.ts'
import { type MoneySoFar, moneyTimetable } from './money-timetable.ts'

/** The week of the national holiday in 2022 is off, the two Saturdays around it are worked. */
const calendar = workingDayCalendar([
  ...['2022-10-03', '2022-10-04', '2022-10-05', '2022-10-06', '2022-10-07'].map(day => ({
    day,
    working: false,
  })),
  { day: '2022-10-08', working: true },
])
const pace = { decisionDays: 3, noticeDays: 5, treasuryDays: 2 }
const nothingYet: MoneySoFar = {
  settledOn: '2022-09-21',
  decidedOn: null,
  payableFrom: null,
  orderedOn: null,
}
const at = (today: string, soFar: Partial<MoneySoFar> = {}, changes = {}) =>
  moneyTimetable({ ...nothingYet, ...soFar }, { ...pace, ...changes }, calendar, today)

describe('the day the money comes', () => {
  it('counts on from the settlement day while the period runs: three, then five of notice, then two', () => {
    const { step, expectedOn, late, lines } = at('2022-08-01')
    assert.deepEqual(
      lines.map(({ step, on, state }) => [step, on, state]),
      [
        ['settlement', '2022-09-21', 'now'],
        ['decision', '2022-09-26', 'ahead'],
        // From Tuesday the 27th: 27, 28, 29, 30 September and 8 October.
        ['notice', '2022-10-10', 'ahead'],
        ['treasury', '2022-10-12', 'ahead'],
      ],
    )
    assert.deepEqual([step, expectedOn, late], ['settlement', '2022-10-12', false])
  })

  const table: readonly (readonly [string, ReturnType<typeof at>, string, string, boolean])[] = [
    ['waits for the decision once settled', at('2022-09-22'), 'decision', '2022-10-12', false],
    ['is late when the decision is, and counts from today', at('2022-10-12'), 'decision', '2022-10-24', true],
    [
      'stands under notice after the decision',
      at('2022-09-28', { decidedOn: '2022-09-26', payableFrom: '2022-10-10' }),
      'notice',
      '2022-10-12',
      false,
    ],
    [
      'is with the treasury when the notice is over',
      at('2022-10-10', { decidedOn: '2022-09-26', payableFrom: '2022-10-10' }),
      'treasury',
      '2022-10-12',
      false,
    ],
    [
      'follows the order',
      at('2022-10-11', { decidedOn: '2022-09-26', payableFrom: '2022-10-10', orderedOn: '2022-10-11' }),
      'treasury',
      '2022-10-13',
      false,
    ],
    [
      'is late where the treasury is',
      at('2022-10-20', { decidedOn: '2022-09-26', payableFrom: '2022-10-10', orderedOn: '2022-10-11' }),
      'treasury',
      '2022-10-20',
      true,
    ],
  ]
  for (const [name, { step, expectedOn, late }, ...expected] of table) {
    it(name, () => assert.deepEqual([step, expectedOn, late], expected))
  }

  it('waits for the quarter’s batch with what is settled monthly or at the end of a loan', () => {
    const { step, lines, late } = at('2022-08-01', { settledOn: '2022-07-21' })
    assert.deepEqual(
      lines.slice(0, 2).map(({ on }) => on),
      ['2022-07-21', '2022-09-26'],
    )
    assert.deepEqual([step, late], ['decision', false])
  })

  it('passes over the notice where the city has none', () => {
    const { lines, expectedOn } = at('2022-08-01', {}, { noticeDays: 0 })
    assert.deepEqual(
      lines.map(({ step }) => step),
      ['settlement', 'decision', 'treasury'],
    )
    assert.equal(expectedOn, '2022-09-28')
  })

  it('never lies in the past, nor a step before the one it follows, on any day and at any pace', () => {
    const days = fc.nat({ max: 12 })
    fc.assert(
      fc.property(
        fc.nat({ max: 120 }),
        days,
        days,
        days,
        (passed, decisionDays, noticeDays, treasuryDays) => {
          const today = addDays('2022-08-01', passed)
          const { lines, expectedOn } = moneyTimetable(
            nothingYet,
            { decisionDays, noticeDays, treasuryDays },
            calendar,
            today,
          )
          assert.ok(expectedOn >= today)
          lines.forEach(({ on, state }, index) => {
            assert.ok(on >= (lines[index - 1]?.on ?? on))
            if (state === 'ahead') assert.ok(on >= today)
          })
          assert.equal(lines.filter(({ state }) => state === 'now').length, 1)
        },
      ),
    )
  })
})
