import { describe, it } from 'node:test'
import { answersAre } from './call-function.ts'

describe('list functions', () => {
  it('take a value for a list of one', () => {
    answersAre([
      ['count(1)', '1'],
      ['append(1, 2)', '[1, 2]'],
      ['reverse("a")', '["a"]'],
      ['list contains(5, 5)', 'true'],
      ['count(null)', 'null'],
    ])
  })

  it('find items, null among them', () => {
    answersAre([
      ['list contains([1, 2, 3], 2)', 'true'],
      ['list contains([1, null], null)', 'true'],
      ['list contains([1], null)', 'false'],
      ['list contains([1, "a"], "a")', 'true'],
      ['list contains([[1, 2]], [1, 2])', 'true'],
      ['list contains(list: [{a: 1}], element: {a: 1.0})', 'true'],
      ['index of([1, 2, 3, 2], 2)', '[2, 4]'],
      ['index of([1, null], null)', '[2]'],
      ['index of([1], 9)', '[]'],
    ])
  })

  it('take the least, the greatest, sums and products', () => {
    answersAre([
      ['min([1, 2, 3])', '1'],
      ['max(1, 3, 2)', '3'],
      ['min("b", "a")', '"a"'],
      ['max(@"2024-01-31", @"2024-02-01")', '2024-02-01'],
      ['min([@"PT1H", @"PT30M"])', 'PT30M'],
      ['min([])', 'null'],
      ['min(1, null)', 'null'],
      ['min(1, "a")', 'null!'],
      ['max([true])', 'null!'],
      ['sum([1, 2, 3])', '6'],
      ['sum(0.1, 0.2)', '0.3'],
      ['sum([1, null])', 'null'],
      ['sum([])', 'null!'],
      ['sum([1, "2"])', 'null!'],
      ['product([2, 3, 4])', '24'],
      ['product([])', 'null!'],
      ['mean([1, 2, 3])', '2'],
      ['mean(1, 2)', '1.5'],
      ['mean([])', 'null!'],
      ['median(8, 2, 5, 3, 4)', '4'],
      ['median([6, 1, 2, 3])', '2.5'],
      ['median([])', 'null!'],
      ['stddev(2, 4, 7, 5)', '2.081665999466132735282297706979931'],
      ['stddev([47])', 'null!'],
      ['mode(6, 3, 9, 6, 6)', '[6]'],
      ['mode([6, 1, 9, 6, 1])', '[1, 6]'],
      ['mode([])', '[]'],
      ['mode([1, null])', 'null'],
    ])
  })

  it('ask whether all or any are true, in three values', () => {
    answersAre([
      ['all([true, false, null])', 'false'],
      ['all([true, null])', 'null'],
      ['all([])', 'true'],
      ['all(true, true)', 'true'],
      ['all(0)', 'null!'],
      ['any([false, true, null])', 'true'],
      ['any([false, null])', 'null'],
      ['any([])', 'false'],
      ['any(null)', 'null'],
      ['any([123, false])', 'null!'],
    ])
  })

  it('cut, extend and change lists', () => {
    answersAre([
      ['sublist([4, 5, 6], 1, 2)', '[4, 5]'],
      ['sublist([4, 5, 6], -2)', '[5, 6]'],
      ['sublist([4, 5, 6], 4)', 'null!'],
      ['sublist([4, 5, 6], 2, 3)', 'null!'],
      ['sublist([4, 5, 6], 0)', 'null!'],
      ['sublist([4, 5, 6], 1, 0)', 'null!'],
      ['sublist([4, 5, 6], 1.5)', 'null!'],
      ['sublist([4, 5, 6], -2, 2)', '[5, 6]'],
      ['append([1], 2, [3])', '[1, 2, [3]]'],
      ['append([], null)', '[null]'],
      ['append([])', 'null!'],
      ['concatenate([1, 2], [3], 4)', '[1, 2, 3, 4]'],
      ['concatenate([1], null)', 'null'],
      ['insert before([1, 3], 1, 2)', '[2, 1, 3]'],
      ['insert before([1, 3], -1, 2)', '[1, 2, 3]'],
      ['insert before([1, 3], 0, 2)', 'null!'],
      ['insert before([1, 3], 9, 2)', 'null!'],
      ['remove([1, 2, 3], 2)', '[1, 3]'],
      ['remove([1, 2, 3], -1)', '[1, 2]'],
      ['remove([1, 2, 3], 4)', 'null!'],
      ['list replace([2, 4, 7, 8], 3, 6)', '[2, 4, 6, 8]'],
      ['list replace(list: [2, 4], position: -1, newItem: null)', '[2, null]'],
      ['list replace([2, 4], 3, 6)', 'null!'],
      ['reverse([1, 2, 3])', '[3, 2, 1]'],
      ['union([1, 2], [2, 3])', '[1, 2, 3]'],
      ['distinct values([1, 2, 3.0, 2, 1, null, null])', '[1, 2, 3, null]'],
      ['distinct values([[1], [1], {a: 1}, {a: 1}])', '[[1], {a: 1}]'],
      ['flatten([[1, 2], [[3]], 4])', '[1, 2, 3, 4]'],
    ])
  })

  it('sort by a function of two items, and by nothing else', () => {
    answersAre([
      ['sort([3, 1, 2])', 'null!'],
      ['sort([2, 1], "not a function")', 'null!'],
    ])
  })
})

describe('context functions', () => {
  it('read entries', () => {
    answersAre([
      ['get value({key1: "value1"}, "key1")', '"value1"'],
      ['get value({key1: "value1"}, "other")', 'null'],
      ['get entries({a: 1, b: null})', '[{key: "a", value: 1}, {key: "b", value: null}]'],
      ['get entries(m: {})', '[]'],
      ['get entries([1, 2])', 'null!'],
    ])
  })

  it('make new ones and leave the old as they were', () => {
    answersAre([
      ['context([{key: "a", value: 1}, {key: "b", value: 2}])', '{a: 1, b: 2}'],
      ['context({key: "a", value: null})', '{a: null}'],
      ['context([{key: "a", value: 1}, {key: "a", value: 2}])', 'null!'],
      ['context([{key: "a"}])', 'null!'],
      ['context put({x: 1}, "y", 2)', '{x: 1, y: 2}'],
      ['context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', '{x: 1, y: {a: 2}}'],
      ['context put({x: 1}, ["x", "a"], 2)', 'null!'],
      ['context put({x: 1}, [], 2)', 'null!'],
      ['context put(context: {}, keys: ["a"], value: null)', '{a: null}'],
      ['context put({}, null, 1)', 'null'],
      ['context put({}, "a")', 'null!'],
      ['context put(context: {}, key: "a")', '{a: null}'],
      ['context merge([{x: 1}, {y: 2, x: 3}])', '{x: 3, y: 2}'],
      ['context merge([])', '{}'],
      ['context merge({x: 1})', '{x: 1}'],
      ['context merge([1])', 'null!'],
    ])
  })
})
