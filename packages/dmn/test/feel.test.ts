import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { feel, type Given } from './one-decision.ts'

type Row = readonly [expression: string, expected: string | boolean | null, given?: Given]

function rows(title: string, table: readonly Row[]): void {
  it(title, () => {
    for (const [expression, expected, given] of table) {
      const { value, messages } = feel(expression, given)
      assert.deepEqual(
        value,
        expected,
        `${expression} with ${JSON.stringify(given)} ${JSON.stringify(messages)}`,
      )
    }
  })
}

const n = (value: string | null): Given => ({ 金额: ['number', value] })
const b = (p: boolean | null, q: boolean | null): Given => ({ p: ['boolean', p], q: ['boolean', q] })
const d = (value: string | null): Given => ({ 日期: ['date', value] })
const s = (value: string | null): Given => ({ 文本: ['string', value] })

describe('numbers in FEEL', () => {
  rows('are exact decimals, never doubles', [
    ['0.1 + 0.2 = 0.3', true],
    ['4.35 * 100', '435'],
    ['round half up(1.005, 2)', '1.01'],
    ['9007199254740993 = 9007199254740992', false],
    ['1e3 + 1.5e-1', '1000.15'],
    ['金额 * 0.0370', '0.00037', n('0.01')],
  ])
  rows('keep 34 significant digits, ties away from zero', [
    ['1 / 3', '0.3333333333333333333333333333333333'],
    ['2 / 3', '0.6666666666666666666666666666666667'],
    ['1000000000000000000000000000000000 + 0.5', '1000000000000000000000000000000001'],
    ['0 - 1000000000000000000000000000000000 - 0.5', '-1000000000000000000000000000000001'],
  ])
  rows('give null, not an error, for division by zero and out of range', [
    ['1 / 0', null],
    ['金额 / 0', null, n('5')],
    ['1e399 * 10', null],
    ['0 - 1e399 * 10', null],
    ['1e-399 / 1e300', '0'],
  ])
  rows('are null as soon as one operand is', [
    ['金额 + 1', null, n(null)],
    ['-金额', null, n(null)],
    ['max(金额, 1)', null, n(null)],
    ['sum(1, 金额, 2)', null, n(null)],
    ['round half up(金额, 2)', null, n(null)],
  ])
  rows('round by the mode that is named', [
    ['round half up(2.5, 0)', '3'],
    ['round half up(-2.5, 0)', '-3'],
    ['round half down(2.5, 0)', '2'],
    ['round half even(2.5, 0)', '2'],
    ['decimal(1.115, 2)', '1.12'],
    ['decimal(1.125, 2)', '1.12'],
    ['round up(1.121, 2)', '1.13'],
    ['round up(-1.121, 2)', '-1.13'],
    ['round down(-1.129, 2)', '-1.12'],
    ['floor(-1.5)', '-2'],
    ['ceiling(-1.5)', '-1'],
    ['floor(1.56, 1)', '1.5'],
    ['round half up(1250, -2)', '1300'],
    ['floor(-0.5) + ceiling(-0.5)', '-1'],
  ])
  rows('have the usual functions', [
    ['abs(-3.2)', '3.2'],
    ['modulo(-5, 3)', '1'],
    ['modulo(5, -3)', '-1'],
    ['min(3, 1.5, 2)', '1.5'],
    ['max([1, 2, 3])', '3'],
    ['sum(1, 2, 3.5)', '6.5'],
    ['2 ** 10', '1024'],
    ['2 ** -1', '0.5'],
    ['-2 ** 2', '4'],
    ['1 - 2 - 3', '-4'],
    ['2 + 3 * 4', '14'],
    ['number("-12.50")', '-12.5'],
    ['number("1,000")', null],
    ['string(1.50)', '1.5'],
  ])
})

describe('truth in FEEL', () => {
  rows('has three values', [
    ['p and q', false, b(false, null)],
    ['p and q', null, b(true, null)],
    ['p or q', true, b(null, true)],
    ['p or q', null, b(null, false)],
    ['not(p)', null, b(null, null)],
    ['not(p)', false, b(true, null)],
  ])
  rows('takes a condition that is not true for the else branch', [
    ['if p then 1 else 2', '2', b(null, null)],
    ['if p then 1 else 2', '1', b(true, null)],
    ['if p then null else 2', null, b(true, null)],
  ])
  rows('knows that null equals null and nothing else', [
    ['金额 = null', true, n(null)],
    ['金额 != null', false, n(null)],
    ['金额 = 0', false, n(null)],
    ['金额 != 0', true, n(null)],
    ['is defined(金额)', false, n(null)],
    ['is defined(金额)', true, n('0')],
  ])
  rows('cannot order what is missing', [
    ['金额 < 1', null, n(null)],
    ['金额 between 1 and 3', null, n(null)],
    ['金额 between 3 and 0', false, n('0')],
    ['0 between 3 and 金额', false, n(null)],
    ['金额 in [1..3)', false, n('3')],
    ['金额 in ]1..3[', true, n('2')],
    ['金额 in (1, > 5, [2..3])', true, n('6')],
    ['金额 in (> 5)', false, n('5')],
    ['金额 in (1, null)', true, n(null)],
    ['3 in [4..2]', false],
  ])
})

describe('text in FEEL', () => {
  rows('counts characters, not UTF-16 units', [
    ['string length("𠮷野家")', '3'],
    ['substring("𠮷野家", 2)', '野家'],
    ['substring("foobar", -2, 1)', 'a'],
    ['substring("foobar", 3, 3)', 'oba'],
    ['substring("foobar", 0)', null],
    ['substring("foobar", 9)', ''],
    ['substring("foobar", -9)', null],
  ])
  rows('orders by code point, as the database does', [
    ['"﹏" < "𠮷"', true],
    ['"Z" < "a"', true],
    ['max("存续", "注销")', '注销'],
  ])
  rows('has the usual functions', [
    ['文本 + "（测试）"', '古镇（测试）', s('古镇')],
    ['文本 + "x"', null, s(null)],
    ['upper case("straße")', 'STRASSE'],
    ['lower case("ABC")', 'abc'],
    ['contains("数字化贷款", "贷")', true],
    ['starts with("数字化", "数字")', true],
    ['ends with("数字化", "字")', false],
    ['"a\\"b\\\\c\\u4e2d"', 'a"b\\c中'],
    ['string(date("2024-02-29"))', '2024-02-29'],
    ['string(true)', 'true'],
    ['string(duration("P14M"))', 'P1Y2M'],
  ])
})

describe('dates and durations in FEEL', () => {
  rows('end a month where the month ends', [
    ['date("2024-01-31") + duration("P1M")', '2024-02-29'],
    ['date("2023-01-31") + duration("P1M")', '2023-02-28'],
    ['date("2024-02-29") + duration("P1Y")', '2025-02-28'],
    ['date("2024-03-31") - duration("P1M")', '2024-02-29'],
    ['日期 + duration("P1M") * 6', '2024-02-29', d('2023-08-31')],
  ])
  rows('count days and months', [
    ['date("2024-03-01") - date("2024-02-01")', 'P29D'],
    ['(date("2024-03-01") - date("2024-02-01")).days', '29'],
    ['years and months duration(date("2023-12-22"), date("2024-01-21"))', 'P0M'],
    ['years and months duration(date("2022-01-31"), date("2024-03-01")).years', '2'],
    ['years and months duration(date("2024-03-01"), date("2022-01-31"))', '-P2Y1M'],
    ['duration("P1Y6M") / duration("P6M")', '3'],
    [
      'years and months  duration((if (1 in ([1..2])) then 日期 else 日期), (if ("b" in (< "a", ["b".."c"])) then 日期 + duration("P13M") else min(日期, 日期, today())))',
      'P1Y1M',
      d('2024-05-06'),
    ],
    ['"years and months duration("', 'years and months duration('],
    ['duration("P1Y") * 0.55', 'P6M'],
    ['date("2024-01-01") + duration("PT36H")', '2024-01-02'],
    ['date("2024-01-01") - duration("PT1H")', '2023-12-31'],
    ['日期.year', '2024', d('2024-05-06')],
    ['today()', '2026-06-21'],
    ['@"2024-02-29" < today()', true],
    ['date(2024, 2, 29)', '2024-02-29'],
    ['date("2024-0" + "2-29")', '2024-02-29'],
    ['min(date("2025-12-31"), 日期)', '2024-05-06', d('2024-05-06')],
  ])
  rows('give null beyond the years 1 to 9999', [
    ['date("9999-12-31") + duration("P1D")', null],
    ['date("0001-01-01") - duration("P1M")', null],
    ['日期 + duration("P12000Y")', null, d('2024-05-06')],
    ['date("2023-02-2" + "9")', null],
  ])
})

describe('what goes wrong with data', () => {
  it('is said with its place and leaves null, never thrown', () => {
    const { value, messages } = feel('100 / 金额', n('0'))
    assert.equal(value, null)
    const [message] = messages
    assert.equal(message?.code, 'division-by-zero')
    assert.deepEqual(message?.where, {
      file: '测试.dmn',
      element: '结果',
      line: 7,
      text: '100 / 金额',
      from: 0,
      to: 8,
    })
    assert.match(message?.zh ?? '', /除数为零/)
    assert.match(message?.en ?? '', /Division by zero/)
  })

  it('is a null with a message where an input is of another type', () => {
    const { value, messages } = feel('金额 = null', { 金额: ['number', '一百'] })
    assert.equal(value, true)
    assert.deepEqual(
      messages.map(message => message.code),
      ['input-type'],
    )
  })

  it('does not let a double in as money', () => {
    const double: unknown = 0.1
    const { messages } = feel('金额', { 金额: ['number', double as string] })
    assert.deepEqual(
      messages.map(message => message.code),
      ['input-type'],
    )
  })
})
