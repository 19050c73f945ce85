import assert from 'node:assert/strict'
import { it } from 'node:test'
import { grouped } from './remarks.ts'

it('tells ten checks of a sample once', () => {
  const checked = { kind: 'sample_checked', text: '', by: 'Officer', business_date: '2022-06-22' }
  const note = { ...checked, kind: 'note', text: 'look again' }
  assert.deepEqual(
    grouped([checked, checked, note, checked]).map(({ kind, times }) => [kind, times]),
    [
      ['sample_checked', 2],
      ['note', 1],
      ['sample_checked', 1],
    ],
  )
})
