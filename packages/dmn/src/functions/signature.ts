import type { ListType, Type } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment, Parameter, Signature } from './built-in.ts'

export const ANY_LIST: ListType = { kind: 'list', of: 'Any' }

export function listOf(of: Type): ListType {
  return { kind: 'list', of }
}

/** A parameter written `name` or, where it may be left out, `name?`. */
export function takes(name: string, type: Type, more: { nullable?: true } = {}): Parameter {
  return name.endsWith('?')
    ? { name: name.slice(0, -1), type, optional: true, ...more }
    : { name, type, ...more }
}

type Apply<Args extends readonly (Value | undefined)[]> = (args: Args, env: CallEnvironment) => Value

/**
 * One way to call a function. `Args` says in TypeScript what the parameters say to the caller, who hands in nothing
 * that does not conform to them.
 */
export function way<Args extends readonly (Value | undefined)[]>(
  parameters: readonly Parameter[],
  result: Type,
  apply: Apply<Args>,
): Signature {
  return { parameters, result, apply: (args, env) => apply(args as unknown as Args, env) }
}

/** One way to call a function whose last parameter stands for any number of values. */
export function openWay<Item extends Value>(
  parameters: readonly Parameter[],
  result: Type,
  apply: Apply<readonly Item[]>,
): Signature {
  return { ...way<readonly Item[]>(parameters, result, apply), variadic: true }
}

export function builtIn(name: string, ...signatures: readonly Signature[]): BuiltIn {
  return { name, signatures }
}

export const OUTSIDE_DEFINITION = {
  zh: '函数的参数不在其定义范围内，结果按空值处理。',
  en: 'An argument is outside what the function is defined for; the result is null.',
}

export function outside(env: CallEnvironment): null {
  return env.fail('argument', OUTSIDE_DEFINITION)
}
