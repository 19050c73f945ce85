import type { CallEnvironment } from '../functions/built-in.ts'
import type { FeelFunction } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import { LimitError } from './limits.ts'
import { type Run, spend } from './run.ts'

/** Calls a function value with arguments in a row; null with a message where their number is wrong. */
export function callFunction(
  fn: FeelFunction,
  args: readonly Value[],
  run: Run,
  env: Pick<CallEnvironment, 'fail'>,
): Value {
  const { parameters } = fn
  if (args.length !== parameters.length && !fn.variadic) {
    const names = parameters.map(each => each.name).join(', ')
    return env.fail('argument', {
      zh: `函数要 ${parameters.length} 个参数（${names}），得到 ${args.length} 个，结果按空值处理。`,
      en: `The function takes ${parameters.length} arguments (${names}), not ${args.length}; the result is null.`,
    })
  }
  spend(run, 1)
  if (--run.budget.depth < 0) throw new LimitError('depth')
  const result = fn.invoke(args)
  run.budget.depth++
  return result
}

/** Arguments by name, in the order of the parameters; null with a message where the names are not the parameters'. */
export function inOrderOfParameters(
  fn: FeelFunction,
  names: readonly string[],
  args: readonly Value[],
  env: Pick<CallEnvironment, 'fail'>,
): readonly Value[] | null {
  const { parameters } = fn
  const known = names.every(name => parameters.some(each => each.name === name))
  if (!known || new Set(names).size !== names.length || names.length !== parameters.length) {
    const wanted = parameters.map(each => each.name).join(', ')
    return env.fail('argument', {
      zh: `函数的参数是 ${wanted || '无'}，给出的是 ${names.join(', ')}，结果按空值处理。`,
      en: `The parameters are ${wanted || 'none'}, given were ${names.join(', ')}; the result is null.`,
    })
  }
  return parameters.map(each => args[names.indexOf(each.name)] ?? null)
}
