import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { isDate } from './dates.ts'

const two = fc.integer({ min: 0, max: 34 }).map(number => String(number).padStart(2, '0'))
const year = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(1900, 2000, 2100, 2024, 2400))

function byTheCalendar(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

test('a day is one that the calendar has, and nothing else', () => {
  fc.assert(
    fc.property(year, two, two, (y, month, day) => {
      const text = `${String(y).padStart(4, '0')}-${month}-${day}`
      assert.equal(isDate(text), byTheCalendar(text), text)
    }),
    { numRuns: 5000 },
  )
  for (const text of [
    '',
    '2022-6-14',
    '20220614',
    '2022-06-14T00:00:00Z',
    ' 2022-06-14',
    '２０２２-06-14',
    '2022-06-14\n',
  ]) {
    assert.equal(isDate(text), false, text)
  }
})
