import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fromPlain } from '../src/value/from-plain.ts'
import { kindOf } from '../src/value/kind.ts'
import { Decimal } from '../src/value/number.ts'
import type { PlainInput } from '../src/value/plain.ts'
import type { Type } from '../src/value/type.ts'
import { equalValues, toPlain } from '../src/value/value.ts'
import {
  dates,
  dateTimes,
  daysDurations,
  monthsDurations,
  numbers,
  texts,
  times,
} from './arbitrary-values.ts'

const LOAN: Type = {
  kind: 'context',
  fields: [
    { name: '借据号', type: 'string' },
    { name: '余额', type: 'number' },
    { name: '还款日', type: { kind: 'list', of: 'date' } },
  ],
}

describe('plain values', () => {
  it('come in by the type the model gives them', () => {
    const rows: readonly [PlainInput, Type, unknown][] = [
      ['10:30:00@Asia/Shanghai', 'time', '10:30:00@Asia/Shanghai'],
      ['2024-01-01T10:30:00Z', 'date and time', '2024-01-01T10:30:00Z'],
      ['2024-01-01', 'date and time', '2024-01-01T00:00:00Z'],
      [['1', '2.50'], { kind: 'list', of: 'number' }, ['1', '2.5']],
      ['1', { kind: 'list', of: 'number' }, ['1']],
      [['1'], 'number', '1'],
      [
        { 借据号: 'A1', 余额: '12.30', 还款日: '2024-01-31' },
        LOAN,
        { 借据号: 'A1', 余额: '12.3', 还款日: ['2024-01-31'] },
      ],
      [{ 借据号: 'A1', 备注: 3n }, LOAN, { 借据号: 'A1', 余额: null, 还款日: null, 备注: '3' }],
      [
        { start: '1', end: '2', 'start included': true, 'end included': false },
        { kind: 'range', of: 'number' },
        { start: '1', end: '2', 'start included': true, 'end included': false },
      ],
      [{ a: [true, null, 'x'] }, 'Any', { a: [true, null, 'x'] }],
      ['1', 'Any', '1'],
    ]
    for (const [given, type, plain] of rows) {
      const value = fromPlain(given, type)
      assert.notEqual(value, undefined)
      assert.deepEqual(toPlain(value ?? null), plain)
    }
    assert.equal(kindOf(fromPlain('1', 'Any') ?? null), 'string')
  })

  it('are refused where they are of another type, however odd', () => {
    const endless: unknown[] = []
    endless.push(endless)
    const odd: readonly [unknown, Type][] = [
      [1.5, 'number'],
      [Number.NaN, 'Any'],
      [new Date(0), 'date'],
      [new Date(0), 'Any'],
      [new Map(), 'Any'],
      [() => 1, 'Any'],
      [Symbol('x'), 'string'],
      [endless, 'Any'],
      [endless, { kind: 'list', of: 'number' }],
      [['1', 'x'], { kind: 'list', of: 'number' }],
      [['1', '2'], 'number'],
      [{ 余额: 'viel' }, LOAN],
      ['text', LOAN],
      ['24:61:00', 'time'],
      [{ start: '1' }, { kind: 'range', of: 'number' }],
      ['true', 'boolean'],
      ['P1D', 'years and months duration'],
      [new Decimal(1), 'string'],
    ]
    for (const [given, type] of odd)
      assert.equal(fromPlain(given as PlainInput, type), undefined, String(type))
  })

  it('come back as they went out', () => {
    const kinds: readonly [Type, fc.Arbitrary<unknown>][] = [
      ['number', numbers],
      ['string', texts],
      ['date', dates],
      ['time', times],
      ['date and time', dateTimes],
      ['days and time duration', daysDurations],
      ['years and months duration', monthsDurations],
    ]
    for (const [type, values] of kinds) {
      const list: Type = { kind: 'list', of: type }
      fc.assert(
        fc.property(fc.array(values), given => {
          const back = fromPlain(toPlain(given as never) as PlainInput, list)
          assert.ok(back !== undefined && equalValues(back, given as never))
        }),
      )
    }
  })
})
