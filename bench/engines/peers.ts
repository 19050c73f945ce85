import { ZenEngine } from '@gorules/zen-engine'
import { evaluate as feel, unaryTest } from 'feelin'
import { Engine } from 'json-rules-engine'
import { type Enterprise, isoDate } from './subjects.ts'

const NEXT = { passThrough: true, inputField: null, outputPath: null, executionMode: 'single' }

/** The policy in zen-engine's own notation; its numbers are exact decimals. */
function jdm() {
  const table = (
    fields: readonly string[],
    outputs: readonly string[],
    rows: readonly (readonly string[])[],
  ) => ({
    hitPolicy: 'first',
    ...NEXT,
    inputs: fields.map(field => ({ id: `i_${field}`, name: field, field })),
    outputs: outputs.map(field => ({ id: `o_${field}`, name: field, field })),
    rules: rows.map((row, r) => ({
      _id: `r${r}`,
      ...Object.fromEntries(fields.map((field, i) => [`i_${field}`, row[i] ?? ''])),
      ...Object.fromEntries(outputs.map((field, i) => [`o_${field}`, row[fields.length + i] ?? ''])),
    })),
  })
  const nodes = [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    {
      id: 'eligibility',
      type: 'decisionTableNode',
      name: 'eligibility',
      position: { x: 0, y: 0 },
      content: table(
        ['status', 'industry', 'dishonest', 'established', 'filed', 'income', 'staff', 'investment'],
        ['eligible'],
        [
          [
            '"存续"',
            '"家电", "灯饰", "五金", "纺织服装", "家具"',
            'false',
            '$ != null and $ <= 19357',
            '$ != null and $ >= 18997 and $ <= 20453',
            '$ != null and $ >= 20000000',
            '$ != null and $ >= 20',
            '$ != null and $ >= 1000000',
            'true',
          ],
          ['', '', '', '', '', '', '', '', 'false'],
        ],
      ),
    },
    {
      id: 'tier',
      type: 'decisionTableNode',
      name: 'tier',
      position: { x: 0, y: 0 },
      content: table(
        ['size', 'level', 'equipment'],
        ['tier', 'rate', 'cap'],
        [
          ['"大型"', '$ != null and $ >= 3', '$ != null and $ >= 50000000', '1', '0.1237', '10000000'],
          ['"大型", "中型"', '$ != null and $ >= 3', '$ != null and $ >= 20000000', '2', '0.1033', '6000000'],
          ['', '$ != null and $ >= 3', '$ != null and $ >= 5000000', '3', '0.0875', '3000000'],
          ['', '$ != null and $ >= 2 and $ < 3', '$ != null and $ >= 5000000', '4', '0.0613', '2000000'],
          ['"小型", "微型"', '$ != null and $ >= 1', '', '5', '0.0455', '1000000'],
          ['', '', '', '6', '0.0305', '500000'],
        ],
      ),
    },
    {
      id: 'award',
      type: 'expressionNode',
      name: 'award',
      position: { x: 0, y: 0 },
      content: {
        ...NEXT,
        expressions: [
          {
            id: 'e',
            key: 'award',
            value: 'eligible ? (equipment == null ? null : min([cap, round(rate * equipment, 2)])) : 0',
          },
        ],
      },
    },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
  ]
  const order = nodes.map(node => node.id)
  const edges = order
    .slice(1)
    .map((targetId, i) => ({ id: `e${i}`, type: 'edge', sourceId: order[i], targetId }))
  return { nodes, edges }
}

export function zenDecision() {
  return new ZenEngine().createDecision(Buffer.from(JSON.stringify(jdm())))
}

/** Yuan and day numbers, as zen-engine and json-rules-engine take them: JavaScript has no decimals to give. */
export function plainFacts(e: Enterprise) {
  return {
    status: e.status,
    industry: e.industry,
    size: e.size,
    dishonest: e.dishonest,
    established: e.established,
    filed: e.filed,
    income: e.incomeFen === null ? null : e.incomeFen / 100,
    staff: e.staff,
    investment: e.investmentFen === null ? null : e.investmentFen / 100,
    equipment: e.equipmentFen === null ? null : e.equipmentFen / 100,
    level: e.level,
  }
}

/** Conditions in json-rules-engine, which has neither tables nor arithmetic: those are written in JavaScript beside it. */
export function jsonRules() {
  const at = (fact: string, operator: string, value: unknown) => ({ fact, operator, value })
  const present = (fact: string) => at(fact, 'notEqual', null)
  const engine = new Engine([], { allowUndefinedFacts: true })
  engine.addRule({
    name: 'eligible',
    conditions: {
      all: [
        at('status', 'equal', '存续'),
        at('industry', 'in', ['家电', '灯饰', '五金', '纺织服装', '家具']),
        at('dishonest', 'equal', false),
        present('established'),
        at('established', 'lessThanInclusive', 19357),
        present('filed'),
        at('filed', 'greaterThanInclusive', 18997),
        at('filed', 'lessThanInclusive', 20453),
        at('income', 'greaterThanInclusive', 20000000),
        at('staff', 'greaterThanInclusive', 20),
        at('investment', 'greaterThanInclusive', 1000000),
      ],
    },
    event: { type: 'eligible' },
  })
  return engine
}

const CELLS: readonly (readonly [string, string])[] = [
  ['status', '"存续"'],
  ['industry', '"家电", "灯饰", "五金", "纺织服装", "家具"'],
  ['dishonest', 'false'],
  ['established', '<= date("2022-12-31")'],
  ['filed', '[date("2022-01-05")..date("2025-12-31")]'],
  ['income', '>= 20000000'],
  ['staff', '>= 20'],
  ['investment', '>= 1000000'],
]

const TIERS: readonly (readonly [string, string, string, string, string])[] = [
  ['"大型"', '>= 3', '>= 50000000', '0.1237', '10000000'],
  ['"大型", "中型"', '>= 3', '>= 20000000', '0.1033', '6000000'],
  ['-', '>= 3', '>= 5000000', '0.0875', '3000000'],
  ['-', '[2..3)', '>= 5000000', '0.0613', '2000000'],
  ['"小型", "微型"', '>= 1', '-', '0.0455', '1000000'],
  ['-', '-', '-', '0.0305', '500000'],
]

/** The same tables through feelin, cell by cell as its interface has it. */
export function awardByFeelin(e: Enterprise): number | null {
  const facts: Record<string, unknown> = plainFacts(e)
  const date = (day: number | null) => (day === null ? null : feel(`date("${isoDate(day)}")`, {}).value)
  facts.established = date(e.established)
  facts.filed = date(e.filed)
  const met = (field: string, test: string) =>
    test === '-' || unaryTest(test, { '?': facts[field] }).value === true
  const eligible = CELLS.every(([field, test]) => met(field, test))
  const tier = TIERS.find(
    ([size, level, equipment]) => met('size', size) && met('level', level) && met('equipment', equipment),
  )
  const [, , , rate, cap] = tier ?? ['', '', '', '0', '0']
  const text = `if eligible then min(${cap}, round half up(${rate} * equipment, 2)) else 0`
  const { value } = feel(text, { eligible, equipment: facts.equipment })
  return typeof value === 'number' ? value : null
}
