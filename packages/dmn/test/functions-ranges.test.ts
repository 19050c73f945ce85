import { describe, it } from 'node:test'
import { answersAre } from './call-function.ts'

describe('relations of points and ranges', () => {
  it('stand as DMN 1.5 has them in table 79', () => {
    answersAre([
      ['before(1, 10)', 'true'],
      ['before(10, 1)', 'false'],
      ['before(1, [1..10])', 'false'],
      ['before(1, (1..10])', 'true'],
      ['before([1..10], 10)', 'false'],
      ['before([1..10), 10)', 'true'],
      ['before([1..10), [10..20])', 'true'],
      ['before([1..10], [10..20])', 'false'],
      ['after(12, [2..10])', 'true'],
      ['after([11..20), 10)', 'true'],
      ['after((10..20], [1..10])', 'true'],
      ['meets([1..5], [5..10])', 'true'],
      ['meets([1..5), [5..10])', 'false'],
      ['met by([5..10], [1..5])', 'true'],
      ['overlaps([5..10], [1..6))', 'true'],
      ['overlaps([1..5), [5..8])', 'false'],
      ['overlaps before([1..5], [4..10])', 'true'],
      ['overlaps before([1..5), (1..5])', 'true'],
      ['overlaps after([4..10], [1..5])', 'true'],
      ['finishes(10, [1..10])', 'true'],
      ['finishes(10, [1..10))', 'false'],
      ['finishes((5..10], [1..10])', 'true'],
      ['finished by([1..10], (5..10])', 'true'],
      ['includes([1..10], 5)', 'true'],
      ['includes([1..10), 10)', 'false'],
      ['includes([1..10], (1..10))', 'true'],
      ['during(5, (1..10))', 'true'],
      ['during([1..10], (1..10))', 'false'],
      ['starts(1, [1..10])', 'true'],
      ['starts([1..5), [1..5])', 'true'],
      ['started by([1..10], [1..5])', 'true'],
      ['coincides(5, 5)', 'true'],
      ['coincides([1..5], [1..5))', 'false'],
    ])
  })

  it('hold for dates and texts as for numbers', () => {
    answersAre([
      ['before(@"2024-01-01", [@"2024-02-01"..@"2024-03-01"])', 'true'],
      ['during("b", ["a".."c"])', 'true'],
      ['includes([@"PT1H"..@"PT3H"], @"PT2H")', 'true'],
      ['before(1, ["a".."c"])', 'null!'],
      ['before(@"10:00:00", @"10:00:01Z")', 'true'],
      ['before(@"2024-01-01", @"2024-01-01T10:00:00")', 'null!'],
    ])
  })

  it('take a comparison as a range without an end', () => {
    answersAre([
      ['includes((< 10), 9)', 'true'],
      ['includes((<= 10), 10)', 'true'],
      ['before((< 10), (>= 10))', 'true'],
      ['during([1..2], (> 0))', 'true'],
      ['coincides((< 5), (< 5))', 'true'],
      ['includes((!= 10), 9)', 'null!'],
    ])
  })

  it('have no answer where an end is not known', () => {
    answersAre([
      ['includes([1..null], 5)', 'null!'],
      ['before(null, 5)', 'null'],
      ['before(5, null)', 'null'],
      ['meets([1..5], 5)', 'null!'],
      ['includes(range: [1..5], point: 3)', 'true'],
      ['includes(range1: [1..5], range2: [2..3])', 'true'],
      ['includes(range: [1..5], range2: [2..3])', 'null!'],
    ])
  })
})
