import { programOf } from '../check/program.ts'
import type { Program, TypedKnowledge } from '../node/program.ts'
import { type Message, RequestError } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { fromPlain } from '../value/from-plain.ts'
import { FeelFunction } from '../value/function.ts'
import type { PlainInputs } from '../value/plain.ts'
import type { FunctionType, Type } from '../value/type.ts'
import { toPlain } from '../value/value.ts'
import { Environment } from './environment.ts'
import { callFunction } from './invoke.ts'
import { Library } from './library.ts'
import { withinLimits } from './limits.ts'
import { type Answer, type EvaluateOptions, type Result, startRun } from './prepare.ts'
import type { Run } from './run.ts'

/** A business knowledge model or decision service, ready to be called. */
export interface PreparedInvocable {
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly type: Type
  /**
   * @param args  by the names of the parameters; one that is absent is null
   * @throws RequestError when `asOf` is not a date; never for what the arguments hold
   */
  value(args: PlainInputs, options: EvaluateOptions): Answer
  /** The same value as the engine holds it. */
  result(args: PlainInputs, options: EvaluateOptions): Result
}

const prepared = new WeakMap<Model, Map<string, PreparedInvocable>>()

/**
 * Compiles a business knowledge model or a decision service to be called with arguments; asked again, gives the same.
 *
 * @throws RequestError when the model has none of that name, or it could not be typed
 *
 * @example
 * const service = prepareInvocable(model, '贴息服务')
 * const { value } = service.value({ 实付利息: '12345.60', 逾期: false, 贴息比例: '0.90' }, { asOf: '2026-06-21' })
 */
export function prepareInvocable(model: Model, name: string): PreparedInvocable {
  const known = prepared.get(model) ?? new Map<string, PreparedInvocable>()
  prepared.set(model, known)
  const ready = known.get(name) ?? compileInvocable(programOf(model), name)
  known.set(name, ready)
  return ready
}

function compileInvocable(program: Program, name: string): PreparedInvocable {
  const { file } = program.model
  const knowledge = program.knowledge.get(name)
  const type = knowledge?.type
  if (knowledge === undefined || type === undefined) throw new RequestError([noSuchFunction(program, name)])
  const where = { file: knowledge.file, element: name, line: lineOf(knowledge) }
  const fn = new Library(program).functionOf(name)
  const env = new Environment(where)
  const result = (args: PlainInputs, options: EvaluateOptions): Result => {
    const state = startRun(file, options, 0)
    const value = withinLimits(state, where, run => {
      const callee = fn(run)
      if (!(callee instanceof FeelFunction)) return null
      return callFunction(callee, argumentsOf(type, args, env.of(run)), run, env)
    })
    return { value, messages: messagesOf(state) }
  }
  return {
    name,
    parameters: type.parameters,
    type: type.result,
    result,
    value(args, options) {
      const { value, messages } = result(args, options)
      return { value: toPlain(value), messages }
    },
  }
}

function argumentsOf({ parameters }: FunctionType, args: PlainInputs, env: Environment) {
  return parameters.map(({ name, type }) => {
    const value = fromPlain(Object.hasOwn(args, name) ? args[name] : null, type)
    if (value !== undefined) return value
    return env.fail('input-type', {
      zh: `参数“${name}”的值不是所要的类型，按空值处理。`,
      en: `The value of the parameter "${name}" is not of its type, and is taken as null.`,
    })
  })
}

function messagesOf({ messages }: Run): readonly Message[] {
  return messages ?? []
}

function lineOf(knowledge: TypedKnowledge): number {
  return knowledge.kind === 'model' ? knowledge.model.line : knowledge.service.line
}

function noSuchFunction({ model: { file }, knowledge }: Program, name: string) {
  const names = [...knowledge.keys()]
  return {
    code: 'unknown-name' as const,
    severity: 'error' as const,
    where: { file },
    zh: `模型中没有可以调用的“${name}”。现有：${names.join('、') || '无'}。`,
    en: `The model has no "${name}" that can be called. It has: ${names.join(', ') || 'none'}.`,
  }
}
