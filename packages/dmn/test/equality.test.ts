import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { feel } from './one-decision.ts'

function answers(rows: readonly (readonly [expression: string, value: unknown, message?: string])[]): void {
  for (const [expression, value, message] of rows) {
    const answer = feel(expression)
    assert.deepEqual(answer.value, value, expression)
    assert.deepEqual(
      answer.messages.map(({ code }) => code),
      message === undefined ? [] : [message],
      expression,
    )
  }
}

describe('values', () => {
  it('are equal by what they hold, not by how they are written', () => {
    answers([
      ['1.50 = 1.5', true],
      ['0.1 + 0.2 = 0.3', true],
      ['-0 = 0', true],
      ['@"P1Y" = @"P12M"', true],
      ['@"P1D" = @"PT24H"', true],
      ['@"10:00:00Z" = @"18:00:00+08:00"', true],
      ['"a" = "A"', false],
      // Text is compared by code point; two ways to write é are two texts.
      ['"\u00e9" = "e\u0301"', false],
    ])
  })

  it('are equal part by part: lists in order, contexts by name, ranges with their brackets', () => {
    answers([
      ['[1, 2] = [1.0, 2]', true],
      ['[1, 2] = [2, 1]', false],
      ['[null] = [null]', true],
      ['[1] = ["1"]', false],
      ['{甲: 1, 乙: [2]} = {乙: [2], 甲: 1}', true],
      ['{甲: 1} = {甲: 1, 乙: null}', false],
      ['[1..5] = [1..5]', true],
      ['[1..5] = (1..5]', false],
    ])
  })

  it('of two kinds are not compared: null with a message, before the run where the types are known', () => {
    answers([
      ['1 = "1"', null, 'model'],
      ['@"P1M" = @"P30D"', null, 'model'],
      ['1 = [1]', null, 'type'],
      ['@"2024-01-01" = @"2024-01-01T00:00:00"', null, 'type'],
      ['null = []', false],
    ])
  })
})

describe('contexts', () => {
  it('give null for an entry they do not have, with a message where it is named in a path', () => {
    answers([
      ['{甲: {乙: 1}}.甲.乙', '1'],
      ['{甲: null}.甲', null],
      ['{甲: 1}.乙', null, 'model'],
      ['get value({甲: 1}, "乙")', null],
      ['[{甲: 1}, {乙: 2}].甲', ['1', null], 'argument'],
    ])
  })
})
