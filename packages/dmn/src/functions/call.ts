import { coerced } from '../value/conform.ts'
import { nameOfKind } from '../value/kind.ts'
import { sizeOf } from '../value/size.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment, Parameter, Signature } from './built-in.ts'

/**
 * Calls a built-in function with arguments in a row: the first signature they conform to, if need be taken out of or
 * put into a list of one (DMN 1.5, 10.3.2.9.4). A parameter that does not take null gives null without a word, as
 * something was missing; arguments no signature takes give null with a message.
 */
export function callBuiltIn(fn: BuiltIn, args: readonly Value[], env: CallEnvironment): Value {
  for (const signature of fn.signatures) {
    const bound = bindByPosition(signature, args)
    if (bound !== undefined) return applyBound(signature, bound, env)
  }
  return refused(fn, args, env)
}

/** The same with arguments by name: those that are not supplied are null (DMN 1.5, 10.3.2.13.5). */
export function callBuiltInByName(
  fn: BuiltIn,
  named: ReadonlyMap<string, Value>,
  env: CallEnvironment,
): Value {
  for (const signature of fn.signatures) {
    const bound = bindByName(signature, named)
    if (bound !== undefined) return applyBound(signature, bound, env)
  }
  return refused(fn, [...named.values()], env, [...named.keys()])
}

interface Bound {
  readonly args: readonly Value[]
  readonly missing: boolean
}

function bindByPosition(signature: Signature, given: readonly Value[]): Bound | undefined {
  const { parameters, variadic } = signature
  if (!takesCount(signature, given.length)) return undefined
  const args: Value[] = []
  let missing = false
  for (const [i, value] of given.entries()) {
    const parameter = parameters[i] ?? (variadic ? parameters.at(-1) : undefined)
    const arg = parameter && argument(parameter, value)
    if (parameter === undefined || arg === undefined) return undefined
    missing ||= arg === null && !parameter.nullable
    args.push(arg)
  }
  return { args, missing }
}

function bindByName({ parameters }: Signature, named: ReadonlyMap<string, Value>): Bound | undefined {
  for (const name of named.keys()) {
    if (!parameters.some(parameter => parameter.name === name)) return undefined
  }
  const args: Value[] = []
  let missing = false
  let given = 0
  for (const [i, parameter] of parameters.entries()) {
    const value = named.get(parameter.name)
    if (value === undefined && !parameter.optional && !parameter.nullable) return undefined
    const arg = value === undefined ? null : argument(parameter, value)
    if (arg === undefined) return undefined
    missing ||= value !== undefined && arg === null && !parameter.nullable
    if (value !== undefined || !parameter.optional) given = i + 1
    args.push(arg)
  }
  // What was left out at the end is absent, not null.
  return { args: args.slice(0, given), missing }
}

/** How many arguments a signature takes in a row. */
export function takesCount({ parameters, variadic }: Signature, count: number): boolean {
  const required = parameters.filter(parameter => !parameter.optional).length
  return count >= required && (variadic || count <= parameters.length)
}

/** Undefined where the value is none the parameter takes. */
function argument(parameter: Parameter, value: Value): Value | undefined {
  return value === null ? null : coerced(value, parameter.type)
}

function applyBound(signature: Signature, { args, missing }: Bound, env: CallEnvironment): Value {
  env.spend(1 + args.length)
  if (missing) return null
  const result = signature.apply(args, env)
  if (typeof result === 'object' || typeof result === 'string') env.spend(sizeOf(result) - 1)
  return result
}

function refused(
  fn: BuiltIn,
  args: readonly Value[],
  env: CallEnvironment,
  names: readonly string[] = [],
): null {
  const given = (language: 'zh' | 'en') =>
    args
      .slice(0, 10)
      .map((arg, i) => (names[i] === undefined ? '' : `${names[i]}: `) + nameOfKind(arg, language))
      .join(', ')
  const ways = [...new Set(fn.signatures.map(signature => written(fn.name, signature)))].join(' · ')
  return env.fail('argument', {
    zh: `${fn.name}(${given('zh')}) 不成立，结果按空值处理。写法：${ways}。`,
    en: `There is no ${fn.name}(${given('en')}); the result is null. Write: ${ways}.`,
  })
}

function written(name: string, { parameters, variadic }: Signature): string {
  const texts = parameters.map(parameter => parameter.name + (parameter.optional ? '?' : ''))
  return `${name}(${texts.join(', ')}${variadic ? ', …' : ''})`
}
