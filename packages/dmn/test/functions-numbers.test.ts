import { describe, it } from 'node:test'
import { answersAre } from './call-function.ts'

describe('number functions', () => {
  it('round by their names, to places that may be negative', () => {
    answersAre([
      ['decimal(0.3333333333, 2)', '0.33'],
      ['decimal(1.5, 0)', '2'],
      ['decimal(2.5, 0)', '2'],
      ['decimal(2.55, 1.9)', '2.6'],
      ['floor(-1.56, 1)', '-1.6'],
      ['ceiling(-0.3333)', '0'],
      ['round up(-5.5, 0)', '-6'],
      ['round up(1.121, 2)', '1.13'],
      ['round down(-5.5, 0)', '-5'],
      ['round half up(5.5, 0)', '6'],
      ['round half up(-5.5, 0)', '-6'],
      ['round half down(5.5, 0)', '5'],
      ['round half down(1.1251, 2)', '1.13'],
      ['round half up(12345, -2)', '12300'],
      ['round up(5.5, 6177)', 'null!'],
      ['round up(5.5, -6112)', 'null!'],
      ['floor(1.5, null)', 'null'],
      ['floor("1.5")', 'null!'],
      ['floor(n: 1.5, scal: 1)', 'null!'],
    ])
  })

  it('compute to 34 digits', () => {
    answersAre([
      ['abs(-10)', '10'],
      ['abs(@"-PT5H")', 'PT5H'],
      ['abs(@"-P1Y")', 'P1Y'],
      ['abs(@"2024-01-01")', 'null!'],
      ['modulo(-12, 5)', '3'],
      ['modulo(12, -5)', '-3'],
      ['modulo(-10.1, 4.5)', '3.4'],
      ['modulo(10, 0)', 'null!'],
      ['sqrt(16)', '4'],
      ['sqrt(2)', '1.414213562373095048801688724209698'],
      ['sqrt(-1)', 'null!'],
      ['log(10)', '2.302585092994045684017991454684364'],
      ['log(0)', 'null!'],
      ['exp(1)', '2.718281828459045235360287471352662'],
      ['exp(1000000)', 'null!'],
      ['odd(-1)', 'true'],
      ['even(0)', 'true'],
      ['odd(2.5)', 'false'],
      ['even(2.5)', 'false'],
    ])
  })

  it('read numbers with separators', () => {
    answersAre([
      ['number("1 000.5", " ", ".")', '1000.5'],
      ['number("1.000.000,01", ".", ",")', '1000000.01'],
      ['number("1000000.01", null, ".")', '1000000.01'],
      ['number("1,000", ",", null)', '1000'],
      ['number("1,000", ",", ",")', 'null!'],
      ['number("1,000.1", ":", ".")', 'null!'],
      ['number("1.2.3", null, ".")', 'null!'],
      ['number("1.000", ".", null)', '1000'],
      ['number("1000.5", null, null)', '1000.5'],
      ['number("+5", ",", ".")', 'null!'],
      ['number("5.", ",", ".")', 'null!'],
      ['number(from: "1,5", decimal separator: ",", grouping separator: ".")', '1.5'],
      ['number("-1.5e3")', '-1500'],
      ['number("万")', 'null!'],
      ['number(null)', 'null'],
    ])
  })
})

describe('conversions and logic', () => {
  it('write each kind as FEEL writes it', () => {
    answersAre([
      ['string(1.10)', '"1.1"'],
      ['string("a")', '"a"'],
      ['string(true)', '"true"'],
      ['string(null)', 'null'],
      ['string(@"2024-02-29")', '"2024-02-29"'],
      ['string(@"10:30:00.5@Asia/Shanghai")', '"10:30:00.5@Asia/Shanghai"'],
      ['string(@"P1Y2M")', '"P1Y2M"'],
      ['string([1, "a", null])', '"[1, "a", null]"'],
      ['string({a: [1], "b c": "x"})', '"{a: [1], b c: "x"}"'],
      ['string([1..5))', '"[1..5)"'],
      ['string((< 5))', '"(< 5)"'],
    ])
  })

  it('read ranges that are written out, the lower end first', () => {
    answersAre([
      ['range("[18..21)")', '[18..21)'],
      ['range("]1..2[")', '(1..2)'],
      ['range(" [ 1 .. 3 ] ")', '[1..3]'],
      ['range("[-1.5..2e1]")', '[-1.5..20]'],
      ['range("[\\"a\\"..\\"c\\"]")', '["a".."c"]'],
      ['range("[date(\\"1970-01-01\\")..@\\"1970-01-02\\"]")', '[1970-01-01..1970-01-02]'],
      ['range("[3..1]")', 'null!'],
      ['range("[1..\\"b\\"]")', 'null!'],
      ['range("[2..)")', '(>= 2)'],
      ['range("(2..[")', '(> 2)'],
      ['range("(..2)")', '(< 2)'],
      ['range("]..2]")', '(<= 2)'],
      ['range("[1..]")', 'null!'],
      ['range("[..2]")', 'null!'],
      ['range("[..]")', 'null!'],
      ['range("(..)")', 'null!'],
      ['range("[null..null]")', 'null!'],
      ['range(">=10")', 'null!'],
      ['range("")', 'null!'],
      ['range("[constructor(\\"a\\")..1]")', 'null!'],
    ])
  })

  it('negate, and tell the same from the equal', () => {
    answersAre([
      ['not(true)', 'false'],
      ['not(null)', 'null'],
      ['not("true")', 'null!'],
      ['is(1, 1.0)', 'true'],
      ['is(@"2012-12-25", @"2012-12-25T00:00:00Z")', 'false'],
      ['is(@"23:00:50Z", @"23:00:50+00:00")', 'true'],
      ['is(@"23:00:50", @"23:00:50Z")', 'false'],
      ['is(@"20:00:50+00:00", @"21:00:50+01:00")', 'false'],
      ['is(@"P0Y", @"P0D")', 'false'],
      ['is(null, null)', 'true'],
      ['is(value1: 1)', 'false'],
      ['is(1)', 'null!'],
      ['is defined(null)', 'false'],
      ['is defined(0)', 'true'],
    ])
  })
})
