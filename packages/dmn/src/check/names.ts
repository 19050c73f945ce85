import type { Node } from '../node/node.ts'
import type { Span, Syntax } from '../read/syntax.ts'
import { isSimple, nameOfType, type Type } from '../value/type.ts'
import { FUNCTION_TYPE, isBuiltIn } from './built-ins.ts'
import type { Typer } from './expression.ts'
import { findLocal } from './locals.ts'
import type { NamedValue } from './scope.ts'

/** What a name stands for: a local one, an element the decision requires, or one of FEEL's functions. */
export function typeName(typer: Typer, span: Span, name: string): Node {
  return (
    findLocal(span, name, typer.locals, () => elementNamed(typer, span, name)) ??
    unknownName(typer, span, name)
  )
}

/** Undefined where the name means nothing at all; `typer` has been told of elements that cannot be used. */
function elementNamed(typer: Typer, span: Span, name: string): Node | undefined {
  const value = typer.scope.names.get(name)
  if (value !== undefined) return nodeOf(typer, span, name, value)
  if (!isBuiltIn(name)) return undefined
  return { kind: 'built-in value', type: FUNCTION_TYPE, from: span.from, to: span.to, function: name }
}

function nodeOf(typer: Typer, span: Span, name: string, value: NamedValue): Node {
  const { from, to } = span
  if (value.kind === 'namespace') {
    return typer.invalid(span, 'unknown-name', {
      zh: `“${name}”是导入的模型，请写明取其中哪一项，如 ${name}.名称。`,
      en: `"${name}" is an imported model; say which element of it, as in ${name}.name.`,
    })
  }
  if (value.type !== undefined) return { kind: value.kind, type: value.type, from, to, name: value.key }
  // What is wrong with it has been reported at the element itself.
  const problem = typer.report.at({ from, to }).error('unknown-name', {
    zh: `“${name}”本身有误，此处无法使用。请先改正“${name}”。`,
    en: `"${name}" is itself in error and cannot be used here; correct "${name}" first.`,
  })
  return { kind: 'invalid', type: 'null', from, to, problem }
}

function unknownName(typer: Typer, span: Span, name: string): Node {
  if (typer.scope.elsewhere.has(name)) {
    return typer.invalid(span, 'not-required', {
      zh: `“${name}”在模型中，但本决策没有引用它。请从“${name}”画一条信息要求连线到本决策。`,
      en: `"${name}" is in the model but not required by this decision. Draw an information requirement from it.`,
    })
  }
  const known = [...typer.scope.names.keys()]
  return typer.invalid(span, 'unknown-name', {
    zh: `没有名为“${name}”的输入或决策。文本要加双引号；可用的名称：${known.join('、') || '无'}。`,
    en: `There is no input or decision "${name}". Put text in double quotes; names in reach: ${known.join(', ') || 'none'}.`,
  })
}

type PathSyntax = Extract<Syntax, { kind: 'path' }>

export function typePath(typer: Typer, syntax: PathSyntax): Node {
  const element = throughImports(typer, syntax)
  if (element !== undefined) return element
  return pathInto(typer, syntax, typer.expression(syntax.of), syntax.name)
}

/** `import.element`, or `import.import.element`. */
function throughImports(typer: Typer, syntax: PathSyntax): Node | undefined {
  const namespace = namespaceOf(typer, syntax.of)
  if (namespace === undefined) return undefined
  const member = namespace.get(syntax.name)
  if (member?.kind === 'namespace') return undefined
  if (member !== undefined) return nodeOf(typer, syntax, syntax.name, member)
  return typer.invalid(syntax, 'unknown-name', {
    zh: `导入的模型中没有本决策引用的“${syntax.name}”。请检查名称，并从它画一条要求连线。`,
    en: `This decision requires no "${syntax.name}" of the imported model. Check the name and draw a requirement from it.`,
  })
}

function namespaceOf(typer: Typer, syntax: Syntax): ReadonlyMap<string, NamedValue> | undefined {
  const value =
    syntax.kind === 'name'
      ? typer.scope.names.get(syntax.name)
      : syntax.kind === 'path'
        ? namespaceOf(typer, syntax.of)?.get(syntax.name)
        : undefined
  return value?.kind === 'namespace' ? value.members : undefined
}

const PROPERTIES: Readonly<Record<string, Readonly<Record<string, Type>>>> = {
  date: { year: 'number', month: 'number', day: 'number', weekday: 'number' },
  time: {
    hour: 'number',
    minute: 'number',
    second: 'number',
    'time offset': 'days and time duration',
    timezone: 'string',
  },
  'date and time': {
    year: 'number',
    month: 'number',
    day: 'number',
    weekday: 'number',
    hour: 'number',
    minute: 'number',
    second: 'number',
    'time offset': 'days and time duration',
    timezone: 'string',
  },
  'years and months duration': { years: 'number', months: 'number' },
  'days and time duration': { days: 'number', hours: 'number', minutes: 'number', seconds: 'number' },
}

/** One part of a value whose type is known, or of one only the run knows. */
function pathInto(typer: Typer, span: Span, of: Node, name: string): Node {
  const { from, to } = span
  if (of.kind === 'invalid') return of
  if (of.type === 'date' && (name === 'year' || name === 'month' || name === 'day')) {
    return { kind: 'date part', type: 'number', from, to, part: name, of }
  }
  if (of.type === 'years and months duration' && (name === 'years' || name === 'months')) {
    return { kind: 'duration part', type: 'number', from, to, part: name, of }
  }
  if (of.type === 'days and time duration' && name === 'days') {
    return { kind: 'duration part', type: 'number', from, to, part: name, of }
  }
  const type = typeOfPart(of.type, name)
  if (type !== undefined) {
    return of.kind === 'decision' && typeof of.type === 'object' && of.type.kind === 'context'
      ? { kind: 'field', type, from, to, of, name }
      : { kind: 'path', type, from, to, of, name }
  }
  return typer.invalid(span, 'unknown-name', {
    zh: `${nameOfType(of.type, 'zh')}没有“${name}”这一项。`,
    en: `A ${nameOfType(of.type, 'en')} has no part "${name}".`,
  })
}

/** Undefined where no value of the type has such a part. */
function typeOfPart(type: Type, name: string): Type | undefined {
  if (type === 'Any' || type === 'null') return 'Any'
  if (isSimple(type)) return Object.hasOwn(PROPERTIES, type) ? PROPERTIES[type]?.[name] : undefined
  if (typeof type === 'string') return undefined
  switch (type.kind) {
    case 'context':
      return type.fields.find(each => each.name === name)?.type ?? (type.open ? 'Any' : undefined)
    case 'list': {
      const of = typeOfPart(type.of, name)
      return of === undefined ? undefined : { kind: 'list', of }
    }
    case 'range':
      if (name === 'start' || name === 'end') return type.of
      return name === 'start included' || name === 'end included' ? 'boolean' : undefined
    case 'function':
      return undefined
    default:
      return type satisfies never
  }
}
