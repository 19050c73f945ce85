import fc from 'fast-check'
import {
  cell,
  expression,
  type GeneratedType,
  INPUTS,
  NO_NAMES,
  pick,
  type Scope,
  TYPES,
} from './generate.ts'
import type { DecisionSpec, ModelSpec, OutputSpec, TableSpec } from './model-xml.ts'

export interface GeneratedModel {
  readonly spec: ModelSpec
  /** Inputs that are constants of the run instead of columns. */
  readonly parameters: readonly string[]
}

/** Something later decisions can name: a decision, or one output of one. */
interface Named {
  readonly name: string
  readonly type: GeneratedType
}

interface Built {
  readonly decision: DecisionSpec
  readonly gives: readonly Named[]
}

const CONSTANTS: Readonly<Record<'number' | 'string', readonly string[]>> = {
  number: ['1', '2', '3.5', '-4'],
  string: ['"甲"', '"乙"', '"丙"'],
}

/** Values these let through are the usual ones; the rest is taken as missing, in both readings. */
const ALLOWED = [
  { name: '状态类型', base: 'string', allowed: '"存续", "注销", "a", ""' },
  { name: '期数类型', base: 'number', allowed: '[0..100], > 1000' },
]

/** Up to four decisions, each able to use those before it. */
export function models(): fc.Arbitrary<GeneratedModel> {
  const chain = (before: readonly Built[], left: number): fc.Arbitrary<readonly Built[]> =>
    left === 0
      ? fc.constant(before)
      : decision(`决策${before.length + 1}`, scopeOf(before)).chain(one => chain([...before, one], left - 1))
  return fc
    .tuple(
      fc.integer({ min: 1, max: 4 }).chain(count => chain([], count)),
      fc.boolean(),
      fc.subarray(['合同金额', '放款日', '逾期']),
    )
    .map(([built, restricted, parameters]) => ({ spec: specOf(built, restricted), parameters }))
}

function specOf(built: readonly Built[], restricted: boolean): ModelSpec {
  const names = built.map((_, i) => `决策${i + 1}`)
  const types: Readonly<Record<string, string>> = restricted ? { 企业状态: '状态类型', 期数: '期数类型' } : {}
  return {
    types: ALLOWED,
    inputs: Object.fromEntries(Object.entries(INPUTS).map(([name, type]) => [name, types[name] ?? type])),
    decisions: Object.fromEntries(
      built.map(({ decision: spec }, i) => [
        names[i] ?? '',
        { ...spec, ...typeOf(spec, restricted), requires: [...Object.keys(INPUTS), ...names.slice(0, i)] },
      ]),
    ),
  }
}

/** Results are restricted as inputs are; what a table collects is so one by one only. */
function typeOf({ type, table: spec }: DecisionSpec, restricted: boolean): { type?: string } {
  if (spec?.hitPolicy?.startsWith('C')) return {}
  const restrictedType = ALLOWED.find(each => each.base === type)?.name
  return restricted && restrictedType !== undefined ? { type: restrictedType } : {}
}

function scopeOf(built: readonly Built[]): Scope {
  const all = [
    ...Object.entries(INPUTS).map(([name, type]) => ({ name, type })),
    ...built.flatMap(each => each.gives),
  ]
  const of = (type: GeneratedType) => all.filter(each => each.type === type).map(each => each.name)
  return Object.fromEntries(TYPES.map(type => [type, of(type)])) as Record<GeneratedType, string[]>
}

function decision(name: string, scope: Scope): fc.Arbitrary<Built> {
  const literal = fc.constantFrom(...TYPES).chain(type =>
    expression(type, scope, 3).map(text => ({
      decision: { type, expression: text },
      gives: [{ name, type }],
    })),
  )
  return fc.oneof(literal, table(name, scope))
}

/** One table over the inputs, of any hit policy, those that give lists among them. */
export function singleTables(): fc.Arbitrary<ModelSpec> {
  return table('决策1', scopeOf([]), [...IN_BULK, ...LISTS, ...LISTS]).map(one => specOf([one], false))
}

const IN_BULK = ['U', 'U', 'F', 'F', 'P', 'A', 'C+', 'C#', 'C<', 'C>']
/** These run one by one only. */
const LISTS = ['R', 'O', 'C']

/** Rules of which a table becomes a join, and how rarely: one in so many. */
const LONG = { minLength: 61, maxLength: 75 }
const LONG_ONE_IN = 25

function table(name: string, scope: Scope, policies = IN_BULK): fc.Arbitrary<Built> {
  return fc.oneof(
    { weight: LONG_ONE_IN - 1, arbitrary: tableOf(name, scope, policies, { rules: { maxLength: 4 } }) },
    { weight: 1, arbitrary: tableOf(name, scope, policies, { rules: LONG, columns: 2, cells: NO_NAMES }) },
  )
}

interface Size {
  readonly rules: { readonly minLength?: number; readonly maxLength: number }
  readonly columns?: number
  /** What cells may name; the scope unless said. */
  readonly cells?: Scope
}

function tableOf(
  name: string,
  scope: Scope,
  policies: readonly string[],
  { rules: count, columns: columnsMax = 4, cells = scope }: Size,
): fc.Arbitrary<Built> {
  const columns = fc.array(
    fc
      .constantFrom(...TYPES)
      .chain(type =>
        fc
          .tuple(expression(type, scope, 1), fc.integer({ min: 0, max: 3 }))
          .map(([text, chance]) => ({ type, expression: text, ...valuesFor(type, chance) })),
      ),
    { maxLength: columnsMax },
  )
  const hitPolicy = fc.constantFrom(...policies)
  return fc.tuple(columns, hitPolicy).chain(([columnList, policy]) => {
    const constant = ['P', 'A', 'O'].includes(policy)
    const isList = LISTS.includes(policy)
    const several = policy.length === 1
    const outputTypes = fc.array(outputType(policy), { minLength: 1, maxLength: several ? 3 : 1 })
    return outputTypes.chain(types => {
      const entry = (type: GeneratedType) =>
        constant ? pick(CONSTANTS[type === 'string' ? 'string' : 'number']) : expression(type, scope, 1)
      const rule = fc
        .tuple(...columnList.map(column => cell(column.type, cells)), ...types.map(entry))
        .map(texts => [...texts])
      const defaults = fc.tuple(...types.map(type => fc.option(entry(type))))
      return fc.tuple(fc.array(rule, count), defaults).map(([rules, byDefault]) => {
        const outputs = types.map((type, i): OutputSpec => {
          const fallback = byDefault[i]
          return {
            type,
            ...(types.length > 1 ? { name: `结果 ${i + 1}` } : {}),
            ...(constant ? { values: CONSTANTS[type === 'string' ? 'string' : 'number'].join(', ') } : {}),
            ...(typeof fallback === 'string' ? { default: fallback } : {}),
          }
        })
        const spec: TableSpec = { hitPolicy: policy, columns: columnList, outputs, rules }
        const [only] = types
        if (isList) return { decision: { table: spec }, gives: [] }
        const gives =
          types.length === 1 && only
            ? [{ name, type: only }]
            : types.map((type, i) => ({ name: `${name}.结果 ${i + 1}`, type }))
        return { decision: { ...(types.length === 1 && only ? { type: only } : {}), table: spec }, gives }
      })
    })
  })
}

/** Every fourth column says what it expects. */
function valuesFor(type: GeneratedType, chance: number): { values?: string } {
  const values = ALLOWED.find(each => each.base === type)?.allowed
  return chance === 0 && values !== undefined ? { values } : {}
}

function outputType(policy: string): fc.Arbitrary<GeneratedType> {
  if (policy === 'C+' || policy === 'C#') return fc.constant('number')
  if (['P', 'A', 'O'].includes(policy)) return fc.constantFrom('number', 'string')
  return /^C./.test(policy) ? fc.constantFrom('number', 'string', 'date') : fc.constantFrom(...TYPES)
}
