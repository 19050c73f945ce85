import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { evaluate, type PlainInputs, readModel } from '@millrace/dmn'
import { Manifest } from '../apps/server/src/policy/index.ts'

const CITIES = join(import.meta.dirname, '../cities')

/** A city's policy as it stands in its folder, asked for one subsidy. */
function subsidy(city: string, policy: string, inputs: PlainInputs): string | null {
  const file = join(CITIES, city, 'policies', policy, 'model.dmn')
  const model = readModel(readFileSync(file, 'utf8'), { file })
  const { value } = evaluate(model, '贴息金额', { ...QUALIFIES, ...inputs }, { asOf: '2023-06-21' })
  return typeof value === 'string' ? value : null
}

/** A loan period that qualifies in every respect; the parameters are those of the digital loan. */
const QUALIFIES: PlainInputs = {
  企业登记状态: '存续',
  失信被执行人: false,
  银行合作中: true,
  备案在册: true,
  核准备案号: '2205-000000-04-01-000001',
  项目在本市: true,
  合同签订日: '2022-06-01',
  备案日期: '2022-05-20',
  首次放款日: '2022-06-15',
  项目序号: '1',
  核定投资: '2000000000',
  土建金额: '0',
  已占用投资: '0',
  借据金额: '1000000000',
  计息起日: '2022-06-21',
  结息日: '2022-09-21',
  利息相符: true,
  逾期: false,
  本年已贴息: '0',
  贴息比例: '1',
  年度上限: '30000000',
  政策起日: '2022-01-05',
  政策止日: '2025-12-31',
  最长年限: '3',
  备案有效月数: '6',
  项目数上限: '2',
}

describe('the digital loan of the letter', () => {
  const digital = (inputs: PlainInputs) =>
    subsidy('zhongshan', 'digital-loan-interest', { 贷款产品: '数字贷', ...inputs })
  const interest = (paid: string, eligible = paid) => ({ 实付利息: paid, 合格应计利息: eligible })

  const cases: readonly (readonly [string, PlainInputs, string])[] = [
    ['pays the whole interest', interest('94555.56'), '94555.56'],
    ['pays 30,000,000 of 31,200,000 in a calendar year', interest('31200000'), '30000000'],
    ['pays what is left of the year', { ...interest('31200000'), 本年已贴息: '29000000' }, '1000000'],
    ['pays nothing when the year is used up', { ...interest('1200000'), 本年已贴息: '30000000' }, '0'],
    [
      'carries nothing over: the next year begins anew',
      { ...interest('1200000'), 本年已贴息: '0' },
      '1200000',
    ],
    ['pays no more than was paid', interest('1000.00', '1200.00'), '1000'],
    ['pays only the eligible part', interest('1200.00', '1000.00'), '1000'],
    [
      'pays nothing on a loan drawn a day after the filing lapsed',
      { ...interest('1000'), 首次放款日: '2022-11-21' },
      '0',
    ],
    [
      'still pays on the day before',
      { ...interest('1000'), 首次放款日: '2022-11-20', 结息日: '2022-12-21' },
      '1000',
    ],
    ['pays nothing on a third project at once', { ...interest('1000'), 项目序号: '3' }, '0'],
    [
      'pays nothing after three years',
      { ...interest('1000'), 计息起日: '2025-06-15', 结息日: '2025-09-21' },
      '0',
    ],
    ['pays nothing for another product', { ...interest('1000'), 贷款产品: '经营贷' }, '0'],
  ]
  for (const [name, inputs, expected] of cases) it(name, () => assert.equal(digital(inputs), expected))
})

describe('the schedule that falls by ten points a year', () => {
  // 5,000,000 at 4.35 %, 365 days, actual/360: 220,520.83 a year.
  const years: readonly (readonly [string, string, string])[] = [
    ['first', '2022-06-15', '198468.75'],
    ['second', '2023-06-15', '176416.66'],
    ['third', '2024-06-15', '154364.58'],
  ]
  for (const [year, from, expected] of years) {
    it(`pays ${expected} in the ${year} year`, () => {
      const inputs = {
        贷款产品: '设备贷',
        实付利息: '220520.83',
        合格应计利息: '220520.83',
        计息起日: from,
        结息日: '2025-06-14',
        贴息比例: null,
      }
      assert.equal(subsidy('testville', 'equipment-loan-interest', inputs), expected)
    })
  }
})

describe('every policy of every city', () => {
  const policies = readdirSync(CITIES, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name: city }) =>
      readdirSync(join(CITIES, city, 'policies')).map(policy => ({
        name: `${city}/${policy}`,
        folder: join(CITIES, city, 'policies', policy),
      })),
    )
  const chinese = /\p{Script=Han}/u

  for (const { name, folder } of policies) {
    const read = () => {
      const file = join(folder, 'model.dmn')
      const model = readModel(readFileSync(file, 'utf8'), { file })
      const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'policy.json'), 'utf8')))
      return { model, manifest }
    }

    it(`asks each condition in both languages: ${name}`, () => {
      const { model, manifest } = read()
      const { conditions, compliance } = manifest.decisions
      const asked = [conditions, compliance].flatMap(decision => {
        const logic = model.decisions.find(each => each.name === decision)?.logic
        assert.equal(logic?.kind, 'table', decision)
        return logic?.kind === 'table'
          ? logic.columns.map(({ label, expression }) => label ?? expression)
          : []
      })
      assert.ok(asked.length > 1)
      for (const label of asked) {
        const question = manifest.questions?.[label]
        assert.ok(question, `${label} has no question`)
        assert.match(question.zh, chinese, label)
        // A product keeps its own name, in quotation marks.
        assert.doesNotMatch(question.en.replaceAll(/“[^”]*”/g, ''), chinese, label)
        assert.ok(manifest.inputs[label]?.en ?? manifest.labels[label], `${label} has no English name`)
      }
      assert.deepEqual(Object.keys(manifest.questions ?? {}).toSorted(), asked.toSorted())
    })

    it(`says of each fact from whom it is to come, and of each decision what it is: ${name}`, () => {
      const { model, manifest } = read()
      for (const [fact, { from }] of Object.entries(manifest.inputs)) {
        assert.ok(from, `${fact}: from whom?`)
        assert.match(from.zh, chinese, fact)
        assert.doesNotMatch(from.en, chinese, fact)
      }
      for (const decision of model.decisions) {
        assert.ok(decision.description, decision.name)
        const english = manifest.descriptions?.[decision.name] ?? ''
        assert.ok(english.length > 0 && !chinese.test(english), decision.name)
      }
    })
  }
})
