import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nextStop } from './next-stop.ts'

suite('the next day worth a stop', () => {
  const table = [
    ['2022-05-11', '2022-06-22'],
    ['2022-06-21', '2022-06-22'],
    ['2022-06-22', '2022-09-22'],
    ['2022-12-22', '2023-03-22'],
    ['2022-12-31', '2023-03-22'],
  ] as const
  for (const [today, expected] of table) {
    test(`after ${today} is ${expected}`, () => assert.equal(nextStop(today), expected))
  }
})
