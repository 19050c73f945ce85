import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { addDays } from './dates.ts'
import {
  addWorkingDays,
  CalendarFile,
  isWorkingDay,
  readCalendarFile,
  workingDayCalendar,
  workingDaysBetween,
} from './working-days.ts'

const CITIES = join(import.meta.dirname, '../../../../cities')
const testville = workingDayCalendar(readCalendarFile(fileOf('testville')))

function fileOf(city: string): unknown {
  return JSON.parse(readFileSync(join(CITIES, city, 'calendar.json'), 'utf8'))
}

suite('working days', () => {
  const days = [
    ['2022-09-30', true, 'a Friday'],
    ['2022-10-01', false, 'a Saturday'],
    ['2022-10-02', false, 'a Sunday'],
    ['2022-10-03', false, 'a Monday in the holiday week'],
    ['2022-10-07', false, 'its last day'],
    ['2022-10-08', true, 'the Saturday worked in exchange'],
    ['2022-10-10', true, 'a Monday'],
    ['1969-12-31', true, 'a Wednesday before the epoch'],
    ['1969-12-28', false, 'a Sunday before the epoch'],
  ] as const
  for (const [day, working, what] of days) {
    test(`${day}, ${what}, is ${working ? '' : 'not '}worked`, () => {
      assert.equal(isWorkingDay(day, testville), working)
    })
  }

  const additions = [
    ['2022-09-29', 0, '2022-09-29'],
    ['2022-09-29', 1, '2022-09-30'],
    ['2022-09-29', 2, '2022-10-08'],
    ['2022-09-29', 3, '2022-10-10'],
    ['2022-10-01', 0, '2022-10-01'],
    ['2022-10-01', 1, '2022-10-08'],
    ['2022-10-10', -1, '2022-10-08'],
    ['2022-10-10', -3, '2022-09-29'],
  ] as const
  for (const [date, n, expected] of additions) {
    test(`${n} working days from ${date} is ${expected}`, () => {
      assert.equal(addWorkingDays(date, n, testville), expected)
    })
  }

  test('from one day to another counts the first and not the last', () => {
    assert.equal(workingDaysBetween('2022-09-29', '2022-10-10', testville), 3)
    assert.equal(workingDaysBetween('2022-10-10', '2022-09-29', testville), -3)
    assert.equal(workingDaysBetween('2022-10-08', '2022-10-08', testville), 0)
  })

  test('adding and counting agree, whatever the day', () => {
    fc.assert(
      fc.property(fc.nat(1500), fc.nat(60), (offset, n) => {
        const date = addDays('2021-06-01', offset)
        const reached = addWorkingDays(date, n, testville)
        assert.equal(workingDaysBetween(addDays(date, 1), addDays(reached, 1), testville), n)
        if (n > 0) assert.ok(isWorkingDay(reached, testville))
      }),
    )
  })
})

suite('calendar files', () => {
  for (const file of globSync('*/calendar.json', { cwd: CITIES })) {
    test(`${file} can be read, and each day says where it comes from`, () => {
      const days = readCalendarFile(fileOf(file.split('/')[0] ?? ''))
      assert.ok(days.length > 0)
      assert.ok(days.every(({ source }) => source.length > 0))
    })
  }

  const year = {
    year: 2022,
    source: 'a notice',
    issued_on: '2021-11-01',
    verified: true,
    holidays: [{ name: 'New Year', from: '2022-01-01', to: '2022-01-03' }],
    workdays: ['2022-01-08'],
  }
  const wrong = [
    ['a day that does not exist', { ...year, workdays: ['2022-02-30'] }],
    ['a weekday worked in exchange', { ...year, workdays: ['2022-01-10'] }],
    [
      'a holiday that ends before it begins',
      { ...year, holidays: [{ name: 'x', from: '2022-01-03', to: '2022-01-01' }] },
    ],
    ['a year without a source', { ...year, source: '' }],
    ['a field that nobody reads', { ...year, lunar: true }],
  ] as const
  for (const [what, entry] of wrong) {
    test(`${what} is refused`, () => {
      assert.equal(CalendarFile.safeParse({ years: [entry] }).success, false)
    })
  }

  test('a year that stands twice is refused', () => {
    assert.equal(CalendarFile.safeParse({ years: [year, year] }).success, false)
    assert.equal(CalendarFile.safeParse({ years: [year] }).success, true)
  })
})
