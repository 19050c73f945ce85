import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Plain } from '../src/index.ts'
import { feel } from './one-decision.ts'

type Row = readonly [expression: string, expected: Plain]

function rows(title: string, table: readonly Row[]): void {
  it(title, () => {
    for (const [expression, expected] of table) {
      const { value, messages } = feel(expression)
      assert.deepEqual(value, expected, `${expression} ${JSON.stringify(messages)}`)
    }
  })
}

/** Null, with a message that says what is wrong and where. */
function refused(title: string, table: readonly (readonly [expression: string, code: string])[]): void {
  it(title, () => {
    for (const [expression, code] of table) {
      const { value, messages } = feel(expression)
      assert.equal(value, null, expression)
      const [message] = messages
      assert.equal(message?.code, code, expression)
      assert.equal(message?.where.element, '结果', expression)
      assert.ok(message.zh !== '' && message.en !== '', expression)
    }
  })
}

describe('lists and contexts', () => {
  rows('take one item by its position, from the end where it is negative', [
    ['[10, 20, 30][2]', '20'],
    ['[10, 20, 30][-1]', '30'],
    ['[1, 2, 3][item >= 2]', ['2', '3']],
    ['5[1]', '5'],
    ['[{甲: 1, 乙: "a"}, {甲: 2, 乙: "b"}][甲 = 2].乙', ['b']],
    ['[{item: 1}, {item: 2}][item >= 2]', [{ item: '2' }]],
    ['[1, null, 3][item > 0]', ['1', '3']],
  ])
  rows('give a part of each of their items', [
    ['[{甲: 1}, {甲: 2}].甲', ['1', '2']],
    ['{甲: {乙: 3}}.甲.乙', '3'],
    ['{长 度: 2, 宽度: 长 度 * 3}.宽度', '6'],
    ['[@"2024-02-29", @"2023-01-01"].year', ['2024', '2023']],
    ['{甲: 1}.甲 + 1', '2'],
  ])
  rows('are gone through one by one', [
    ['for i in [1, 2], j in [10, 20] return i + j', ['11', '21', '12', '22']],
    ['for i in 3..1 return i', ['3', '2', '1']],
    ['for i in (1..4] return i * i', ['4', '9', '16']],
    ['for i in 1..4 return if i = 1 then 1 else i * partial[-1]', ['1', '2', '6', '24']],
    ['for d in @"2024-02-28"..@"2024-03-01" return d.day', ['28', '29', '1']],
    ['for i in [] return i', []],
    ['for f in (for i in 1..3 return function(x) x + i) return f(10)', ['11', '12', '13']],
  ])
  rows('are asked whether some or every item meets a condition', [
    ['some x in [1, 2, 3] satisfies x > 2', true],
    ['every x in [1, 2, 3] satisfies x > 2', false],
    ['some x in [null, 3] satisfies x > 2', true],
    ['every x in [null, 3] satisfies x > 2', null],
    ['some x in [], y in [1] satisfies true', false],
    ['some x in [1, 2], y in [2, 3] satisfies x = y', true],
  ])
  rows('are searched whatever their items are', [
    ['1 in [1, "a", null]', true],
    ['true in [1, 2]', false],
    ['[1, 2] in [[1, 2], [3]]', true],
    ['4 in [[1..3], [4..6]]', true],
    ['null in [1, null]', true],
    ['3 in (< 2, [3..5])', true],
  ])
  refused('say why there is no answer', [
    ['[1, 2][3]', 'argument'],
    ['[1, 2]["a"]', 'model'],
    ['for i in [5..1] return i', 'argument'],
    ['for i in 1.5..2.5 return i', 'argument'],
    ['some x in [1, "a"] satisfies (if x = 1 then "ja" else true)', 'type'],
    ['{甲: 1, 甲: 2}', 'model'],
    ['[1, 2] + 1', 'type'],
    ['{甲: 1}.乙', 'model'],
  ])
})

describe('ranges as values', () => {
  rows('have two ends and tell what lies between', [
    ['[1..5].start', '1'],
    ['(1..5].start included', false],
    ['3 in [1..5]', true],
    ['(< 5).end', '5'],
    ['{格: [1..5]}.格 = [1..5]', true],
    ['includes([1..5], 3)', true],
    ['5 in [1..null]', null],
    ['0 in [1..null]', false],
  ])
  refused('need ends of one kind', [['[1.."a"]', 'model']])
})

describe('functions as values', () => {
  rows('are called by position or by name', [
    ['(function(a, b) a - b)(5, 3)', '2'],
    ['(function(a, b) a - b)(b: 5, a: 3)', '-2'],
    ['{加: function(x: number) x + 1, 值: 加(2)}.值', '3'],
    ['(function(a) function(b) a * b)(6)(7)', '42'],
    ['sort([3, 1, 2], function(x, y) x < y)', ['1', '2', '3']],
    ['(function(f) f(-3))(abs)', '3'],
  ])
  rows('keep the names around the place where they were written', [
    ['{a: 10, f: function(b) a * b, r: (function(a) f(2))(100)}.r', '20'],
    ['(function(max) max(4))(function(x) x + 1)', '5'],
  ])
  refused('take no other arguments than their own', [
    ['(function(a, b) a)(1)', 'argument'],
    ['(function(a) a)(b: 1)', 'argument'],
    ['(function(a: number) a)("x")', 'type'],
    ['(function(a: number) 5)("x")', 'type'],
    ['5(1)', 'model'],
  ])
})

describe('values whose kind shows only when they are there', () => {
  rows('are computed with as they come', [
    ['{a: [1, "x", @"2024-01-31"], r: a[1] + 1}.r', '2'],
    ['{a: [1, "x"], r: a[2] + "y"}.r', 'xy'],
    ['{a: [1, @"2024-01-31"], r: a[2] + @"P1M"}.r', '2024-02-29'],
    ['{a: [1, true], r: a[2] and null}.r', null],
    ['{a: [1, false], r: a[2] and 5}.r', false],
    ['{a: [1, "x"], r: a[1] instance of number}.r', true],
    ['[1, 2] instance of list<number>', true],
    ['[1, "a"] instance of list<number>', false],
    ['null instance of number', false],
    ['{甲: 1} instance of context<甲: number>', true],
    ['if [] = [] then "same" else 0', 'same'],
  ])
  refused('give null with a message where they do not go together', [
    ['{a: [1, "x"], r: a[1] + a[2]}.r', 'type'],
    ['{a: [1, "x"], r: a[1] < a[2]}.r', 'type'],
    ['{a: [1, "x"], r: a[1] = a[2]}.r', 'type'],
  ])
})
