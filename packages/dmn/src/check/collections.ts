import { ANYTHING, type Declared } from '../node/declared.ts'
import type { Node } from '../node/node.ts'
import type { Iterator } from '../node/single.ts'
import type { IteratorSyntax, Span, Syntax } from '../read/syntax.ts'
import { commonType, isSimple, nameOfType, type Type } from '../value/type.ts'
import type { Typer } from './expression.ts'
import { Locals } from './locals.ts'
import { cannotCompare, isOrdered } from './operators.ts'

type Of<Kind extends Syntax['kind']> = Extract<Syntax, { kind: Kind }>

export function typeList(span: Span, items: readonly Node[]): Node {
  let of: Type | undefined = 'null'
  for (const item of items) of = of && commonType(of, item.type)
  return { kind: 'list', type: { kind: 'list', of: of ?? 'Any' }, from: span.from, to: span.to, items }
}

/** `{ a: 1, b: a + 1 }`. */
export function typeContext(typer: Typer, syntax: Of<'context'>): Node {
  const { from, to } = syntax
  const seen = new Set<string>()
  for (const { key, from: start, to: end } of syntax.entries) {
    if (seen.has(key)) {
      return typer.invalid({ from: start, to: end }, 'duplicate-name', {
        zh: `上下文中“${key}”出现了不止一次，请改名。`,
        en: `The context has "${key}" more than once; rename one of them.`,
      })
    }
    seen.add(key)
  }
  const locals = new Locals(typer.locals)
  const within = typer.within(locals)
  const entries = syntax.entries.map(({ key, value }) => {
    const node = within.expression(value)
    locals.bind(key, node.type)
    return { name: key, value: node }
  })
  const fields = entries.map(({ name, value }) => ({ name, type: value.type }))
  return { kind: 'context', type: { kind: 'context', fields }, from, to, entries }
}

export function typeRange(typer: Typer, syntax: Of<'range'>): Node {
  const { from, to, lowClosed, highClosed } = syntax
  const low = typer.expression(syntax.low)
  const high = typer.expression(syntax.high)
  if (low.kind === 'invalid') return low
  if (high.kind === 'invalid') return high
  const of = commonType(low.type, high.type)
  if (of === undefined || !isOrdered(of)) return cannotCompare(typer, syntax, low.type, high.type)
  return { kind: 'range', type: { kind: 'range', of }, from, to, low, lowClosed, high, highClosed }
}

export function typeHalfRange(typer: Typer, syntax: Of<'half range'>): Node {
  const { from, to, operator } = syntax
  const bound = typer.expression(syntax.bound)
  if (bound.kind === 'invalid') return bound
  return { kind: 'half range', type: { kind: 'range', of: bound.type }, from, to, operator, bound }
}

/** What one item of a value is: of the list, or the value itself, which FEEL takes for a list of one. */
export function itemType(type: Type): Type {
  return typeof type === 'object' && type.kind === 'list' ? type.of : type
}

export function typeFilter(typer: Typer, span: Span, of: Node, condition: Syntax): Node {
  const locals = filterScope(typer, of.type)
  return filterNode(typer, span, of, typer.within(locals).expression(condition))
}

export function filterScope(typer: Typer, of: Type): Locals {
  const item = itemType(of)
  const locals = new Locals(typer.locals, item === 'null' ? 'Any' : item)
  locals.bind('item', item)
  return locals
}

export function filterNode(typer: Typer, span: Span, of: Node, condition: Node): Node {
  const { from, to } = span
  if (of.kind === 'invalid') return of
  const item = itemType(of.type)
  const picks = condition.type === 'number'
  if (!picks && condition.type !== 'boolean' && condition.type !== 'Any' && condition.type !== 'null') {
    return typer.invalid(condition, 'type', {
      zh: `方括号里应是条件或序号，得到的是${nameOfType(condition.type, 'zh')}。`,
      en: `In brackets stands a condition or a position, not a ${nameOfType(condition.type, 'en')}.`,
    })
  }
  const type: Type = picks ? item : condition.type === 'boolean' ? { kind: 'list', of: item } : 'Any'
  return { kind: 'filter', type, from, to, of, condition }
}

export function typeFor(typer: Typer, syntax: Of<'for'>): Node {
  const { from, to } = syntax
  const { iterators, within, locals } = typeIterators(typer, syntax.iterators)
  locals.bind('partial', { kind: 'list', of: 'Any' })
  const result = within.expression(syntax.result)
  return { kind: 'for', type: { kind: 'list', of: result.type }, from, to, iterators, result }
}

export function typeQuantified(typer: Typer, syntax: Of<'some' | 'every'>): Node {
  const { from, to, kind } = syntax
  const { iterators, within } = typeIterators(typer, syntax.iterators)
  const condition = within.expression(syntax.condition)
  return { kind, type: 'boolean', from, to, iterators, condition }
}

function typeIterators(
  typer: Typer,
  syntax: readonly IteratorSyntax[],
): { iterators: readonly Iterator[]; within: Typer; locals: Locals } {
  const locals = new Locals(typer.locals)
  const within = typer.within(locals)
  const iterators = syntax.map((each): Iterator => {
    // A later iterator sees the earlier ones.
    const of = within.expression(each.in)
    const to = each.upTo && within.expression(each.upTo)
    locals.bind(each.name, to ? (commonType(of.type, to.type) ?? 'Any') : iteratedType(of.type))
    return to ? { name: each.name, of, to } : { name: each.name, of }
  })
  return { iterators, within, locals }
}

/** A range is gone through one by one, anything else is a list. */
export function iteratedType(type: Type): Type {
  return typeof type === 'object' && type.kind === 'range' ? type.of : itemType(type)
}

export function typeFunction(typer: Typer, syntax: Of<'function'>): Node {
  const { from, to } = syntax
  if (syntax.external) return externalFunction(typer, syntax)
  const locals = new Locals(typer.locals)
  const parameters: { name: string; declared: Declared }[] = []
  for (const { name, type } of syntax.parameters) {
    const declared = type === undefined ? ANYTHING : typer.scope.types.ofSyntax(type)
    if (!('type' in declared)) return typer.invalid(type ?? syntax, 'type', declared)
    parameters.push({ name, declared })
    locals.bind(name, declared.type)
  }
  const body = typer.within(locals).expression(syntax.body)
  return functionNode({ from, to }, parameters, body, ANYTHING)
}

export function externalFunction(typer: Typer, span: Span): Node {
  return typer.invalid(span, 'unsupported', {
    zh: '外部函数（Java、PMML）不执行。请把逻辑写成 FEEL。',
    en: 'External functions (Java, PMML) are not run; write the logic in FEEL.',
  })
}

/** @param result  what the body is brought to; `Any` leaves it as it is */
export function functionNode(
  { from, to }: Span,
  parameters: readonly { readonly name: string; readonly declared: Declared }[],
  body: Node,
  result: Declared,
  name?: string,
): Node {
  const type: Type = {
    kind: 'function',
    parameters: parameters.map(each => ({ name: each.name, type: each.declared.type })),
    result: result.type === 'Any' ? (isSimple(body.type) ? body.type : widened(body.type)) : result.type,
  }
  return {
    kind: 'function',
    type,
    from,
    to,
    parameters,
    body,
    result,
    ...(name === undefined ? {} : { name }),
  }
}

/** A body that is always null says nothing about what callers may expect. */
function widened(type: Type): Type {
  return type === 'null' ? 'Any' : type
}
