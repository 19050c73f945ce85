import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../platform/dates.ts'
import { nextSettlementDay, type Settlement, settlementPeriods } from './settlement-periods.ts'

suite('settlement periods', () => {
  test('a quarterly loan has a broken first and a broken last period', () => {
    assert.deepEqual(settlementPeriods('2022-06-15', '2023-06-15', 'quarterly'), [
      { from: '2022-06-15', to: '2022-06-21' },
      { from: '2022-06-21', to: '2022-09-21' },
      { from: '2022-09-21', to: '2022-12-21' },
      { from: '2022-12-21', to: '2023-03-21' },
      { from: '2023-03-21', to: '2023-06-15' },
    ])
  })

  test('a monthly loan is settled on the 20th of every month', () => {
    assert.deepEqual(settlementPeriods('2022-11-30', '2023-02-25', 'monthly'), [
      { from: '2022-11-30', to: '2022-12-21' },
      { from: '2022-12-21', to: '2023-01-21' },
      { from: '2023-01-21', to: '2023-02-21' },
      { from: '2023-02-21', to: '2023-02-25' },
    ])
  })

  test('a loan drawn on the first day of a period has no broken one', () => {
    assert.deepEqual(settlementPeriods('2022-06-21', '2022-09-21', 'quarterly'), [
      { from: '2022-06-21', to: '2022-09-21' },
    ])
  })

  test('a loan repaid on the day it is drawn has no period', () => {
    assert.deepEqual(settlementPeriods('2022-06-21', '2022-06-21', 'quarterly'), [])
  })

  const table = [
    // day, next quarterly, next monthly
    ['2022-01-01', '2022-03-21', '2022-01-21'],
    ['2022-03-20', '2022-03-21', '2022-03-21'],
    ['2022-03-21', '2022-06-21', '2022-04-21'],
    ['2022-10-31', '2022-12-21', '2022-11-21'],
    ['2022-12-20', '2022-12-21', '2022-12-21'],
    ['2022-12-31', '2023-03-21', '2023-01-21'],
    ['2024-02-29', '2024-03-21', '2024-03-21'],
  ] as const
  for (const [day, quarterly, monthly] of table) {
    test(`after ${day} comes ${quarterly} by the quarter and ${monthly} by the month`, () => {
      assert.equal(nextSettlementDay(day, 'quarterly'), quarterly)
      assert.equal(nextSettlementDay(day, 'monthly'), monthly)
    })
  }

  test('periods cover the life of a loan without gap or overlap, and only the outer ones are broken', () => {
    const settlement = fc.constantFrom<Settlement>('quarterly', 'monthly')
    fc.assert(
      fc.property(fc.nat(1500), fc.nat(1500), settlement, (start, length, rule) => {
        const from = addDays('2021-01-01', start)
        const to = addDays(from, length)
        const periods = settlementPeriods(from, to, rule)
        assert.equal(periods[0]?.from ?? to, from)
        assert.equal(periods.at(-1)?.to ?? from, to)
        periods.forEach(({ from: first, to: last }, i) => {
          assert.ok(first < last)
          if (i > 0) assert.match(first, rule === 'quarterly' ? /-(03|06|09|12)-21$/ : /-21$/)
          if (i > 0) assert.equal(first, periods[i - 1]?.to)
        })
      }),
    )
  })
})
