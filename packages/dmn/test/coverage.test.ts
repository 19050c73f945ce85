import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { check, evaluate, type Problem, readModel } from '../src/index.ts'
import { type ModelSpec, modelXml, type TableSpec } from './model-xml.ts'
import { modelOf } from './one-decision.ts'

const GIVEN = {
  金额: ['number', null],
  状态: ['string', null],
  逾期: ['boolean', null],
  备案日: ['date', null],
} as const

function problems(columns: string[], rules: string[][], more: Partial<TableSpec> = {}): readonly Problem[] {
  const rows = rules.map((rule, i) => [...rule, String(i)])
  return check(modelOf({ table: { columns, outputs: [{}], rules: rows, ...more } }, GIVEN))
}

function told(...args: Parameters<typeof problems>): string[] {
  return problems(...args).map(({ severity, en }) => `${severity}: ${en}`)
}

describe('rules that can match together', () => {
  it('are an error under Unique where the columns are separate inputs, with a case in which they do', () => {
    assert.deepEqual(
      told(
        ['金额', '逾期'],
        [
          ['[0..10]', 'true'],
          ['>= 10', '-'],
          ['< 0', '-'],
          ['-', 'false'],
        ],
      ),
      [
        'error: Rules 1 and 2 can match together (金额 10, 逾期 true) under the hit policy Unique. Narrow one of them.',
        'error: Rules 2 and 4 can match together (金额 >= 10, 逾期 false) under the hit policy Unique. Narrow one of them.',
        'error: Rules 3 and 4 can match together (金额 < 0, 逾期 false) under the hit policy Unique. Narrow one of them.',
      ],
    )
  })

  it('are a warning where a calculated column may keep them apart', () => {
    const one = problems(
      ['金额 * 2', '金额'],
      [
        ['< 10', '-'],
        ['-', '>= 5'],
      ],
    ).find(({ code }) => code === 'overlap')
    assert.deepEqual([one?.severity, one?.code, one?.where.rule], ['warning', 'overlap', 2])
  })

  it('are looked for with one value in columns that read one input', () => {
    assert.deepEqual(
      told(
        ['金额', '金额'],
        [
          ['< 5', '-'],
          ['-', '> 8'],
          ['>= 3', '< 6'],
        ],
      ),
      [
        'warning: No rule speaks about this case: 金额 [6..8], 金额 [6..8]. The result is then null; add a rule or a default output.',
        'error: Rules 1 and 3 can match together (金额 [3..5), 金额 [3..5)) under the hit policy Unique. Narrow one of them.',
      ],
    )
  })

  it('are nobody’s business under First, and unknown where a bound is not written out', () => {
    assert.deepEqual(problems(['金额'], [['> 0'], ['-']], { hitPolicy: 'F' }), [])
    assert.deepEqual(
      problems(
        ['金额', '备案日'],
        [
          ['> 0', '< today()'],
          ['> 0', '> today()'],
        ],
      ).map(each => each.code),
      [],
    )
  })

  it('are told apart by lists, negation, days and null', () => {
    assert.deepEqual(problems(['状态'], [['"甲", "乙"'], ['not("甲", "乙")']]), [])
    assert.deepEqual(problems(['备案日'], [['<= date("2024-06-30")'], ['>= date("2024-07-01")']]), [])
    assert.deepEqual(problems(['金额'], [['null'], ['<= 0'], ['> 0']]), [])
    assert.deepEqual(problems(['逾期'], [['true'], ['not(true)']]), [])
  })
})

describe('values no rule speaks about', () => {
  it('are a warning that names a case', () => {
    assert.deepEqual(
      told(
        ['金额', '逾期'],
        [
          ['[0..10)', '-'],
          ['> 10', '-'],
          ['< 0', 'true'],
        ],
      ),
      [
        'warning: No rule speaks about this case: 金额 < 0, 逾期 false. The result is then null; add a rule or a default output.',
      ],
    )
    assert.match(told(['金额'], [['< 10'], ['> 10']])[0] ?? '', /金额 10\./)
    assert.match(told(['状态'], [['"甲"']])[0] ?? '', /状态 < "甲"/)
    const days = [['< date("2024-06-30")'], ['>= date("2024-07-01")']]
    assert.match(told(['备案日'], days)[0] ?? '', /备案日 2024-06-30\./)
  })

  it('are none where a default output or the allowed values take care of them', () => {
    assert.deepEqual(problems(['金额'], [['> 0']], { outputs: [{ default: '9' }] }), [])
    const spec: ModelSpec = {
      types: [{ name: '状态类型', base: 'string', allowed: '"甲", "乙"' }],
      inputs: { 状态: '状态类型' },
      decisions: {
        结果: {
          requires: ['状态'],
          table: {
            columns: ['状态'],
            outputs: [{}],
            rules: [
              ['"甲"', '1'],
              ['"乙"', '2'],
            ],
          },
        },
      },
    }
    assert.deepEqual(check(readModel(modelXml(spec), { file: 'a.dmn' })), [])
  })
})

it('what check says of overlaps and gaps is what trying every value finds', () => {
  const bound = fc.integer({ min: 0, max: 3 })
  const single = fc.oneof(
    bound.map(String),
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([operator, value]) => `${operator} ${value}`),
    fc
      .tuple(fc.constantFrom('[', '('), bound, bound, fc.constantFrom(']', ')'))
      .map(([open, low, high, close]) => `${open}${low}..${high}${close}`),
  )
  const list = fc.array(single, { minLength: 1, maxLength: 2 }).map(tests => tests.join(', '))
  const cell = fc.oneof(
    fc.constant('-'),
    list,
    list.map(tests => `not(${tests})`),
  )
  const rules = fc.array(
    fc.tuple(cell, cell).map(cells => [...cells]),
    { minLength: 1, maxLength: 4 },
  )
  const values = ['-1', '0', '0.5', '1', '1.5', '2', '2.5', '3', '4']
  fc.assert(
    fc.property(rules, fc.constantFrom(['甲', '乙'], ['甲', '甲']), (cells, columns) => {
      const table = {
        hitPolicy: 'U',
        columns,
        outputs: [{}],
        rules: cells.map((each, i) => [...each, String(i)]),
      }
      const model = modelOf({ table }, { 甲: ['number', null], 乙: ['number', null] })
      const said = check(model)
      const together = new Set<string>()
      let gap = false
      for (const 甲 of values) {
        for (const 乙 of values) {
          const logic = evaluate(model, '结果', { 甲, 乙 }, { asOf: '2026-06-21' }).trace.decisions[0]?.logic
          const matched = logic?.kind === 'table' ? logic.matched : []
          gap ||= matched.length === 0
          for (const later of matched.slice(1)) together.add(String(later))
        }
      }
      const overlapping = said.filter(({ code }) => code === 'overlap').map(({ where }) => String(where.rule))
      assert.deepEqual(new Set(overlapping), together)
      assert.equal(
        said.some(({ code }) => code === 'gap'),
        gap,
      )
    }),
    { numRuns: 150 },
  )
})

describe('rules that can never be used', () => {
  it('are named, with the column no value can meet', () => {
    const types = [{ name: '状态类型', base: 'string', allowed: '"甲", "乙"' }]
    const table = {
      columns: ['状态'],
      outputs: [{}],
      rules: [
        ['"甲"', '1'],
        ['"丙"', '2'],
        ['-', '3'],
      ],
    }
    const model = readModel(
      modelXml({
        types,
        inputs: { 状态: '状态类型' },
        decisions: { 结果: { requires: ['状态'], table: { hitPolicy: 'F', ...table } } },
      }),
      { file: 'a.dmn' },
    )
    assert.deepEqual(
      check(model).map(({ code, severity, where, en }) => [code, severity, where.rule, where.column, en]),
      [
        [
          'unreachable',
          'warning',
          2,
          1,
          'Rule 2 can never match: no value of "状态" meets ""丙"". Correct the condition or remove the rule.',
        ],
      ],
    )
    assert.deepEqual(
      problems(['金额'], [['[5..3]'], ['-']], { hitPolicy: 'F' }).map(({ code, where }) => [
        code,
        where.rule,
      ]),
      [['unreachable', 1]],
    )
  })

  it('are named under First with the rules that always come before them', () => {
    assert.deepEqual(
      told(
        ['金额', '逾期'],
        [
          ['> 0', '-'],
          ['> 5', 'true'],
          ['-', '-'],
        ],
        { hitPolicy: 'F' },
      ),
      [
        'warning: Rule 2 is never used: whatever meets it, an earlier rule (1) has matched first. Reorder or remove it.',
      ],
    )
    const together = [
      ['< 5', '-'],
      ['>= 3', 'true'],
      ['>= 3', 'false'],
      ['[0..9]', 'true'],
      ['-', '-'],
    ]
    assert.deepEqual(told(['金额', '逾期'], together, { hitPolicy: 'F' }), [
      'warning: Rule 4 is never used: whatever meets it, an earlier rule (1, 2) has matched first. Reorder or remove it.',
    ])
  })

  it('are not rules a missing value still reaches', () => {
    assert.deepEqual(told(['金额'], [['< 5'], ['>= 5'], ['-']], { hitPolicy: 'F' }), [])
    assert.deepEqual(
      problems(['金额'], [['< 5'], ['>= 5'], ['null'], ['-']], { hitPolicy: 'F' }).map(
        ({ where }) => where.rule,
      ),
      [4],
    )
  })

  it('are those no case of a grid ever uses, found over generated tables', () => {
    const cell = fc.constantFrom(
      '-',
      'null',
      '< 1',
      '>= 1',
      '[1..2]',
      '> 2',
      '2',
      'not(2)',
      '(0..2)',
      '[2..1]',
    )
    const values = [null, '-1', '0', '0.5', '1', '1.5', '2', '2.5', '3']
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), cells => {
        const table = {
          hitPolicy: 'F',
          columns: ['甲', '乙'],
          outputs: [{}],
          rules: cells.map((each, i) => [...each, String(i)]),
        }
        const model = modelOf({ table }, { 甲: ['number', null], 乙: ['number', null] })
        const used = new Set<string>()
        for (const 甲 of values) {
          for (const 乙 of values) {
            const { value } = evaluate(model, '结果', { 甲, 乙 }, { asOf: '2026-06-21' })
            if (typeof value === 'string') used.add(value)
          }
        }
        const said = check(model).flatMap(({ code, where }) =>
          code === 'unreachable' ? [(where.rule ?? 0) - 1] : [],
        )
        const unused = cells.flatMap((_, i) => (used.has(String(i)) ? [] : [i]))
        assert.deepEqual(said, unused)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a division', () => {
  const warnings = (expression: string, allowed?: string) => {
    const model = readModel(
      modelXml({
        types: allowed === undefined ? [] : [{ name: '数', base: 'number', allowed }],
        inputs: { 甲: allowed === undefined ? 'number' : '数' },
        decisions: { 结果: { requires: ['甲'], expression } },
      }),
      { file: 'a.dmn' },
    )
    return check(model).map(({ code, severity, where }) => [code, severity, where.from, where.to])
  }

  it('by what can be zero, as far as the model says, is a warning with an example', () => {
    assert.deepEqual(warnings('100 / 甲', '[0..10]'), [['division-by-zero', 'warning', 6, 7]])
    assert.deepEqual(warnings('甲 / 0'), [['division-by-zero', 'warning', 4, 5]])
  })

  it('is not, where an if asks about the divisor, or nothing is known of it', () => {
    assert.deepEqual(warnings('if 甲 > 0 then 100 / 甲 else null', '[0..10]'), [])
    assert.deepEqual(warnings('100 / 甲', '(0..10]'), [])
    assert.deepEqual(warnings('100 / 甲'), [])
  })
})
