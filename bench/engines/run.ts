import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepare, readModel } from '../../packages/dmn/src/index.ts'
import { toJavaScript } from '../../packages/dmn/src/javascript/index.ts'
import { reportBulk } from './bulk.ts'
import { reportDuckDb } from './duckdb.ts'
import { awardInDoubles, awardInSafeIntegers, exactAward } from './hand-written.ts'
import { reportLongTable } from './long-table.ts'
import { awardByFeelin, jsonRules, plainFacts, zenDecision } from './peers.ts'
import { line, type Measured, measured, measuredAsync, measuredByProcessor, title } from './report.ts'
import { type Enterprise, enterprises, isoDate, yuan } from './subjects.ts'

/**
 * One policy through every engine, on the same fictional enterprises, in one run: what each answers against an exact reference,
 * and how many it answers a second.
 *
 *   node bench/engines/run.ts [--subjects 1000000]
 */
const { values } = parseArgs({ options: { subjects: { type: 'string', default: '1000000' } } })
const count = Number(values.subjects)
const AS_OF = '2026-06-30'

const model = readModel(readFileSync(join(import.meta.dirname, 'policy.dmn'), 'utf8'), { file: 'policy.dmn' })
const all = enterprises(count)
const reference = all.map(e => exactAward(e).fen)
const total = reference.reduce<bigint>((sum, fen) => sum + (fen ?? 0n), 0n)
title(
  `${count.toLocaleString('en')} enterprises, ${reference.filter(fen => fen !== 0n).length.toLocaleString('en')} with an award, ${yuan(Number(total))} yuan in all`,
)

const compiled = toJavaScript(model, {
  decisions: ['奖补金额'],
  integers: {
    营业收入: { scale: 2 },
    项目投资: { scale: 2 },
    设备投资: { scale: 2 },
    从业人数: {},
    数字化水平: {},
  },
  asOf: AS_OF,
})
const prepared = prepare(model, '奖补金额')

title('One enterprise at a time')
const zen = await zenAtOnce(all)
const own = one('Millrace, compiled to JavaScript, whole numbers in', all.map(integerInputs), inputs =>
  fenOf(compiled.run(inputs)[0]),
)
line('  times zen-engine, 256 in flight', own.perSecond / zen.perSecond, 20)
one('Millrace, evaluated without trace', all.slice(0, 100_000).map(plainInputs), inputs =>
  fenOf(prepared.value(inputs, { asOf: AS_OF }).value),
)
const traced = measuredByProcessor(
  'Millrace, evaluated, the whole trace written',
  all.slice(0, 100_000).map(plainInputs),
  inputs => {
    // A trace is written, whole, when it is first read.
    const { value, trace } = prepared.explain(inputs, { asOf: AS_OF })
    if (trace.decisions.length !== 3) throw new Error('The trace is not whole.')
    return fenOf(value)
  },
  reference,
)
line('  of 100,000 a second', traced.perSecond / 100_000, 1)
one('JavaScript by hand, doubles', all, e => fenOfYuan(awardInDoubles(e)))
one('JavaScript by hand, safe whole numbers', all, e => bigintOf(awardInSafeIntegers(e)))
one('feelin', all.slice(0, 2_000), e => fenOfYuan(awardByFeelin(e)))
await conditionsOnly(all.slice(0, 20_000))

await reportBulk(model, all, reference, AS_OF, zen)
await reportDuckDb(model, all, reference, AS_OF)
await reportLongTable()

function one<T>(name: string, inputs: readonly T[], award: (input: T) => bigint | null): Measured {
  return measured(name, inputs, award, reference)
}

/** zen-engine's usual interface is asynchronous; with many in flight it uses both processors. */
async function zenAtOnce(sample: readonly Enterprise[]): Promise<Measured> {
  const decision = zenDecision()
  const facts = sample.map(plainFacts)
  const award = async (input: (typeof facts)[number]) => {
    const { result } = await decision.evaluate(input)
    return fenOfYuan(typeof result.award === 'number' ? result.award : null)
  }
  await measuredAsync('zen-engine, one after the other', facts.slice(0, 4_000), award, reference, 1)
  return measuredAsync('zen-engine, 256 in flight', facts, award, reference, 256)
}

async function conditionsOnly(sample: readonly Enterprise[]): Promise<void> {
  const engine = jsonRules()
  const award = async (e: Enterprise) => {
    const { events } = await engine.run(plainFacts(e))
    if (events.length === 0) return 0n
    return fenOfYuan(awardInDoubles(e))
  }
  await measuredAsync('json-rules-engine for the conditions, the rest by hand', sample, award, reference, 1)
}

function plainInputs(e: Enterprise) {
  return {
    登记状态: e.status,
    所属行业: e.industry,
    规模: e.size,
    失信: e.dishonest,
    成立日期: e.established === null ? null : isoDate(e.established),
    备案日期: e.filed === null ? null : isoDate(e.filed),
    营业收入: e.incomeFen === null ? null : yuan(e.incomeFen),
    从业人数: e.staff === null ? null : String(e.staff),
    项目投资: e.investmentFen === null ? null : yuan(e.investmentFen),
    设备投资: e.equipmentFen === null ? null : yuan(e.equipmentFen),
    数字化水平: e.level === null ? null : String(e.level),
    所属镇街: e.town,
  }
}

function integerInputs(e: Enterprise) {
  return {
    ...plainInputs(e),
    营业收入: e.incomeFen,
    从业人数: e.staff,
    项目投资: e.investmentFen,
    设备投资: e.equipmentFen,
    数字化水平: e.level,
  }
}

/** Yuan as an engine of exact decimals gives them. */
function fenOf(value: unknown): bigint | null {
  if (typeof value !== 'string') return null
  const [whole = '0', places = ''] = value.split('.')
  return BigInt(whole + places.padEnd(2, '0'))
}

/** Yuan as a double gives them. */
function fenOfYuan(value: number | null): bigint | null {
  return value === null ? null : BigInt(Math.round(value * 100))
}

function bigintOf(value: number | null): bigint | null {
  return value === null ? null : BigInt(value)
}
