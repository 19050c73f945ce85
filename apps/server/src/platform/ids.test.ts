import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from './ids.ts'

test('identifiers are version 7, all different, and sort in the order in which they were made', () => {
  const ids = Array.from({ length: 100_000 }, newId)
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual([...ids].sort(), ids)
})

test('the random end of each identifier is drawn anew', () => {
  const ends = new Set(Array.from({ length: 1000 }, () => newId().slice(-10)))
  assert.equal(ends.size, 1000)
})
