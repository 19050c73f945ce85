import fc from 'fast-check'

/**
 * Generated FEEL for the parity of the two readings. All models share one set of inputs, so that one table of rows, null-
 * rich and full of limits, serves every model. Texts are FEEL; types are right by construction.
 */
export type GeneratedType =
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'days and time duration'
  | 'years and months duration'

export const INPUTS: Readonly<Record<string, GeneratedType>> = {
  合同金额: 'number',
  '实付 利息': 'number',
  期数: 'number',
  任意数: 'number',
  企业状态: 'string',
  '经办-备注': 'string',
  逾期: 'boolean',
  失信: 'boolean',
  放款日: 'date',
  备案日: 'date',
  期限: 'years and months duration',
  时长: 'days and time duration',
}

export type Scope = Readonly<Record<GeneratedType, readonly string[]>>

const NUMBERS = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '0.5',
  '2.675',
  '-2.5',
  '12',
  '100',
  '0.0370',
  '99999999999999.99',
  '1e-20',
  '7e33',
  '1234567890123456789012345678901234',
  '1e300',
  '9.999999999999999999999999999999999e399',
  '-1e399',
  '1e-400',
  '0.005',
  '9007199254740993',
  '99999999999999999999999999999999.995',
]
const TEXTS = [
  '"存续"',
  '"注销"',
  '""',
  '"a"',
  '"A\\"\'; --"',
  '"\\\\"',
  '"é𠮷ß"',
  '"12.50"',
  '"存续企业"',
  '"Z"',
  '"水渠市（东区）"',
  '"存续　企业"',
  '"﹏"',
]
const DATES = [
  '2024-02-29',
  '2024-01-31',
  '2023-12-31',
  '2022-01-05',
  '0001-01-01',
  '9999-12-31',
  '2025-06-21',
  '2023-02-28',
  '2024-03-31',
  '2024-04-30',
  '1900-02-28',
  '2000-02-29',
]
const MONTHS = ['P1M', 'P6M', '-P1M', 'P1Y', 'P13M', 'P0M', 'P9998Y', '-P12000Y']
const DAYS = [
  'P1D',
  'P30D',
  '-P1D',
  'PT36H',
  'PT0S',
  '-PT1H',
  'P400000D',
  'PT0.5S',
  'P3652425D',
  'P99999999D',
]

export const pick = (values: readonly string[]) => fc.constantFrom(...values)
/** Limits and oddities, and any everyday number: what lies beside a tie is found by chance alone. */
const numbers = fc.oneof(
  { weight: 2, arbitrary: pick(NUMBERS) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 }))
      .map(([digits, places]) => (digits / 10 ** places).toFixed(places)),
  },
)
const date = pick(DATES).map(text => `date("${text}")`)
const months = pick(MONTHS).map(text => `duration("${text}")`)
const days = pick(DAYS).map(text => `duration("${text}")`)
const rounding = pick([
  'round half up',
  'round half down',
  'round half even',
  'decimal',
  'round up',
  'round down',
  'floor',
  'ceiling',
])
const ordered = pick(['<', '<=', '>', '>='])

export function expression(type: GeneratedType, scope: Scope, depth: number): fc.Arbitrary<string> {
  const names = scope[type]
  const leaf = (literals: fc.Arbitrary<string>) =>
    names.length === 0
      ? literals
      : fc.oneof({ weight: 3, arbitrary: pick(names) }, { weight: 2, arbitrary: literals })
  const leaves: Record<GeneratedType, () => fc.Arbitrary<string>> = {
    number: () => leaf(numbers),
    string: () => leaf(pick(TEXTS)),
    boolean: () => leaf(pick(['true', 'false'])),
    date: () => leaf(fc.oneof(date, fc.constant('today()'))),
    'years and months duration': () => leaf(months),
    'days and time duration': () => leaf(days),
  }
  if (depth <= 0) return leaves[type]()
  const sub = (of: GeneratedType) => expression(of, scope, depth - 1)
  const [n, s, b, d] = [sub('number'), sub('string'), sub('boolean'), sub('date')]
  const [ymd, dtd] = [sub('years and months duration'), sub('days and time duration')]
  const choose = fc
    .tuple(
      b,
      sub(type),
      fc.oneof({ weight: 3, arbitrary: sub(type) }, { weight: 1, arbitrary: fc.constant('null') }),
    )
    .map(([c, yes, no]) => `(if ${c} then ${yes} else ${no})`)
  const extreme = fc
    .tuple(pick(['min', 'max']), fc.array(sub(type), { minLength: 1, maxLength: 3 }))
    .map(([fn, args]) => `${fn}(${args.join(', ')})`)
  const deeper: Record<GeneratedType, () => fc.Arbitrary<string>[]> = {
    number: () => [
      fc.tuple(n, pick(['+', '-', '*', '/']), n).map(([l, op, r]) => `(${l} ${op} ${r})`),
      fc
        .tuple(
          rounding,
          n,
          fc.oneof(
            { weight: 9, arbitrary: fc.integer({ min: -3, max: 5 }) },
            { weight: 1, arbitrary: fc.constantFrom(1.5, 398, 401, -399, -401, -6111, 6176) },
          ),
        )
        .map(([fn, x, places]) => `${fn}(${x}, ${places})`),
      fc.tuple(pick(['floor', 'ceiling', 'abs']), n).map(([fn, x]) => `${fn}(${x})`),
      fc.tuple(n, n).map(([a, c]) => `modulo(${a}, ${c})`),
      fc.array(n, { minLength: 1, maxLength: 3 }).map(args => `sum(${args.join(', ')})`),
      n.map(x => `-(${x})`),
      s.map(x => `string length(${x})`),
      s.map(x => `number(${x})`),
      fc.tuple(ymd, pick(['years', 'months'])).map(([x, part]) => `(${x}).${part}`),
      dtd.map(x => `(${x}).days`),
      fc.tuple(dtd, dtd).map(([l, r]) => `(${l} / ${r})`),
      fc.tuple(ymd, ymd).map(([l, r]) => `(${l} / ${r})`),
      extreme,
      choose,
    ],
    string: () => [
      fc.tuple(s, s).map(([l, r]) => `(${l} + ${r})`),
      fc.tuple(pick(['upper case', 'lower case']), s).map(([fn, x]) => `${fn}(${x})`),
      fc
        .tuple(s, fc.integer({ min: -3, max: 4 }), fc.option(fc.integer({ min: -1, max: 3 })))
        .map(([x, from, length]) => `substring(${x}, ${from}${length === null ? '' : `, ${length}`})`),
      fc.oneof(n, d, b).map(x => `string(${x})`),
      extreme,
      choose,
    ],
    boolean: () => [
      fc
        .oneof(n, s, d, ymd, dtd)
        .chain(l => fc.constant(l))
        .map(x => `(${x} != null)`),
      ...[n, s, d, ymd, dtd].map(of => fc.tuple(of, ordered, of).map(([l, op, r]) => `(${l} ${op} ${r})`)),
      ...[n, s, d, b].map(of => fc.tuple(of, pick(['=', '!=']), of).map(([l, op, r]) => `(${l} ${op} ${r})`)),
      fc.tuple(b, pick(['and', 'or']), b).map(([l, op, r]) => `(${l} ${op} ${r})`),
      b.map(x => `not(${x})`),
      fc
        .tuple(pick(['contains', 'starts with', 'ends with']), s, s)
        .map(([fn, x, part]) => `${fn}(${x}, ${part})`),
      fc.oneof(n, s, d).map(x => `is defined(${x})`),
      fc.tuple(n, n, n).map(([x, low, high]) => `(${x} between ${low} and ${high})`),
      ...(['number', 'string', 'date'] as const).map(of =>
        fc
          .tuple(
            sub(of),
            fc.array(positiveTest(of, withoutSubject(scope), depth - 1), { minLength: 1, maxLength: 3 }),
          )
          .map(([x, tests]) => `(${x} in (${tests.join(', ')}))`),
      ),
      choose,
    ],
    date: () => [
      fc.tuple(d, pick(['+', '-']), fc.oneof(ymd, dtd)).map(([x, op, by]) => `(${x} ${op} ${by})`),
      extreme,
      choose,
    ],
    'years and months duration': () => [
      fc.tuple(d, d).map(([from, to]) => `years and months duration(${from}, ${to})`),
      fc.tuple(ymd, pick(['*', '/']), n).map(([x, op, y]) => `(${x} ${op} ${y})`),
      fc.tuple(ymd, pick(['+', '-']), ymd).map(([x, op, y]) => `(${x} ${op} ${y})`),
      choose,
    ],
    'days and time duration': () => [
      fc.tuple(d, d).map(([l, r]) => `(${l} - ${r})`),
      fc.tuple(dtd, pick(['*', '/']), n).map(([x, op, y]) => `(${x} ${op} ${y})`),
      dtd.map(x => `abs(${x})`),
      choose,
    ],
  }
  const dateParts =
    type === 'number' && scope.date.length > 0
      ? [fc.tuple(pick(scope.date), pick(['year', 'month', 'day'])).map(([name, part]) => `${name}.${part}`)]
      : []
  return fc.oneof(
    { weight: 2, arbitrary: leaves[type]() },
    ...[...deeper[type](), ...dateParts].map(arbitrary => ({ weight: 1, arbitrary })),
  )
}

function positiveTest(type: GeneratedType, scope: Scope, depth: number): fc.Arbitrary<string> {
  const bound = expression(type, scope, depth)
  const value = fc.oneof(bound, fc.constant('null'))
  if (type === 'boolean') return value
  return fc.oneof(
    value,
    fc.tuple(fc.oneof(ordered, pick(['=', '!='])), bound).map(([op, x]) => `${op} ${x}`),
    fc
      .tuple(pick(['[', '(', ']']), bound, bound, pick([']', ')']))
      .map(([open, low, high, close]) => `${open}${low}..${high}${close}`),
  )
}

/** Inside `x in (…)` the question mark stands for x, of whatever type that is. */
function withoutSubject(scope: Scope): Scope {
  return Object.fromEntries(TYPES.map(type => [type, scope[type].filter(name => name !== '?')])) as Record<
    GeneratedType,
    string[]
  >
}

/** One cell of a condition column. */
export function cell(type: GeneratedType, scope: Scope): fc.Arbitrary<string> {
  const withSubject: Scope = { ...scope, [type]: [...scope[type], '?'] }
  const list = fc
    .array(positiveTest(type, scope, 1), { minLength: 1, maxLength: 3 })
    .map(tests => tests.join(', '))
  const literals = fc
    .array(positiveTest(type, NO_NAMES, 0), { minLength: 1, maxLength: 2 })
    .map(tests => tests.join(', '))
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('-') },
    { weight: 4, arbitrary: literals },
    { weight: 1, arbitrary: literals.map(tests => `not(${tests})`) },
    { weight: 4, arbitrary: list },
    { weight: 1, arbitrary: list.map(tests => `not(${tests})`) },
    { weight: 1, arbitrary: expression('boolean', withSubject, 2).filter(text => text.includes('?')) },
  )
}

export const TYPES: readonly GeneratedType[] = [
  'number',
  'string',
  'boolean',
  'date',
  'years and months duration',
  'days and time duration',
]

/** Literals alone. */
export const NO_NAMES: Scope = Object.fromEntries(TYPES.map(type => [type, []])) as unknown as Scope
