import assert from 'node:assert/strict'
import { it } from 'node:test'
import { percent } from './rate.ts'

it('writes a yearly rate in per cent without computing', () => {
  assert.equal(percent('0.0370'), '3.70%')
  assert.equal(percent('0.037000'), '3.70%')
  assert.equal(percent('0.04355'), '4.355%')
  assert.equal(percent('0.1'), '10.00%')
  assert.equal(percent('0'), '0.00%')
})
