import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { workingDayCalendar } from '../platform/working-days.ts'
import { publicNotice } from './public-notice.ts'

// 国庆节 2022: 1 to 7 October off, 8 and 9 October worked in exchange.
const calendar = workingDayCalendar([
  ...['03', '04', '05', '06', '07'].map(day => ({ day: `2022-10-${day}`, working: false })),
  ...['08', '09'].map(day => ({ day: `2022-10-${day}`, working: true })),
])

describe('a public notice', () => {
  const rows = [
    { approved: '2022-06-22', days: 0, notice: [null, null, '2022-06-22'], says: 'none: payable at once' },
    {
      approved: '2022-06-22',
      days: 5,
      notice: ['2022-06-23', '2022-06-29', '2022-06-30'],
      says: 'over a weekend',
    },
    {
      approved: '2022-06-24',
      days: 1,
      notice: ['2022-06-27', '2022-06-27', '2022-06-28'],
      says: 'of one day',
    },
    {
      approved: '2022-06-25',
      days: 3,
      notice: ['2022-06-27', '2022-06-29', '2022-06-30'],
      says: 'approved on a Saturday',
    },
    {
      approved: '2022-09-29',
      days: 5,
      notice: ['2022-09-30', '2022-10-11', '2022-10-12'],
      says: 'over a holiday',
    },
  ] as const
  for (const { approved, days, notice, says } of rows) {
    it(`${says}: ${approved} and ${days} working days`, () => {
      const { from, until, payableFrom } = publicNotice(approved, days, calendar)
      assert.deepEqual([from, until, payableFrom], notice)
    })
  }
})
