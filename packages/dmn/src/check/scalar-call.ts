import type { FunctionName } from '../node/functions.ts'
import type { Node } from '../node/node.ts'
import type { Span } from '../read/syntax.ts'
import { dateFromParts } from '../value/date.ts'
import { Decimal, type RoundingMode } from '../value/number.ts'
import { commonType, isScalar, type ScalarType, type Type } from '../value/type.ts'
import { isNumber } from '../value/value.ts'
import type { Typer } from './expression.ts'
import { isOrdered } from './operators.ts'
import { temporalLiteral } from './temporal-literals.ts'
import { literal, withType } from './typed-nodes.ts'

const ROUNDINGS: ReadonlyMap<string, RoundingMode> = new Map<string, RoundingMode>(
  Object.entries({
    'round half up': 'half up',
    'round half down': 'half down',
    'round half even': 'half even',
    decimal: 'half even',
    'round up': 'up',
    'round down': 'down',
    floor: 'floor',
    ceiling: 'ceiling',
  }),
)

interface Signature {
  readonly function: FunctionName
  readonly takes: readonly ScalarType[]
  /** How many of them may be left out. */
  readonly optional?: number
  readonly gives: ScalarType
}

const SIGNATURES: ReadonlyMap<string, Signature> = new Map<string, Signature>(
  Object.entries({
    modulo: { function: 'modulo', takes: ['number', 'number'], gives: 'number' },
    'years and months duration': {
      function: 'years and months duration',
      takes: ['date', 'date'],
      gives: 'years and months duration',
    },
    'string length': { function: 'string length', takes: ['string'], gives: 'number' },
    substring: { function: 'substring', takes: ['string', 'number', 'number'], optional: 1, gives: 'string' },
    'upper case': { function: 'upper case', takes: ['string'], gives: 'string' },
    'lower case': { function: 'lower case', takes: ['string'], gives: 'string' },
    contains: { function: 'contains', takes: ['string', 'string'], gives: 'boolean' },
    'starts with': { function: 'starts with', takes: ['string', 'string'], gives: 'boolean' },
    'ends with': { function: 'ends with', takes: ['string', 'string'], gives: 'boolean' },
    number: { function: 'number', takes: ['string'], gives: 'number' },
  }),
)

/**
 * A call whose arguments are scalars by position, as a node every back end runs; undefined where only the evaluator
 * can run it or the function has no such form.
 */
export function scalarCall(typer: Typer, span: Span, name: string, args: readonly Node[]): Node | undefined {
  if (!args.every(arg => arg.type === 'null' || isScalar(arg.type))) return undefined
  const { from, to } = span
  const [first, second, third] = args
  const node = (fn: FunctionName, type: Type, of: readonly Node[]): Node => ({
    kind: 'call',
    type,
    from,
    to,
    function: fn,
    args: of,
  })

  const rounding = ROUNDINGS.get(name)
  if (rounding !== undefined && first && args.length <= 2) {
    const operand = typer.wanted(first, 'number')
    const places = second ? typer.wanted(second, 'number') : literal({ from: to, to }, 'number', ZERO)
    return { kind: 'round', type: 'number', from, to, mode: rounding, operand, places }
  }
  const signature = SIGNATURES.get(name)
  if (signature !== undefined) {
    const { takes, optional = 0 } = signature
    if (args.length > takes.length || args.length < takes.length - optional) {
      return undefined
    }
    const typed = args.map((arg, i) => typer.wanted(arg, takes[i] ?? 'string'))
    return node(signature.function, signature.gives, typed)
  }

  switch (name) {
    case 'min':
    case 'max':
      return first && extreme(typer, span, name, args)
    case 'sum':
      if (!first) return undefined
      return node(
        'sum',
        'number',
        args.map(arg => typer.wanted(arg, 'number')),
      )
    case 'abs':
      if (!first || second) return undefined
      return isDurationType(first.type)
        ? node('abs', first.type, [first])
        : node('abs', 'number', [typer.wanted(first, 'number')])
    case 'not':
      if (!first || second) return undefined
      return { kind: 'not', type: 'boolean', from, to, operand: typer.wanted(first, 'boolean') }
    case 'today':
      return first ? undefined : { kind: 'today', type: 'date', from, to }
    case 'string':
      if (!first || second) return undefined
      return node('string', 'string', [first])
    case 'is defined':
      if (!first || second) return undefined
      return node('is defined', 'boolean', [first])
    case 'date':
      if (first && second && third && args.length === 3) return dateOf(typer, span, args)
      if (!first || second) return undefined
      if (first.type === 'date') return { ...first, from, to }
      if (first.kind === 'literal' && typeof first.value === 'string') {
        return temporalLiteral(typer, span, first.value, 'date')
      }
      return node('date from text', 'date', [typer.wanted(first, 'string')])
    case 'duration':
      if (!first || second) return undefined
      if (first.kind === 'literal' && typeof first.value === 'string') {
        return temporalLiteral(typer, span, first.value, 'duration')
      }
      return undefined
    default:
      return undefined
  }
}

const ZERO = new Decimal(0)

function extreme(typer: Typer, span: Span, name: 'min' | 'max', args: readonly Node[]): Node {
  const invalid = args.find(arg => arg.kind === 'invalid')
  if (invalid) return invalid
  let type: Type | undefined = 'null'
  for (const arg of args) type = type && commonType(type, arg.type)
  if (type === undefined || !isOrdered(type)) {
    return typer.invalid(span, 'type', {
      zh: `${name}() 的各参数须同为数值、日期、文本或时长。`,
      en: `The arguments of ${name}() must all be numbers, dates, texts or durations of one kind.`,
    })
  }
  const of = type
  return {
    kind: 'call',
    type: of,
    ...onlySpan(span),
    function: name,
    args: args.map(arg => withType(arg, of)),
  }
}

function dateOf(typer: Typer, span: Span, args: readonly Node[]): Node {
  const parts = args.map(arg => typer.wanted(arg, 'number'))
  const numbers = parts.map(part =>
    part.kind === 'literal' && part.value !== null && isNumber(part.value)
      ? part.value.toNumber()
      : undefined,
  )
  const [year, month, day] = numbers
  if (year === undefined || month === undefined || day === undefined) {
    return { kind: 'call', type: 'date', ...onlySpan(span), function: 'date from parts', args: parts }
  }
  const value = dateFromParts(year, month, day)
  if (value) return literal(span, 'date', value)
  return typer.invalid(span, 'literal', {
    zh: `${year} 年 ${month} 月 ${day} 日不是历法上的日期。`,
    en: `The calendar has no day ${year}-${month}-${day}.`,
  })
}

function isDurationType(type: Type): boolean {
  return type === 'days and time duration' || type === 'years and months duration'
}

function onlySpan({ from, to }: Span): Span {
  return { from, to }
}
