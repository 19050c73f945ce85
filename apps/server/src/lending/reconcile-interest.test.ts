import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { reconcileInterest } from './reconcile-interest.ts'

suite('reported against computed interest', () => {
  const table = [
    // reported, computed, tolerance, agrees, difference
    [4_175_278n, 4_175_278n, 0n, true, 0n],
    [4_175_279n, 4_175_278n, 0n, false, 1n],
    [4_175_279n, 4_175_278n, 1n, true, 1n],
    [4_175_276n, 4_175_278n, 1n, false, -2n],
    [4_175_276n, 4_175_278n, 2n, true, -2n],
    [0n, 4_175_278n, 100n, false, -4_175_278n],
  ] as const
  for (const [reported, computed, tolerance, agrees, difference] of table) {
    test(`${reported} against ${computed} fen with ${tolerance} allowed: ${agrees ? 'agrees' : 'disagrees'}`, () => {
      assert.deepEqual(reconcileInterest(reported, computed, tolerance), {
        agrees,
        differenceFen: difference,
      })
    })
  }

  test('a negative tolerance is a fault of ours', () => {
    assert.throws(() => reconcileInterest(1n, 1n, -1n), RangeError)
  })
})
