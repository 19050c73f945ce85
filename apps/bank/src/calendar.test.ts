import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { addMonths, isDate, nextSettlementDay, quarterOf, weekday } from './calendar.ts'

suite('the calendar', () => {
  const settlementDays: readonly [after: string, quarterly: string, monthly: string][] = [
    ['2022-05-11', '2022-06-21', '2022-05-21'],
    ['2022-06-20', '2022-06-21', '2022-06-21'],
    ['2022-06-21', '2022-09-21', '2022-07-21'],
    ['2022-12-20', '2022-12-21', '2022-12-21'],
    ['2022-12-21', '2023-03-21', '2023-01-21'],
    ['2023-12-31', '2024-03-21', '2024-01-21'],
  ]
  for (const [after, quarterly, monthly] of settlementDays) {
    test(`after ${after} interest is settled on ${quarterly}, or on ${monthly} month by month`, () => {
      assert.equal(nextSettlementDay(after, 3), quarterly)
      assert.equal(nextSettlementDay(after, 1), monthly)
    })
  }

  test('a month after the 31st is the last day of a shorter month', () => {
    assert.equal(addMonths('2023-01-31', 1), '2023-02-28')
    assert.equal(addMonths('2022-08-31', 18), '2024-02-29')
    assert.equal(addMonths('2024-02-29', 12), '2025-02-28')
  })

  test('a weekend gives way to the Monday after it', () => {
    assert.equal(weekday('2022-06-17'), '2022-06-17')
    assert.equal(weekday('2022-06-18'), '2022-06-20')
    assert.equal(weekday('2022-06-19'), '2022-06-20')
  })

  test('a settlement day belongs to the quarter in which it falls', () => {
    assert.equal(quarterOf('2022-09-21'), '2022Q3')
    assert.equal(quarterOf('2022-12-21'), '2022Q4')
    assert.equal(quarterOf('2023-01-21'), '2023Q1')
  })

  test('knows its days', () => {
    assert.ok(isDate('2024-02-29'))
    for (const text of ['2023-02-29', '2022-6-1', '2022-13-01', 'today', '']) assert.ok(!isDate(text), text)
  })
})
