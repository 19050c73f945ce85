import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Outcome, PlainInput } from '../src/index.ts'
import { type Given, table } from './one-decision.ts'

type Row = readonly [cell: string, value: PlainInput, outcome: Outcome]

/** The outcome of one cell on one value. */
function outcome(type: string, cell: string, value: PlainInput, more: Given = {}): Outcome | undefined {
  const spec = { columns: ['值'], outputs: [{}], rules: [[cell, '"中"']] }
  const { trace, value: result } = table(spec, { 值: [type, value], ...more })
  const logic = trace.decisions.at(-1)?.logic
  const found = logic?.kind === 'table' ? logic.rules[0]?.cells[0]?.outcome : undefined
  assert.equal(
    result === '中',
    found === 'met' || found === 'any',
    'a rule matches only if its cells are met or any',
  )
  return found
}

function rows(title: string, type: string, cells: readonly Row[]): void {
  it(title, () => {
    for (const [cell, value, expected] of cells) {
      assert.equal(outcome(type, cell, value), expected, `${cell} on ${value}`)
    }
  })
}

describe('a condition cell', () => {
  rows('compares, takes ranges, lists and negation', 'number', [
    ['>= 100', '100', 'met'],
    ['>= 100', '99.99', 'not met'],
    ['100', '100.00', 'met'],
    ['[1..3)', '3', 'not met'],
    [']1..3]', '1', 'not met'],
    ['1, 2, > 10', '11', 'met'],
    ['not(1, 2)', '2', 'not met'],
    ['not(1, 2)', '3', 'met'],
    ['!= 5', '5', 'not met'],
    ['? * 2 > 10 and ? < 100', '6', 'met'],
    ['-', '7', 'any'],
    ['', '7', 'any'],
  ])
  rows('is unknown on a missing value, never met and never failed', 'number', [
    ['>= 100', null, 'unknown'],
    ['< 100', null, 'unknown'],
    ['!= 5', null, 'unknown'],
    ['not(5)', null, 'unknown'],
    ['not(> 2)', null, 'unknown'],
    ['[1..3]', null, 'unknown'],
    ['1, 2', null, 'unknown'],
    ['? > 1', null, 'unknown'],
    ['? != 1', null, 'unknown'],
    ['not(? > 1)', null, 'unknown'],
    ['-', null, 'any'],
  ])
  rows('answers about a missing value only where it speaks of null', 'number', [
    ['null', null, 'met'],
    ['null', '1', 'not met'],
    ['not(null)', null, 'not met'],
    ['not(null)', '1', 'met'],
    ['= null', null, 'met'],
    ['!= null', null, 'not met'],
    ['null, > 5', null, 'met'],
    ['null, > 5', '3', 'not met'],
    ['? = null or ? > 5', null, 'met'],
    ['is defined(?)', null, 'not met'],
    ['is defined(?)', '1', 'met'],
  ])
  rows('does not count half a text as a match', 'string', [
    ['"存续"', '存续', 'met'],
    ['"存续"', '存续企业', 'not met'],
    ['"存续", "在营"', '注销', 'not met'],
    ['not("注销", "吊销")', '存续', 'met'],
    ['string length(?) > 3', null, 'unknown'],
    ['starts with(?, "存")', '存续', 'met'],
  ])
  rows('takes true and false', 'boolean', [
    ['true', true, 'met'],
    ['false', true, 'not met'],
    ['true', null, 'unknown'],
    ['not(true)', null, 'unknown'],
  ])
  rows('takes dates', 'date', [
    ['<= date("2024-06-30")', '2024-06-30', 'met'],
    ['[date("2024-01-01")..date("2024-12-31")]', '2025-01-01', 'not met'],
    ['< today()', '2026-06-21', 'not met'],
    ['< today()', null, 'unknown'],
  ])

  it('is unknown where its bound is missing, unless the other end already fails', () => {
    const bound = (value: string | null): Given => ({ 上限: ['number', value] })
    assert.equal(outcome('number', '<= 上限', '5', bound(null)), 'unknown')
    assert.equal(outcome('number', '上限', '5', bound(null)), 'unknown')
    assert.equal(outcome('number', '[1..上限]', '5', bound(null)), 'unknown')
    assert.equal(outcome('number', '[1..上限]', '0', bound(null)), 'not met')
  })

  it('takes a boolean name as a value on a boolean column and as a condition elsewhere', () => {
    const flag = (value: boolean): Given => ({ 标志: ['boolean', value] })
    assert.equal(outcome('boolean', '标志', false, flag(false)), 'met')
    assert.equal(outcome('boolean', '标志', true, flag(false)), 'not met')
    assert.equal(outcome('number', '标志', '1', flag(true)), 'met')
    assert.equal(outcome('number', '标志', '1', flag(false)), 'not met')
  })
})
