import { callBuiltIn, callBuiltInByName } from '../functions/call.ts'
import { BUILT_IN } from '../functions/registry.ts'
import type { BuiltInNode, BuiltInValueNode, FunctionNode, InvokeNode } from '../node/single.ts'
import { FeelFunction } from '../value/function.ts'
import { nameOfKind } from '../value/kind.ts'
import type { FunctionType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { compileCoercion } from './coercions.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import { callFunction, inOrderOfParameters } from './invoke.ts'
import type { Evaluator } from './run.ts'
import { labelled, within } from './steps.ts'

/** A function written in the model. It keeps the names around the place it was made. */
export function compileFunction(compiler: Compiler, node: FunctionNode): Evaluator {
  const written = compiler.node(node.body)
  const body = compiler.shared.tracing === true ? within(written, compiler.where.text ?? '') : written
  const place = compiler.place(node)
  const parameters = node.parameters.map(({ name, declared }) => ({
    name,
    type: declared.type,
    coerce: compileCoercion(compiler, declared, place, name),
  }))
  const result = compileCoercion(compiler, node.result, place, node.name ?? '()')
  const { result: resultType } = node.type as FunctionType
  return run => {
    const made = run.frame
    const invoke = (args: readonly Value[]) => {
      const { frame, subject } = run
      const values: Value[] = []
      for (const [i, { coerce }] of parameters.entries()) {
        const given = args[i] ?? null
        const value = coerce(given, run)
        // An argument that is none of its parameter's makes the whole call null (DMN 1.5, 10.3.2.13.2).
        if (value === null && given !== null) return null
        values.push(value)
      }
      run.frame = { values, outer: made }
      run.subject = null
      const value = result(body(run), run)
      run.frame = frame
      run.subject = subject
      return value
    }
    return new FeelFunction(parameters, resultType, invoke, false, { of: node, scope: made })
  }
}

export function compileInvoke(compiler: Compiler, node: InvokeNode): Evaluator {
  const fn = compiler.node(node.function)
  const parameters =
    typeof node.function.type === 'object' && node.function.type.kind === 'function'
      ? node.function.type.parameters
      : []
  const args = node.args.map((arg, i) => {
    const evaluate = compiler.node(arg)
    const label = node.names?.[i] ?? parameters[i]?.name
    return compiler.shared.tracing === true && label !== undefined ? labelled(evaluate, label) : evaluate
  })
  const env = new Environment(compiler.place(node))
  const { names } = node
  return run => {
    const callee = fn(run)
    if (callee === null) return null
    const values = args.map(arg => arg(run))
    if (!(callee instanceof FeelFunction)) {
      return env.of(run).fail('type', {
        zh: `这里要调用函数，得到的是${nameOfKind(callee, 'zh')}，结果按空值处理。`,
        en: `A function is called here, but this is a ${nameOfKind(callee, 'en')}; the result is null.`,
      })
    }
    const inOrder = names === undefined ? values : inOrderOfParameters(callee, names, values, env.of(run))
    return inOrder === null ? null : callFunction(callee, inOrder, run, env.of(run))
  }
}

export function compileBuiltIn(compiler: Compiler, node: BuiltInNode): Evaluator {
  const fn = BUILT_IN.get(node.function)
  if (fn === undefined) return () => null
  const args = node.args.map(arg => compiler.node(arg))
  const env = new Environment(compiler.place(node))
  const { names } = node
  if (names === undefined) {
    return run => {
      const values = args.map(arg => arg(run))
      return callBuiltIn(fn, values, env.of(run))
    }
  }
  return run => {
    const values = args.map((arg, i): [string, Value] => [names[i] ?? '', arg(run)])
    return callBuiltInByName(fn, new Map(values), env.of(run))
  }
}

/** `sort(list, …)` and the like take functions, FEEL's own included. */
export function compileBuiltInValue(compiler: Compiler, node: BuiltInValueNode): Evaluator {
  const fn = BUILT_IN.get(node.function)
  if (fn === undefined) return () => null
  const where = compiler.place(node)
  const [first] = fn.signatures
  const parameters = first?.parameters ?? []
  return run => {
    const env = new Environment(where)
    return new FeelFunction(
      parameters,
      first?.result ?? 'Any',
      args => callBuiltIn(fn, args, env.of(run)),
      fn.signatures.length > 1 || first?.variadic === true,
      { of: fn, scope: null },
    )
  }
}
