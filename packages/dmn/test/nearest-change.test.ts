import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Model, type NearestOptions, nearestChange, type PlainInputs, readModel } from '../src/index.ts'
import { type ModelSpec, modelXml, type TableSpec } from './model-xml.ts'

const AS_OF = '2026-06-21'

function model(
  inputs: ModelSpec['inputs'] & object,
  decisions: Readonly<Record<string, string | TableSpec>>,
  types: ModelSpec['types'] & object = [],
): Model {
  const names = Object.keys(decisions)
  return readModel(
    modelXml({
      types,
      inputs,
      decisions: Object.fromEntries(
        Object.entries(decisions).map(([name, logic], i) => [
          name,
          {
            requires: [...Object.keys(inputs), ...names.slice(0, i)],
            ...(typeof logic === 'string' ? { expression: logic } : { table: logic }),
          },
        ]),
      ),
    }),
    { file: '资格.dmn' },
  )
}

/** A rule that is met or not, as cities write them. */
function conditions(columns: Readonly<Record<string, string>>): TableSpec {
  const names = Object.keys(columns)
  return {
    hitPolicy: 'F',
    columns: names,
    outputs: [{ type: 'string' }],
    rules: [
      [...Object.values(columns), '"符合"'],
      [...names.map(() => '-'), '"不符合"'],
    ],
  }
}

function told(of: Model, inputs: PlainInputs, options: Partial<NearestOptions> = {}, decision = '资格') {
  const { changes } = nearestChange(of, decision, inputs, { asOf: AS_OF, wanted: { is: '符合' }, ...options })
  return changes.map(({ zh }) => zh)
}

describe('what would have to change', () => {
  const firm = model(
    { 营业收入: 'number', 员工人数: 'number', 备案日期: 'date', 逾期: 'boolean', 企业状态: 'string' },
    {
      资格: conditions({
        营业收入: '>= 20000000',
        员工人数: '< 300',
        备案日期: '<= date("2026-06-01")',
        逾期: 'false',
        企业状态: '"存续", "在业"',
      }),
    },
  )
  const good = {
    营业收入: '20000000',
    员工人数: '299',
    备案日期: '2026-06-01',
    逾期: false,
    企业状态: '存续',
  }

  for (const [what, changed, sentences] of [
    ['nothing, where the answer is the wanted one', {}, []],
    [
      'turnover that is short',
      { 营业收入: '18500000' },
      ['“营业收入”为 18,500,000，须达到 20,000,000：还差 1,500,000。'],
    ],
    ['a number that must stay below', { 员工人数: '320' }, ['“员工人数”为 320，须降至 299：多出 21。']],
    [
      'a filing five days late',
      { 备案日期: '2026-06-06' },
      ['“备案日期”为 2026-06-06，须为 2026-06-01：晚了 5 天。'],
    ],
    ['a truth value', { 逾期: true }, ['“逾期”为 是，须为 否。']],
    ['a status', { 企业状态: '注销' }, ['“企业状态”为 注销，须为 存续。']],
    ['turnover that nobody knows', { 营业收入: null }, ['“营业收入”尚缺，须为 ≥ 20,000,000。']],
    ['a date that nobody knows', { 备案日期: null }, ['“备案日期”尚缺，须为 ≤ 2026-06-01。']],
    ['a status that nobody knows', { 企业状态: null }, ['“企业状态”尚缺，须为 "存续" 或 "在业"。']],
    [
      'two things together, where no single one does it',
      { 营业收入: '18500000', 备案日期: '2026-06-06' },
      [
        '须同时改变：“营业收入”为 18,500,000，须达到 20,000,000：还差 1,500,000；“备案日期”为 2026-06-06，须为 2026-06-01：晚了 5 天。',
      ],
    ],
    ['three things: not said', { 营业收入: '1', 备案日期: '2026-06-06', 逾期: true }, []],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(told(firm, { ...good, ...changed }), sentences)
    })
  }

  it('is said in English too, with what the decision then comes to', () => {
    const { changes, value, reached } = nearestChange(
      firm,
      '资格',
      { ...good, 营业收入: '18500000.00' },
      { asOf: AS_OF, wanted: { is: '符合' } },
    )
    assert.deepEqual([value, reached], ['不符合', false])
    assert.deepEqual(changes, [
      {
        inputs: [
          {
            input: '营业收入',
            type: 'number',
            from: '18500000',
            to: '20000000',
            by: '1500000',
            unit: 'number',
          },
        ],
        value: '符合',
        zh: '“营业收入”为 18,500,000，须达到 20,000,000：还差 1,500,000。',
        en: '"营业收入" is 18,500,000 and has to reach 20,000,000: 1,500,000 short.',
      },
    ])
  })

  it('leaves alone what cannot be moved, and stays within what it can become', () => {
    const late = { ...good, 备案日期: '2026-06-06' }
    assert.deepEqual(told(firm, late, { movable: ['营业收入'] }), [])
    assert.deepEqual(told(firm, late, { movable: [{ input: '备案日期', min: '2026-06-03' }] }), [])
    assert.throws(() => told(firm, late, { movable: ['无此输入'] }), /no input/)
  })

  it('is as fine as the value is written, or as the caller says', () => {
    const of = model({ 收入: 'number' }, { 资格: conditions({ 收入: '> 100' }) })
    const to = (given: string, step?: string) =>
      nearestChange(
        of,
        '资格',
        { 收入: given },
        { asOf: AS_OF, wanted: { is: '符合' }, movable: [{ input: '收入', ...(step ? { step } : {}) }] },
      ).changes[0]?.inputs[0]?.to
    assert.deepEqual(
      [to('50'), to('50.00'), to('50', '10'), to('50', '0.5')],
      ['101', '100.01', '110', '100.5'],
    )
  })

  it('is worked out through other decisions and their arithmetic', () => {
    const of = model(
      { 研发投入: 'number', 营业收入: 'number', 扣除: 'number' },
      {
        净投入: '研发投入 - 2 * 扣除',
        占比: '净投入 / 营业收入',
        资格: conditions({ 占比: '>= 0.03', 净投入: '> 0' }),
      },
    )
    assert.deepEqual(told(of, { 研发投入: '500', 营业收入: '20000', 扣除: '0' }), [
      '“研发投入”为 500，须达到 600：还差 100。',
      '“营业收入”为 20,000，须降至 16,666：多出 3,334。',
      '“扣除”为 0，须降至 -50：多出 50。',
    ])
  })

  it('counts days through dates that are worked out, months and the business date included', () => {
    const of = model(
      { 备案日期: 'date', 首次放款日: 'date', 注册日期: 'date' },
      {
        失效日: '备案日期 + duration("P6M")',
        资格: conditions({ 首次放款日: '<= 失效日', 注册日期: '<= today() - duration("P365D")' }),
      },
    )
    assert.deepEqual(told(of, { 备案日期: '2025-08-31', 首次放款日: '2026-03-05', 注册日期: '2020-01-01' }), [
      '“备案日期”为 2025-08-31，须为 2025-09-05：早了 5 天。',
      '“首次放款日”为 2026-03-05，须为 2026-02-28：晚了 5 天。',
    ])
    assert.deepEqual(told(of, { 备案日期: '2025-08-31', 首次放款日: '2026-02-28', 注册日期: '2025-06-30' }), [
      '“注册日期”为 2025-06-30，须为 2025-06-21：晚了 9 天。',
    ])
  })

  it('finds the step of a rounding and the turn of a product by trying', () => {
    const of = model(
      { 月数: 'number', 边长: 'number' },
      { 资格: conditions({ 'floor(月数 / 12)': '>= 3', '边长 * 边长': '>= 200' }) },
    )
    assert.deepEqual(told(of, { 月数: '30', 边长: '20' }), ['“月数”为 30，须达到 36：还差 6。'])
    assert.deepEqual(told(of, { 月数: '36', 边长: '10' }), ['“边长”为 10，须达到 15：还差 5。'])
  })

  it('knows ranges, negation, allowed values and conditions with `?`', () => {
    const of = model(
      { 分数: 'number', 等级: '等级类型', 镇街: 'string', 期限: 'years and months duration' },
      {
        资格: conditions({
          分数: '(60..90]',
          等级: 'not("丙")',
          镇街: 'not("甲镇")',
          期限: '? >= duration("P1Y")',
        }),
      },
      [{ name: '等级类型', base: 'string', allowed: '"甲", "乙", "丙"' }],
    )
    const all = { 分数: '75', 等级: '甲', 镇街: '乙镇', 期限: 'P2Y' }
    assert.deepEqual(told(of, { ...all, 分数: '60' }), ['“分数”为 60，须达到 61：还差 1。'])
    assert.deepEqual(told(of, { ...all, 分数: '95' }), ['“分数”为 95，须降至 90：多出 5。'])
    assert.deepEqual(told(of, { ...all, 分数: null }), ['“分数”尚缺，须为 (60..90]。'])
    assert.deepEqual(told(of, { ...all, 等级: '丙' }), ['“等级”为 丙，须为 甲。'])
    assert.deepEqual(told(of, { ...all, 镇街: '甲镇' }), ['“镇街”为 甲镇，须不是如此。'])
    assert.deepEqual(told(of, { ...all, 期限: 'P10M' }), ['“期限”为 P10M，须为 P1Y。'])
  })

  it('is the nearest rule of a Unique table, whichever side it lies on', () => {
    const of = model(
      { 营业收入: 'number' },
      {
        档次: {
          columns: ['营业收入'],
          outputs: [{ type: 'string' }],
          rules: [
            ['< 100', '"小"'],
            ['[100..300)', '"中"'],
            ['[300..1000)', '"大"'],
            ['>= 1000', '"中"'],
          ],
        },
      },
    )
    const to = (from: string, wanted: string) =>
      nearestChange(of, '档次', { 营业收入: from }, { asOf: AS_OF, wanted: { is: wanted } }).changes[0]
        ?.inputs[0]?.to
    assert.deepEqual(
      [to('320', '中'), to('900', '中'), to('50', '大'), to('1200', '小')],
      ['299', '1000', '300', '99'],
    )
  })

  it('is a greater amount: the next step of a table, or what a formula needs', () => {
    const of = model(
      { 营业收入: 'number', 比例: 'number' },
      {
        奖补: {
          columns: ['营业收入'],
          outputs: [{ type: 'number' }],
          rules: [
            ['< 20000000', '0'],
            ['[20000000..50000000)', '500000'],
            ['>= 50000000', '800000'],
          ],
        },
        应付: 'round half up(奖补 * 比例, 2)',
      },
    )
    const found = (wanted: NearestOptions['wanted']) =>
      nearestChange(of, '应付', { 营业收入: '21000000', 比例: '0.50' }, { asOf: AS_OF, wanted }).changes.map(
        ({ inputs: [one], value }) => [one?.input, one?.to, value],
      )
    assert.deepEqual(found('greater'), [
      ['比例', '0.51', '255000'],
      ['营业收入', '50000000', '400000'],
    ])
    assert.deepEqual(found({ atLeast: '400000' }), [
      ['比例', '0.8', '400000'],
      ['营业收入', '50000000', '400000'],
    ])
    assert.deepEqual(found({ passes: value => value === '300000' }), [])
  })

  it('moves two inputs where one bound hangs on the other', () => {
    const of = model(
      { 投资: 'number', 贷款: 'number' },
      { 资格: conditions({ 投资: '>= 1000', 贷款: '>= 投资 * 0.5' }) },
    )
    assert.deepEqual(told(of, { 投资: '800', 贷款: '300' }), [
      '须同时改变：“投资”为 800，须达到 1,000：还差 200；“贷款”为 300，须达到 500：还差 200。',
    ])
  })

  it('is each condition of a rule by itself, where the caller allows more than two', () => {
    const bad = { ...good, 营业收入: '18500000', 备案日期: '2026-06-06', 逾期: true, 企业状态: null }
    assert.deepEqual(told(firm, bad, { limits: { together: 4 } }), [
      '须同时改变：“营业收入”为 18,500,000，须达到 20,000,000：还差 1,500,000；“备案日期”为 2026-06-06，须为 2026-06-01：晚了 5 天；“逾期”为 是，须为 否；“企业状态”尚缺，须为 "存续" 或 "在业"。',
    ])
    assert.deepEqual(told(firm, bad, { limits: { together: 3 } }), [])
  })

  it('supplies both parts of a sum that a condition of several waits for', () => {
    const of = model(
      { 核定投资: 'number', 土建金额: 'number', 逾期: 'boolean', 在册: 'boolean' },
      { 余额: '核定投资 - 土建金额', 资格: conditions({ 逾期: 'false', 在册: 'true', 余额: '> 0' }) },
    )
    const { changes } = nearestChange(
      of,
      '资格',
      { 逾期: true },
      {
        asOf: AS_OF,
        wanted: { is: '符合' },
        movable: [{ input: '核定投资', min: '0' }, { input: '土建金额', min: '0' }, '逾期', '在册'],
        limits: { together: 4 },
      },
    )
    assert.deepEqual(
      changes[0]?.inputs.map(({ input, values }) => [input, values]),
      [
        ['逾期', undefined],
        ['在册', ['true']],
        ['土建金额', ['[0..1)']],
        ['核定投资', ['> 0']],
      ],
    )
  })

  it('finds the one rule of a long table that says what is wanted', () => {
    const rules = Array.from({ length: 400 }, (_, i) => {
      const [row, column] = [Math.floor(i / 20) * 10, (i % 20) * 5]
      return [`[${row}..${row + 10})`, `[${column}..${column + 5})`, `"${i}"`]
    })
    const of = model(
      { 甲: 'number', 乙: 'number' },
      { 档次: { columns: ['甲', '乙'], outputs: [{ type: 'string' }], rules } },
    )
    const { changes } = nearestChange(
      of,
      '档次',
      { 甲: '5', 乙: '7' },
      { asOf: AS_OF, wanted: { is: '395' } },
    )
    assert.deepEqual(
      changes[0]?.inputs.map(({ input, to }) => [input, to]),
      [
        ['甲', '190'],
        ['乙', '75'],
      ],
    )
  })

  it('ends when it has taken as many evaluations as it may, and says so', () => {
    const bad = { ...good, 营业收入: '1', 备案日期: '2026-06-06', 逾期: true }
    const options = { asOf: AS_OF, wanted: { is: '符合' } }
    const limited = nearestChange(firm, '资格', bad, { ...options, limits: { evaluations: 20 } })
    assert.deepEqual([limited.complete, limited.evaluations], [false, 20])
    const whole = nearestChange(firm, '资格', bad, options)
    assert.equal(whole.complete, true)
    assert.deepEqual(whole.changes, [])
  })

  it('asks nothing of what does not exist', () => {
    assert.throws(() => told(firm, good, {}, '无此决策'), /no decision/)
  })
})
