import { programOf } from '../check/program.ts'
import { chainOf } from '../evaluate/chain.ts'
import type { DecisionTypes } from '../evaluate/decision-types.ts'
import { getDecision, notADate } from '../evaluate/prepare.ts'
import { Constants } from '../fold/constants.ts'
import { parameterValues } from '../fold/parameters.ts'
import type { Program, TypedDecision } from '../node/program.ts'
import { RequestError } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { type FeelDate, parseDate } from '../value/date.ts'
import type { Plain } from '../value/plain.ts'
import { isScalar, type ScalarType, type Type } from '../value/type.ts'
import type { Code } from './code.ts'
import { Emitter, type Unit } from './emitter.ts'
import { type IntegerInput, inputCode } from './inputs.ts'
import * as runtime from './runtime.ts'
import { type EmittedTable, emitTable } from './tables.ts'
import { Writer } from './writer.ts'

/** The inputs of all of these decisions. */
type InputsOf<Types extends DecisionTypes> = (
  Types extends unknown
    ? (inputs: Types['inputs']) => void
    : never
) extends (inputs: infer All) => void
  ? All
  : never

export interface JavaScriptOptions<Types extends DecisionTypes = DecisionTypes> {
  /** Decisions whose values (and, for tables, matched rules) are wanted. */
  readonly decisions: readonly Types['decision'][]
  /** Tables whose condition bits are wanted. */
  readonly conditions?: readonly string[]
  /** Number inputs that come as whole numbers: these need no parsing and compute as integers. */
  readonly integers?: { readonly [Name in keyof InputsOf<Types>]?: IntegerInput }
  /** Inputs that are the same for the whole run (policy parameters), by input name. */
  readonly parameters?: { readonly [Name in keyof InputsOf<Types>]?: InputsOf<Types>[Name] }
  /** What `today()` is, `YYYY-MM-DD`. */
  readonly asOf: string
}

export interface JavaScriptItem {
  readonly role: 'value' | 'rule' | 'passed' | 'unknown'
  readonly decision: string
  /** The output's name, for a table with several outputs. */
  readonly output?: string
  readonly type: ScalarType
}

/** What one input may come as; integers for inputs named in `integers`. */
export type JavaScriptSubject<Types extends DecisionTypes = DecisionTypes> = {
  readonly [Name in keyof InputsOf<Types>]?:
    | InputsOf<Types>[Name]
    | (bigint extends InputsOf<Types>[Name] ? number : never)
}

export interface JavaScriptProgram<Types extends DecisionTypes = DecisionTypes> {
  readonly items: readonly JavaScriptItem[]
  /** The body of the function, for a reader; it calls the engine's own runtime as `rt`. */
  readonly source: string
  /** One value for each item: values in plain form, the rule's number or null, condition bits as bigint. */
  readonly run: (subject: JavaScriptSubject<Types>) => readonly (Plain | number | bigint)[]
}

/**
 * Compiles decisions to one plain JavaScript function without trace or messages, equal to `evaluate` on each subject:
 * for the many decisions a second that a simulation or a form asks for. Numbers stay exact.
 *
 * @throws RequestError when a decision is unknown or has no such form, or a parameter is not of its input's type
 *
 * @example
 * const { run } = toJavaScript(model, {
 *   decisions: ['贴息金额'],
 *   integers: { 实付利息: { scale: 2 } }, // comes as whole fen
 *   parameters: { 贴息比例: '0.90' },
 *   asOf: '2026-06-21',
 * })
 * const [amount] = run({ 实付利息: 12345_60, 逾期: false }) // '11111.04'
 */
export function toJavaScript<Types extends DecisionTypes = DecisionTypes>(
  model: Model,
  options: JavaScriptOptions<Types>,
): JavaScriptProgram<Types> {
  return compile(model, options as JavaScriptOptions) as JavaScriptProgram as JavaScriptProgram<Types>
}

function compile(model: Model, options: JavaScriptOptions): JavaScriptProgram {
  const program = programOf(model)
  const { file } = model
  const { decisions, conditions = [], asOf } = options
  for (const name of [...decisions, ...conditions]) getDecision(program, name)
  const today = parseDate(asOf)
  if (today === null) throw new RequestError([notADate(file, asOf)])
  const chain = chainOf(program, [...decisions, ...conditions])
  const unit = newUnit(program, chain, options, today)
  const tables = new Map<string, EmittedTable>()
  for (const typed of chain) emitDecision(unit, typed, file, tables, conditions.includes(typed.decision.name))

  const results = [
    ...decisions.flatMap(name => valueResults(unit, getDecision(program, name), tables.get(name), file)),
    ...conditions.flatMap(name => bitResults(unit, name, tables.get(name), file)),
  ]
  if (unit.problems.length > 0) throw new RequestError(unit.problems)
  return assemble(unit.writer, results)
}

interface Result {
  readonly item: JavaScriptItem
  readonly text: string
}

function assemble(writer: Writer, results: readonly Result[]): JavaScriptProgram {
  const temporaries = writer.temporaries.length === 0 ? [] : [`let ${writer.temporaries.join(', ')}`]
  const body = [...temporaries, ...writer.statements, `return [${results.map(each => each.text).join(', ')}]`]
  const source = [
    '"use strict"',
    ...writer.constants,
    'return function decide(s) {',
    ...body.map(line => `  ${line}`),
    '}',
  ].join('\n')
  // Every piece of the source was made by the emitters of this folder; texts of a model enter it as JSON only.
  const run = new Function('rt', source)(runtime) as JavaScriptProgram['run']
  return { items: results.map(each => each.item), source, run }
}

function newUnit(
  program: Program,
  chain: readonly TypedDecision[],
  options: JavaScriptOptions,
  today: FeelDate,
): Unit {
  const { file } = program.model
  const { integers = {}, parameters = {} } = options
  const names = [...new Set(chain.flatMap(typed => typed.requires.inputs))]
  const values = parameterValues(program, names, parameters, today)
  const inputs = new Map<string, Code>()
  const constants = new Constants(values, today, file)
  const unit: Unit = { writer: new Writer(), constants, inputs, decisions: new Map(), problems: [] }
  for (const name of names) {
    const input = program.inputs.get(name)
    if (input === undefined || values.has(name)) continue
    const emitter = new Emitter(unit, { file, element: name, line: input.data.line })
    const { type } = input
    if (isScalar(type)) {
      inputs.set(
        name,
        inputCode(emitter, input, type, Object.hasOwn(integers, name) ? integers[name] : undefined),
      )
    } else {
      emitter.refuse(
        undefined,
        `输入“${name}”不是单个值，不能编译。`,
        `The input "${name}" is not a single value and cannot be compiled.`,
      )
    }
  }
  return unit
}

function emitDecision(
  unit: Unit,
  { decision, body, coerce }: TypedDecision,
  file: string,
  tables: Map<string, EmittedTable>,
  wantsConditions: boolean,
): void {
  const emitter = new Emitter(unit, { file, element: decision.name, line: decision.line })
  if (coerce !== undefined || body.kind === 'boxed') {
    emitter.refuse(
      undefined,
      '这个决策用到盒式表达式，或结果须转换为声明的类型，不能编译。请改用表达式或决策表，并让结果类型与声明一致。',
      'This decision is a boxed expression, or its result has to be brought to its declared type, and cannot be compiled. Use an expression or a table whose type is the declared one.',
    )
    return
  }
  switch (body.kind) {
    case 'unsupported':
      emitter.refuse(undefined, body.problem.zh, body.problem.en)
      return
    case 'expression': {
      const { node, text, line } = body.expression
      if (typeof node.type === 'object') {
        emitter.refuse(node, '编译的表达式须得出单个值。', 'A compiled expression must give a single value.')
        return
      }
      const code = unit.writer.variable(emitter.at({ text, line }).node(node))
      unit.decisions.set(decision.name, { kind: 'value', code })
      return
    }
    case 'table': {
      const table = emitTable(emitter, body, wantsConditions)
      tables.set(decision.name, table)
      const [only] = table.outputs
      if (body.outputs.length === 1 && only) {
        unit.decisions.set(decision.name, { kind: 'value', code: only })
        return
      }
      const fields = body.outputs.flatMap(({ name }, o) => {
        const output = table.outputs[o]
        return name !== undefined && output ? [[name, output] as const] : []
      })
      unit.decisions.set(decision.name, { kind: 'outputs', fields: new Map(fields) })
      return
    }
    default:
      body satisfies never
  }
}

function valueResults(
  unit: Unit,
  typed: TypedDecision,
  table: EmittedTable | undefined,
  file: string,
): Result[] {
  const { name: decision } = typed.decision
  const emitted = unit.decisions.get(decision)
  const rule: Result[] = table?.rule
    ? [{ item: { role: 'rule', decision, type: 'number' }, text: `${table.rule} || null` }]
    : []
  if (emitted?.kind === 'value') return [valueResult(unit, decision, emitted.code, typed.type), ...rule]
  if (emitted?.kind === 'outputs' && typeof typed.type === 'object' && typed.type.kind === 'context') {
    const types = new Map(typed.type.fields.map(field => [field.name, field.type]))
    const values = [...emitted.fields].map(([output, code]) =>
      valueResult(unit, decision, code, types.get(output) ?? 'null', output),
    )
    return [...values, ...rule]
  }
  new Emitter(unit, { file, element: decision }).refuse(
    undefined,
    '这个决策不能编译。',
    'This decision cannot be compiled.',
  )
  return []
}

function valueResult({ writer }: Unit, decision: string, code: Code, type: Type, output?: string): Result {
  const scalar: ScalarType = isScalar(type) ? type : 'string'
  const item: JavaScriptItem = {
    role: 'value',
    decision,
    type: scalar,
    ...(output === undefined ? {} : { output }),
  }
  return { item, text: writer.strict([code], x => plain(x, scalar)) }
}

function plain({ text, held, shape }: Code, type: ScalarType): string {
  if (text === 'null' || held === 'text' || held === 'boolean') return text
  if (held === 'date') return `rt.textOfDate(${text})`
  if (type === 'days and time duration' || type === 'years and months duration') {
    const amount = held === 'exact' ? `rt.decimal(${text}, ${shape.scale})` : text
    return `rt.textOfDuration(${amount}, ${type === 'years and months duration'})`
  }
  return held === 'exact' ? `rt.textOfExact(${text}, ${shape.scale})` : `rt.textOf(${text})`
}

/** As many bits as a bigint column of a database holds. */
const CONDITIONS_MAX = 63
const NUMBER_BITS = 31

function bitResults(unit: Unit, decision: string, table: EmittedTable | undefined, file: string): Result[] {
  const emitter = new Emitter(unit, { file, element: decision })
  if (table === undefined) {
    emitter.refuse(undefined, '只有决策表才有条件列。', 'Only a decision table has condition columns.')
    return []
  }
  const { conditions } = table
  if (conditions.length > CONDITIONS_MAX) {
    emitter.refuse(
      undefined,
      `条件列超过 ${CONDITIONS_MAX} 列，无法逐列记录。请拆成两张表。`,
      `More than ${CONDITIONS_MAX} condition columns cannot be recorded bit by bit; split the table.`,
    )
  }
  return (['passed', 'unknown'] as const).map(role => ({
    item: { role, decision, type: 'number' },
    text: bits(conditions, role === 'passed' ? 'true' : 'null'),
  }))
}

function bits(conditions: readonly string[], when: string): string {
  const few = conditions.length <= NUMBER_BITS
  const terms = conditions.map(
    (name, i) => `(${name} === ${when} ? ${1n << BigInt(i)}${few ? '' : 'n'} : 0${few ? '' : 'n'})`,
  )
  if (terms.length === 0) return '0n'
  return few ? `BigInt(${terms.join(' + ')})` : terms.join(' + ')
}
