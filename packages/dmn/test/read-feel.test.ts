import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { feelReader, type Names } from '../src/read/feel.ts'
import { FeelSyntaxError } from '../src/read/syntax.ts'
import { textOf, textOfTests } from './syntax-text.ts'

type Rows = readonly (readonly [text: string, tree: string])[]

function rows(title: string, table: Rows, names: Names = {}, types: Names = {}): void {
  it(title, () => {
    const reader = feelReader(names, types)
    for (const [text, tree] of table) assert.equal(textOf(reader.expression(text)), tree, text)
  })
}

function cells(title: string, table: Rows, names: Names = {}): void {
  it(title, () => {
    const reader = feelReader(names)
    for (const [text, tests] of table) assert.equal(textOfTests(reader.unaryTests(text)), tests, text)
  })
}

function refusal(text: string, names: Names = {}): FeelSyntaxError {
  try {
    feelReader(names).expression(text)
  } catch (error) {
    assert.ok(error instanceof FeelSyntaxError, `${text}: ${error}`)
    return error
  }
  return assert.fail(`${text} was read`)
}

describe('what a FEEL text says', () => {
  rows('literals stand for themselves', [
    ['12', '12'],
    ['1.50', '1.50'],
    ['.5', '.5'],
    ['1e3', '1e3'],
    ['1.5E-3', '1.5E-3'],
    ['-1', '-1'],
    ['- 1', '-1'],
    ['true', 'true'],
    ['null', 'null'],
    ['"a\\"b\\n\\u4e2d\\U01F600\\\\"', JSON.stringify('a"b\n中😀\\')],
    ['"\\uD83D\\uDE00"', JSON.stringify('😀')],
    ['@"2024-02-29"', '@2024-02-29'],
    ['@"P1Y"', '@P1Y'],
    ['?', '?'],
  ])
  rows('operators bind as DMN says, and to the left', [
    ['1 + 2 * 3 ** 4', '(+ 1 (* 2 (** 3 4)))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['2 ** 3 ** 2', '(** (** 2 3) 2)'],
    ['-2 ** 2', '(** -2 2)'],
    ['-a ** 2', '(** (- ‹a›) 2)'],
    ['a--1', '(- ‹a› -1)'],
    ['--a', '(- (- ‹a›))'],
    ['a or b and c = d + 1', '(or ‹a› (and ‹b› (= ‹c› (+ ‹d› 1))))'],
    ['a = b = true', '(= (= ‹a› ‹b›) true)'],
    ['(1 + 2) * 3', '(* (+ 1 2) 3)'],
    ['a != b', '(!= ‹a› ‹b›)'],
    ['a between 1 and 3 and b', '(and (between ‹a› 1 3) ‹b›)'],
    ['a between b + 1 and c', '(between ‹a› (+ ‹b› 1) ‹c›)'],
    ['-a.b', '(- (. ‹a› b))'],
    ['1 + a instance of number', '(+ 1 (instance of ‹a› ‹number›))'],
    ['if a then b else c + 1', '(if ‹a› ‹b› (+ ‹c› 1))'],
    ['1 + if a then 1 else if b then 2 else 3', '(+ 1 (if ‹a› 1 (if ‹b› 2 3)))'],
    ['true and not(b)', '(and true (call ‹not› ‹b›))'],
  ])
  rows('comments and blanks of all kinds separate', [
    ['// why\n1 + /* and\nhow */ 2', '(+ 1 2)'],
    ['1 //', '1'],
    ['1\u00a0+\u3000 2\ufeff', '(+ 1 2)'],
    ['"// no comment"', '"// no comment"'],
  ])
  rows('lists, contexts and functions are values', [
    ['[]', '[]'],
    ['[1, "a", [2]]', '[1 "a" [2]]'],
    ['{}', '{}'],
    ['{a: 1, "b c": a, d-e: b c + a}', '{a: 1, b c: ‹a›, d-e: (+ ‹b c› ‹a›)}'],
    ['{if: 1, "": 2}', '{if: 1, : 2}'],
    ['function() 1', '(function () 1)'],
    ['function(x, y: number) x + y', '(function (x, y: ‹number›) (+ ‹x› ‹y›))'],
    [
      'function(本金 总额: list<context<a b: number, c: range<date>>>) 本金 总额',
      '(function (本金 总额: list<context<a b: ‹number›, c: range<‹date›>>>) ‹本金 总额›)',
    ],
    [
      'function(f: function<number, date and time> -> boolean) f',
      '(function (f: function<‹number›, ‹date and time›> -> ‹boolean›) ‹f›)',
    ],
    [
      'function(a) external {java: {class: "C", method signature: "m(int)"}}',
      '(function (a) external {java: {class: "C", method signature: "m(int)"}})',
    ],
  ])
  rows('paths, filters and calls follow each other', [
    ['a.b.c', '(. (. ‹a› b) c)'],
    ['a[1][item > 2].b', '(. (filter (filter ‹a› 1) (> ‹item› 2)) b)'],
    ['[1, 2][-1]', '(filter [1 2] -1)'],
    ['f()(1)(a: 2, b c: 3)', '(call (call (call ‹f›) 1) a: 2 b c: 3)'],
    ['(function(x) x)(3)', '(call (function (x) ‹x›) 3)'],
    ['{f: function(x) x}.f(1)', '(call (. {f: (function (x) ‹x›)} f) 1)'],
    ['a.time offset', '(. ‹a› time offset)'],
    ['[1..2].start included', '(. [1..2] start included)'],
    ['f(a < b, [1..2])', '(call ‹f› (< ‹a› ‹b›) [1..2])'],
  ])
  rows('iterations name their variables', [
    ['for x in a return x', '(for x in ‹a› ‹x›)'],
    ['for i in 1..n + 1 return i', '(for i in 1..(+ ‹n› 1) ‹i›)'],
    ['for i in 5..-1 return i', '(for i in 5..-1 ‹i›)'],
    ['for x in a, y in x return [x, y]', '(for x in ‹a›, y in ‹x› [‹x› ‹y›])'],
    ['for i in [1..3] return partial[-1] + i', '(for i in [1..3] (+ (filter ‹partial› -1) ‹i›))'],
    ['for 贷款 明细 in a return 贷款 明细 + 1', '(for 贷款 明细 in ‹a› (+ ‹贷款 明细› 1))'],
    ['some x in a, y in b satisfies x > y', '(some x in ‹a›, y in ‹b› (> ‹x› ‹y›))'],
    ['every x in a satisfies x', '(every x in ‹a› ‹x›)'],
  ])
  rows('ranges are values and what in asks for', [
    ['[1..2]', '[1..2]'],
    ['(1..2)', '(1..2)'],
    [']1..2[', '(1..2)'],
    ['[a..b[ = c', '(= [‹a›..‹b›) ‹c›)'],
    ['[a.b..c[1]]', '[(. ‹a› b)..(filter ‹c› 1)]'],
    ['[1..2).end', '(. [1..2) end)'],
    ['(< 5)', '(range < 5)'],
    ['[(>= 10), (= 5), (!= a)]', '[(range >= 10) (range = 5) (range != ‹a›)]'],
    ['a in (< 5)', '(in ‹a› < 5)'],
    ['a in < b + 1', '(in ‹a› < (+ ‹b› 1))'],
    ['a in [1..3)', '(in ‹a› [1..3))'],
    ['a in (1, > 5, [2..3], null)', '(in ‹a› 1 > 5 [2..3] null)'],
    ['a in [1, 2]', '(in ‹a› [1 2])'],
    ['a in (b).c', '(in ‹a› (. ‹b› c))'],
    ['a in (1 + 2) * 3', '(in ‹a› (* (+ 1 2) 3))'],
    ['a in ((1..2), b) and c', '(and (in ‹a› (1..2) ‹b›) ‹c›)'],
  ])
  rows('types are named by words, and built of types', [
    ['a instance of number', '(instance of ‹a› ‹number›)'],
    ['a instance of date and time', '(instance of ‹a› ‹date and time›)'],
    [
      'a instance of years and months duration and b',
      '(and (instance of ‹a› ‹years and months duration›) ‹b›)',
    ],
    ['a instance of list < Any >', '(instance of ‹a› list<‹Any›>)'],
    ['a instance of 外部.企业 类型 or b', '(or (instance of ‹a› ‹外部.企业 类型›) ‹b›)'],
    ['a instance of function<> -> Any', '(instance of ‹a› function<> -> ‹Any›)'],
    ['a.b instance of context<c: string>', '(instance of (. ‹a› b) context<c: ‹string›>)'],
  ])
})

describe('a name in FEEL', () => {
  rows(
    'is the longest that is in reach',
    [
      ['本期 利息-已贴', '‹本期 利息-已贴›'],
      ['本期   利息 - 已贴', '(- ‹本期 利息› ‹已贴›)'],
      ['本期 利息-1', '(- ‹本期 利息› 1)'],
      ['本期\n利息', '‹本期 利息›'],
      ['a-b', '‹a-b›'],
      ['a - b', '(- ‹a› ‹b›)'],
      ['(a)-b', '(- ‹a› ‹b›)'],
      ['a-bc', '(- ‹a› ‹bc›)'],
      ['金额(元) + 1', '(+ ‹金额(元)› 1)'],
      ['占比% / 2', '(/ ‹占比%› 2)'],
      ['税/费', '‹税/费›'],
      ['profit and loss + 1', '(+ ‹profit and loss› 1)'],
      ['if eligible then 1 else 2', '(if ‹eligible› 1 2)'],
      ['if paid', '‹if paid›'],
      ['𠮷野 家', '‹𠮷野 家›'],
      ["owner's", "‹owner's›"],
      ['a.b', '‹a.b›'],
      ['a .b', '(. ‹a› b)'],
    ],
    Object.fromEntries(
      [
        ...['本期 利息', '已贴', '本期 利息-已贴', 'a', 'b', 'a-b', '金额(元)', '占比%', '税/费'],
        ...['profit and loss', 'eligible', 'if paid', '𠮷野 家', "owner's", 'a.b'],
      ].map(name => [name, 1 as const]),
    ),
  )
  rows(
    'may be that of a built-in type or function',
    [
      ['list', '‹list›'],
      ['list instance of list<number>', '(instance of ‹list› list<‹number›>)'],
      ['date and time("2024-01-01T00:00:00")', '(call ‹date and time› "2024-01-01T00:00:00")'],
      ['date and\n time("x")', '(call ‹date and time› "x")'],
      ['x instance of date and time', '(instance of ‹x› ‹date and time›)'],
      ['a and years and months duration(a, a)', '(and ‹a› (call ‹years and months duration› ‹a› ‹a›))'],
      ['time', '‹time›'],
      ['date.year', '(. ‹date› year)'],
    ],
    { list: 1, time: 1, date: 1, x: 1, a: 1, function: 1 },
  )
  rows(
    'of a field is known by what it is a field of',
    [
      ['企业.营业收入-成本', '(. ‹企业› 营业收入-成本)'],
      ['企业.名 称', '(. ‹企业› 名 称)'],
      ['贷款[余额-本金 > 0].起始 日', '(. (filter ‹贷款› (> ‹余额-本金› 0)) 起始 日)'],
      ['贷款[item.余额-本金 > 0]', '(filter ‹贷款› (> (. ‹item› 余额-本金) 0))'],
      ['for 笔 in 贷款 return 笔.余额-本金', '(for 笔 in ‹贷款› (. ‹笔› 余额-本金))'],
      ['some 笔 in 贷款 satisfies 笔.余额-本金 > 0', '(some 笔 in ‹贷款› (> (. ‹笔› 余额-本金) 0))'],
      ['{a-b: {c+d: 1}}.a-b.c+d', '(. (. {a-b: {c+d: 1}} a-b) c+d)'],
      ['{a-b: 1, c: a-b}', '{a-b: 1, c: ‹a-b›}'],
      ['(if true then {a-b: 1} else null).a-b', '(. (if true {a-b: 1} null) a-b)'],
      ['[{a-b: 1}].a-b', '(. [{a-b: 1}] a-b)'],
      [
        'sort(贷款, function(x, y) x.余额-本金 < y.余额-本金)[1].起始 日',
        '(. (filter (call ‹sort› ‹贷款› (function (x, y) (< (. ‹x› 余额-本金) (. ‹y› 余额-本金)))) 1) 起始 日)',
      ],
      ['function(p: 企业类型) p.名-称', '(function (p: ‹企业类型›) (. ‹p› 名-称))'],
      ['外部.计算 利息(1).应付-额', '(. (call (. ‹外部› 计算 利息) 1) 应付-额)'],
    ],
    {
      企业: { '营业收入-成本': 1, '名 称': 1 },
      贷款: { '余额-本金': 1, '起始 日': 1 },
      外部: { '计算 利息': { '应付-额': 1 } },
      sort: 1,
    },
    { 企业类型: { '名-称': 1 } },
  )
  rows('nobody declared is all the words up to the next operator', [
    ['未知 名称 + 1', '(+ ‹未知 名称› 1)'],
    ['a.first name and b', '(and (. ‹a› first name) ‹b›)'],
    ['a b in c', '(in ‹a b› ‹c›)'],
    ['x instance of my type', '(instance of ‹x› ‹my type›)'],
  ])
  rows('is an own property only', [
    ['constructor.a-b', '(- (. ‹constructor› a) ‹b›)'],
    ['{"__proto__": {a-b: 1}}.__proto__.a-b', '(. (. {__proto__: {a-b: 1}} __proto__) a-b)'],
  ])
})

describe('a condition cell in FEEL', () => {
  cells(
    'is empty, a list of tests, or their negation',
    [
      ['', ''],
      [' - ', ''],
      ['1, "a", null', '1, "a", null'],
      ['< 5, >= a, = 3, != 4', '< 5, >= ‹a›, = 3, != 4'],
      ['[1..2], (1..2), ]1..2[', '[1..2], (1..2), (1..2)'],
      ['not(1, > 2)', 'not(1, > 2)'],
      ['not (a)', 'not(‹a›)'],
      ['not(a) or b', '(or (call ‹not› ‹a›) ‹b›)'],
      ['? > 1 and ? < b', '(and (> ? 1) (< ? ‹b›))'],
      ['a in [1..2]', '(in ‹a› [1..2])'],
      ['-1', '-1'],
      ['- a', '(- ‹a›)'],
      ['[1, 2]', '[1 2]'],
      ['("甲", true)', '"甲", true'],
      ['(1), (a + 1) * 2, (1..2)', '1, (* (+ ‹a› 1) 2), (1..2)'],
      ['(a) or b', '(or ‹a› ‹b›)'],
      ['not(a).b', '(. (call ‹not› ‹a›) b)'],
    ],
    { a: 1, b: 1, not: 1 },
  )
})

describe('what is not FEEL', () => {
  it('is refused at the place where it stops being FEEL', () => {
    const table: readonly (readonly [string, number])[] = [
      ['1 +', 3],
      ['1 + + 1', 4],
      ['+1', 0],
      ['1 == 1', 3],
      ['1 2', 2],
      ['2024年', 4],
      ['1.', 2],
      ['"abc', 0],
      ['a ;b', 2],
      ['[1, 2', 5],
      ['[1,]', 4],
      ['[1..]', 5],
      ['[1..2', 5],
      ['{a 1}', 1],
      ['{a: 1', 5],
      ['f(1', 3],
      ['f(a: 1, 2)', 8],
      ['()', 1],
      ['(1, 2)', 6],
      ['if a then 1', 11],
      ['for x return 1', 14],
      ['some x in a', 11],
      ['function(x y', 12],
      ['a instance number', 11],
      ['a instance of', 13],
      ['a instance of list<number', 25],
      ['@2024-01-01', 1],
      ['a."b"', 2],
      ['`a`', 0],
      ['/* open', 0],
      ['and', 0],
      ['a between 1', 11],
      ['', 0],
      ['a = ', 4],
    ]
    for (const [text, from] of table) assert.equal(refusal(text).from, from, text)
  })

  it('says in both languages what is wanted there', () => {
    const { message, zh } = refusal('if 金额 then 1')
    assert.match(message, /"else" is wanted/)
    assert.match(zh, /这里应有“else”/)
  })

  it('finds texts no database can hold', () => {
    assert.match(refusal('"a\\u0000"').message, /NUL/)
    assert.match(refusal('"\\uD83D"').message, /surrogate/)
  })

  it('is refused where it is too long or nested too deep, whatever it is nested in', () => {
    assert.match(refusal(`"${'a'.repeat(10_000)}"`).message, /longer than 10000/)
    for (const deep of [
      `${'('.repeat(300)}1${')'.repeat(300)}`,
      `${'['.repeat(300)}${']'.repeat(300)}`,
      `${'{a:'.repeat(300)}1${'}'.repeat(300)}`,
      `${'-'.repeat(300)}a`,
      `1${' + 1'.repeat(300)}`,
      `a${'.b'.repeat(300)}`,
      `a${'[1]'.repeat(300)}`,
      `a${'()'.repeat(300)}`,
      `${'if a then '.repeat(300)}1${' else 2'.repeat(300)}`,
      `${'for x in a return '.repeat(300)}1`,
      `${'function() '.repeat(300)}1`,
      `${'x in ('.repeat(300)}1${')'.repeat(300)}`,
    ]) {
      assert.match(refusal(deep).message, /nested more than 200 deep/, deep.slice(0, 20))
    }
    assert.match(
      refusal(`a instance of ${'list<'.repeat(300)}a${'>'.repeat(300)}`).message,
      /type is nested more than 50/,
    )
  })
})
