import type { Signature } from '../functions/built-in.ts'
import type { Node } from '../node/node.ts'
import type { ArgumentSyntax, Span, Syntax } from '../read/syntax.ts'
import { commonType, conformsTo, isScalar, nameOfType, type Type } from '../value/type.ts'
import { findBuiltIn } from './built-ins.ts'
import { itemType } from './collections.ts'
import type { Typer } from './expression.ts'
import { scalarCall } from './scalar-call.ts'
import { withType } from './typed-nodes.ts'

type CallSyntax = Extract<Syntax, { kind: 'call' }>

/** A call of a name: a function in reach, which hides a built-in of the same name, else a built-in. */
export function call(typer: Typer, syntax: CallSyntax): Node {
  const { callee, args } = syntax
  if (callee.kind !== 'name') return invocation(typer, syntax, typer.expression(callee), args)
  const { name } = callee
  if (isInReach(typer, name)) {
    const value = typer.expression(callee)
    const callable =
      value.type === 'Any' || (typeof value.type === 'object' && value.type.kind === 'function')
    if (callable || findBuiltIn(name) === undefined) return invocation(typer, syntax, value, args)
  }
  return builtInCall(typer, syntax, name, args)
}

function isInReach(typer: Typer, name: string): boolean {
  for (let frame = typer.locals; frame !== undefined; frame = frame.outer) {
    if (frame.find(name)) return true
    if (typeof frame.item === 'object' && frame.item.kind === 'context') {
      if (frame.item.fields.some(field => field.name === name)) return true
    }
  }
  return typer.scope.names.has(name)
}

/** A call of a value. Arguments that can never fit the parameters are an error before any data is there. */
function invocation(typer: Typer, span: Span, fn: Node, args: readonly ArgumentSyntax[]): Node {
  return invocationNode(
    typer,
    span,
    fn,
    args.map(arg => typer.expression(arg.value)),
    namesOf(args),
  )
}

export function invocationNode(
  typer: Typer,
  span: Span,
  fn: Node,
  args: readonly Node[],
  names: readonly string[] | undefined,
): Node {
  const { from, to } = span
  if (fn.kind === 'invalid') return fn
  if (
    fn.type !== 'Any' &&
    fn.type !== 'null' &&
    (typeof fn.type === 'string' || fn.type.kind !== 'function')
  ) {
    return typer.invalid(span, 'type', {
      zh: `这里要调用函数，得到的是${nameOfType(fn.type, 'zh')}。`,
      en: `A function is called here, but this is a ${nameOfType(fn.type, 'en')}.`,
    })
  }
  const type = typeof fn.type === 'object' && fn.type.kind === 'function' ? fn.type.result : 'Any'
  return { kind: 'invoke', type, from, to, function: fn, args, ...(names === undefined ? {} : { names }) }
}

function builtInCall(typer: Typer, span: Span, name: string, args: readonly ArgumentSyntax[]): Node {
  const names = namesOf(args)
  const nodes = args.map(arg => typer.expression(arg.value))
  if (names === undefined) {
    // A list written out is the same as its items for min, max and sum.
    const [only] = nodes
    const spread = name === 'min' || name === 'max' || name === 'sum'
    const items = spread && nodes.length === 1 && only?.kind === 'list' ? only.items : nodes
    const scalar = scalarCall(typer, span, name, items)
    if (scalar !== undefined) return scalar
  }
  const builtIn = findBuiltIn(name)
  if (builtIn === undefined) {
    return typer.invalid(span, 'unknown-name', {
      zh: `没有名为“${name}”的函数。`,
      en: `There is no function "${name}".`,
    })
  }
  const invalid = nodes.find(node => node.kind === 'invalid')
  if (invalid !== undefined && builtIn.signatures.every(each => !each.parameters.some(one => one.nullable))) {
    return invalid
  }
  const possible = builtIn.signatures.filter(signature => mayTake(signature, nodes, names))
  if (possible.length === 0) return refused(typer, span, name, nodes, builtIn.signatures)
  let type: Type | undefined = 'null'
  for (const { result } of possible) type = type && commonType(type, result)
  const { from, to } = span
  return {
    kind: 'built-in',
    type: extremeOf(name, nodes) ?? type ?? 'Any',
    from,
    to,
    function: name,
    args: nodes.map(node => withType(node, 'null')),
    ...(names === undefined ? {} : { names }),
  }
}

/** The least and the greatest of a list are of its items' type. */
function extremeOf(name: string, args: readonly Node[]): Type | undefined {
  const [list] = args
  if ((name !== 'min' && name !== 'max') || args.length !== 1 || list === undefined) return undefined
  const { type } = list
  return typeof type === 'object' && type.kind === 'list' && isScalar(type.of) ? type.of : undefined
}

function namesOf(args: readonly ArgumentSyntax[]): readonly string[] | undefined {
  return args.some(arg => arg.name !== undefined) ? args.map(arg => arg.name ?? '') : undefined
}

/** Whether values of the types the arguments have could be taken, as they are or brought to the parameter's type. */
function mayTake(
  { parameters, variadic = false }: Signature,
  args: readonly Node[],
  names: readonly string[] | undefined,
): boolean {
  if (names !== undefined) {
    if (new Set(names).size !== names.length) return false
    // By name, what is not supplied is null (DMN 1.5, 10.3.2.13.5): an answer only where null is one.
    const given = parameters.filter(each => !each.optional && !each.nullable)
    if (!given.every(each => names.includes(each.name))) return false
    return names.every((name, i) => {
      const parameter = parameters.find(each => each.name === name)
      return parameter !== undefined && mayBe(args[i]?.type ?? 'null', parameter.type)
    })
  }
  const needed = parameters.filter(each => !(each.optional ?? false)).length
  if (args.length < needed || (args.length > parameters.length && !variadic)) return false
  return args.every((arg, i) => {
    const parameter = parameters[i] ?? parameters.at(-1)
    return parameter !== undefined && mayBe(arg.type, parameter.type)
  })
}

function mayBe(type: Type, wanted: Type): boolean {
  if (type === 'Any' || wanted === 'Any' || conformsTo(type, wanted)) return true
  if (type === 'date' && wanted === 'date and time') return true
  if (typeof wanted === 'object' && wanted.kind === 'list') {
    // Items whose type is not known may turn out to fit.
    return typeof type === 'object' && type.kind === 'list'
      ? mayBe(type.of, wanted.of)
      : mayBe(type, wanted.of)
  }
  if (typeof type === 'object' && type.kind === 'list') return mayBe(itemType(type), wanted)
  if (typeof type === 'object' && typeof wanted === 'object') return type.kind === wanted.kind
  return false
}

function refused(
  typer: Typer,
  span: Span,
  name: string,
  args: readonly Node[],
  signatures: readonly Signature[],
): Node {
  const given = (language: 'zh' | 'en') => args.map(arg => nameOfType(arg.type, language)).join(', ')
  const forms = [
    ...new Set(
      signatures.map(({ parameters }) => `${name}(${parameters.map(each => each.name).join(', ')})`),
    ),
  ].join(' / ')
  return typer.invalid(span, 'type', {
    zh: `${name}() 不接受这些参数（${given('zh') || '无'}）。可用：${forms}。`,
    en: `${name}() does not take these arguments (${given('en') || 'none'}). It takes: ${forms}.`,
  })
}
