import assert from 'node:assert/strict'
import { it } from 'node:test'
import { recentQuarters } from './quarters.ts'

it('counts quarters back over the turn of the year', () => {
  assert.deepEqual(recentQuarters('2022-05-11').slice(0, 4), ['2022Q2', '2022Q1', '2021Q4', '2021Q3'])
  assert.equal(recentQuarters('2022-12-31')[0], '2022Q4')
})
