import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { callBuiltIn } from '../src/functions/call.ts'
import { BUILT_IN } from '../src/functions/registry.ts'
import { epochDayOf, partsOfDay } from '../src/value/calendar.ts'
import { dateFromEpochDay, type FeelDate, formatDate, parseDate } from '../src/value/date.ts'
import { formatDateTime, parseDateTime } from '../src/value/date-time.ts'
import { formatDaysDuration, formatMonthsDuration, parseDuration } from '../src/value/duration.ts'
import { FeelFunction } from '../src/value/function.ts'
import { Decimal } from '../src/value/number.ts'
import { add, compare, equal, subtract } from '../src/value/operate.ts'
import { formatTime, parseTime } from '../src/value/time.ts'
import { compareValues, equalValues, type Value } from '../src/value/value.ts'
import {
  dates,
  dateTimes,
  daysDurations,
  monthsDurations,
  numbers,
  texts,
  times,
  values,
} from './arbitrary-values.ts'
import { NotedEnvironment } from './call-function.ts'

function call(name: string, ...args: readonly Value[]): Value {
  const fn = BUILT_IN.get(name)
  assert.ok(fn)
  return callBuiltIn(fn, args, new NotedEnvironment())
}

const silent = () => null

describe('values', () => {
  it('come back from the text they are written as', () => {
    fc.assert(fc.property(dates, date => assert.deepEqual(parseDate(formatDate(date)), date)))
    fc.assert(fc.property(times, time => assert.deepEqual(parseTime(formatTime(time)), time)))
    fc.assert(fc.property(dateTimes, at => assert.deepEqual(parseDateTime(formatDateTime(at)), at)))
    fc.assert(
      fc.property(daysDurations, duration =>
        assert.ok(equalValues(parseDuration(formatDaysDuration(duration)), duration)),
      ),
    )
    fc.assert(
      fc.property(monthsDurations, duration =>
        assert.ok(equalValues(parseDuration(formatMonthsDuration(duration)), duration)),
      ),
    )
  })

  it('follow the calendar JavaScript has, and its days have no gap in any year', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90_000_000, max: 90_000_000 }), day => {
        const at = new Date(day * 86_400_000)
        const parts = partsOfDay(day)
        assert.deepEqual(parts, {
          year: at.getUTCFullYear(),
          month: at.getUTCMonth() + 1,
          day: at.getUTCDate(),
        })
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: -365_000_000_000, max: 365_000_000_000 }), day => {
        const { year, month, day: ofMonth } = partsOfDay(day)
        assert.equal(epochDayOf(year, month, ofMonth), day)
      }),
    )
  })

  it('are in one order, kind by kind', () => {
    const local = times.map(time => parseTime(formatTime(time).slice(0, 8)) ?? time)
    for (const kind of [
      numbers,
      texts,
      dates,
      local,
      daysDurations,
      monthsDurations,
    ] as fc.Arbitrary<Value>[]) {
      fc.assert(
        fc.property(kind, kind, kind, (a, b, c) => {
          const [ab, ba, bc, ac] = [
            compareValues(a, b) ?? Number.NaN,
            compareValues(b, a) ?? Number.NaN,
            compareValues(b, c) ?? Number.NaN,
            compareValues(a, c) ?? Number.NaN,
          ]
          assert.equal(Math.sign(ab) + Math.sign(ba), 0)
          if (ab <= 0 && bc <= 0) assert.ok(ac <= 0)
          assert.equal(ab === 0, equalValues(a, b))
        }),
      )
    }
  })

  it('equal themselves, and what equals is neither less nor greater', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        assert.equal(equal(a, a, silent), true)
        assert.equal(equal(a, b, silent), equal(b, a, silent))
        if (a !== null && b !== null && equal(a, b, silent) === true) {
          assert.notEqual(compare('<', a, b, silent), true)
          assert.notEqual(compare('>', a, b, silent), true)
        }
      }),
    )
  })

  it('lose what was added when it is taken away again', () => {
    const day = fc
      .integer({ min: -600_000, max: 2_800_000 })
      .map(each => dateFromEpochDay(each))
      .filter(each => each !== null)
    const amount = fc
      .integer({ min: -86_400_000, max: 86_400_000 })
      .map(seconds => parseDuration(`PT${Math.abs(seconds)}S`))
    fc.assert(
      fc.property(day, times, amount, (date: FeelDate, time, by) => {
        const at = parseDateTime(`${formatDate(date)}T${formatTime(time)}`)
        const there = add(at, by, silent)
        const elapsed = subtract(there, at, silent)
        assert.ok(equalValues(elapsed, by))
        assert.equal(compareValues(subtract(there, by, silent), at), 0)
        assert.deepEqual(subtract(add(time, by, silent), by, silent), time)
      }),
    )
  })
})

describe('list functions', () => {
  const lists = fc.array(values, { maxLength: 8 })

  it('sort to a permutation in order, leaving equals where they were', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.nat(99)), { maxLength: 30 })
    const byFirst = new FeelFunction(
      [
        { name: 'x', type: 'Any' },
        { name: 'y', type: 'Any' },
      ],
      'boolean',
      ([x = null, y = null]) => {
        const [a, b] = [x, y] as readonly (readonly Decimal[])[]
        return a?.[0] !== undefined && b?.[0] !== undefined && a[0].lt(b[0])
      },
    )
    fc.assert(
      fc.property(pairs, items => {
        const list = items.map(pair => pair.map(n => new Decimal(n)))
        const expected = list.toSorted((a, b) => (a[0] ?? a).toString().localeCompare((b[0] ?? b).toString()))
        assert.deepEqual(call('sort', list, byFirst), expected)
      }),
    )
  })

  it('keep every item through concatenation, reversal and flattening', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const both = call('concatenate', a, b)
        assert.deepEqual(both, [...a, ...b])
        assert.deepEqual(call('reverse', call('reverse', a)), a)
        assert.deepEqual(call('flatten', call('flatten', a)), call('flatten', a))
        assert.deepEqual(call('flatten', [a, b]), call('flatten', both))
      }),
    )
  })

  it('leave one of each in distinct values, and union is the same over both lists', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const once = call('distinct values', a) as readonly Value[]
        for (const [i, item] of once.entries()) {
          assert.ok(!once.slice(i + 1).some(other => equalValues(item, other)))
        }
        assert.ok(a.every(item => once.some(other => equalValues(item, other))))
        assert.deepEqual(call('union', a, b), call('distinct values', [...a, ...b]))
      }),
    )
  })
})

describe('text functions', () => {
  it('count and cut characters, not UTF-16 units', () => {
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 1, max: 6 }), (a, b, n) => {
        assert.equal(String(call('string length', a + b)), String([...a, ...b].length))
        const head = call('substring', a, new Decimal(1), new Decimal(n))
        const tail = call('substring', a, new Decimal(n + 1))
        assert.equal(`${head}${tail}`, a)
        assert.ok(String(head).isWellFormed())
        assert.equal(`${call('substring before', a + b, b)}${b}${call('substring after', a + b, b)}`, a + b)
      }),
    )
  })
})
