import { describe, it } from 'node:test'
import { answersAre } from './call-function.ts'

describe('functions of dates and times', () => {
  it('make dates from texts, parts and moments', () => {
    answersAre([
      ['date("2012-12-25")', '2012-12-25'],
      ['date("-2017-01-01")', '-2017-01-01'],
      ['date("999999999-12-31")', '999999999-12-31'],
      ['date(-999999999, 12, 31)', '-999999999-12-31'],
      ['date("2023-02-29")', 'null!'],
      ['date("998-12-31")', 'null!'],
      ['date("01211-12-31")', 'null!'],
      ['date("+2012-12-02")', 'null!'],
      ['date("9999999999-12-25")', 'null!'],
      ['date(2017, 13, 31)', 'null!'],
      ['date(2017.5, 1, 1)', 'null!'],
      ['date(2017, null, 1)', 'null'],
      ['date(1)', 'null!'],
      ['date(@"2017-08-03T23:15:30-05:00")', '2017-08-03'],
      ['date(year: 2017, month: 8, day: 30)', '2017-08-30'],
    ])
  })

  it('make times, with an offset, a zone, or neither', () => {
    answersAre([
      ['time("10:30:00")', '10:30:00'],
      ['time("10:30:00.123456789Z")', '10:30:00.123456789Z'],
      ['time("10:30:00+00:00")', '10:30:00Z'],
      ['time("10:30:00-05:30")', '10:30:00-05:30'],
      ['time("10:30:00@Europe/Paris")', '10:30:00@Europe/Paris'],
      ['time("10:30:00@Europe/Atlantis")', 'null!'],
      ['time("10:30:00@europe/paris")', 'null!'],
      ['time("24:00:00")', '00:00:00'],
      ['time("24:00:00.0Z")', '00:00:00Z'],
      ['time("24:00:01")', 'null!'],
      ['time("23:59:00z")', '23:59:00Z'],
      ['time("10:30:00+14:01")', 'null!'],
      ['time("10:30")', 'null!'],
      ['time("10:30:00+19:00")', 'null!'],
      ['time(@"2024-01-01T10:30:00@Asia/Shanghai")', '10:30:00@Asia/Shanghai'],
      ['time(@"2024-01-01")', '00:00:00Z'],
      ['time(12, 59, 1.3, @"-PT1H")', '12:59:01.3-01:00'],
      ['time(12, 59, 1)', '12:59:01'],
      ['time(12, 59, 1, null)', '12:59:01'],
      ['time(12, 60, 1)', 'null!'],
      ['time(12, 0, 0, @"PT20H")', 'null!'],
    ])
  })

  it('make moments', () => {
    answersAre([
      ['date and time("2012-12-24T23:59:00")', '2012-12-24T23:59:00'],
      ['date and time("2012-12-24")', '2012-12-24T00:00:00'],
      ['date and time("2012-12-24T23:59:00@Asia/Dhaka")', '2012-12-24T23:59:00@Asia/Dhaka'],
      ['date and time(@"2012-12-24", @"23:59:00")', '2012-12-24T23:59:00'],
      ['date and time(@"2012-12-24T10:00:00Z", @"23:59:00+08:00")', '2012-12-24T23:59:00+08:00'],
      ['date and time("2012-13-24T23:59:00")', 'null!'],
      ['date and time("2012-12-31T24:00:00Z")', '2013-01-01T00:00:00Z'],
      ['date and time(date: @"2012-12-24", time: null)', 'null'],
      ['now()', '2026-06-21T10:30:00+08:00'],
      ['today()', '2026-06-21'],
      ['now(1)', 'null!'],
    ])
  })

  it('read durations and count months between days', () => {
    answersAre([
      ['duration("P1DT2H")', 'P1DT2H'],
      ['duration("P13M")', 'P1Y1M'],
      ['duration("P1Y2D")', 'null!'],
      ['duration("")', 'null!'],
      ['years and months duration(@"2011-12-22", @"2013-08-24")', 'P1Y8M'],
      ['years and months duration(@"2013-08-24", @"2011-12-22")', '-P1Y8M'],
      [
        'years and months duration(@"2017-09-05T10:20:00-01:00", @"-2019-10-01T12:32:59+02:00")',
        '-P4035Y11M',
      ],
      ['years and months duration(@"2017-02-28T23:59:59", @"2019-07-23")', 'P2Y4M'],
      ['years and months duration(@"2017-02-28", null)', 'null'],
    ])
  })

  it('tell the day of a week, a week of a year', () => {
    answersAre([
      ['day of year(@"2019-09-17")', '260'],
      ['day of year(@"2020-12-31T10:10:10")', '366'],
      ['day of week(@"2019-09-17")', '"Tuesday"'],
      ['day of week(@"-0001-01-01")', '"Friday"'],
      ['month of year(@"2019-09-17")', '"September"'],
      ['week of year(@"2019-09-17")', '38'],
      ['week of year(@"2003-12-29")', '1'],
      ['week of year(@"2004-01-04")', '1'],
      ['week of year(@"2005-01-01")', '53'],
      ['week of year(@"2005-01-03")', '1'],
      ['day of year("2019-09-17")', 'null!'],
    ])
  })
})
