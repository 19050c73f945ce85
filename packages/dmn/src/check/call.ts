import type { FunctionName } from '../node/functions.ts'
import type { Node } from '../node/node.ts'
import { commonType, type ScalarType, type Type } from '../node/type.ts'
import type { Span, Syntax } from '../read/syntax.ts'
import { dateFromParts } from '../value/date.ts'
import { Decimal, type RoundingMode } from '../value/number.ts'
import { isNumber } from '../value/value.ts'
import type { Typer } from './expression.ts'
import { ORDERED } from './operators.ts'
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
 * Names of several words, which FEEL cannot cut out of a text unless it is told. Those with a keyword in them the
 * grammar knows by itself.
 */
export const FUNCTION_NAMES = [...ROUNDINGS.keys(), ...SIGNATURES.keys(), 'is defined'].filter(
  name => name.includes(' ') && !name.includes(' and '),
)

export function call(typer: Typer, span: Span, name: string, syntax: readonly Syntax[]): Node {
  const { from, to } = span
  // A list written out is the same as its items for min, max and sum; elsewhere it is refused as an expression.
  const spread = name === 'min' || name === 'max' || name === 'sum'
  const items = spread ? syntax.flatMap(each => (each.kind === 'list' ? each.items : [each])) : syntax
  const args = items.map(each => typer.expression(each))
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
      return wrongCount(typer, span, name, args.length)
    }
    const typed = args.map((arg, i) => typer.wanted(arg, takes[i] ?? 'string'))
    return node(signature.function, signature.gives, typed)
  }

  switch (name) {
    case 'min':
    case 'max':
      return first ? extreme(typer, span, name, args) : wrongCount(typer, span, name, 0)
    case 'sum':
      if (!first) return wrongCount(typer, span, name, 0)
      return node(
        'sum',
        'number',
        args.map(arg => typer.wanted(arg, 'number')),
      )
    case 'abs':
      if (!first || second) return wrongCount(typer, span, name, args.length)
      return isDurationType(first.type)
        ? node('abs', first.type, [first])
        : node('abs', 'number', [typer.wanted(first, 'number')])
    case 'not':
      if (!first || second) return wrongCount(typer, span, name, args.length)
      return { kind: 'not', type: 'boolean', from, to, operand: typer.wanted(first, 'boolean') }
    case 'today':
      return first ? wrongCount(typer, span, name, args.length) : { kind: 'today', type: 'date', from, to }
    case 'string':
      if (!first || second) return wrongCount(typer, span, name, args.length)
      return typeof first.type === 'string'
        ? node('string', 'string', [first])
        : typer.wanted(first, 'string')
    case 'is defined':
      if (!first || second) return wrongCount(typer, span, name, args.length)
      return node('is defined', 'boolean', [first])
    case 'date':
      if (first && second && third && args.length === 3) return dateOf(typer, span, args)
      if (!first || second) return wrongCount(typer, span, name, args.length)
      if (first.type === 'date') return { ...first, from, to }
      if (first.kind === 'literal' && typeof first.value === 'string') {
        return typer.temporalLiteral(span, first.value, 'date')
      }
      return node('date from text', 'date', [typer.wanted(first, 'string')])
    case 'duration':
      if (!first || second) return wrongCount(typer, span, name, args.length)
      if (first.kind === 'literal' && typeof first.value === 'string') {
        return typer.temporalLiteral(span, first.value, 'duration')
      }
      return typer.invalid(span, 'unsupported', {
        zh: 'duration() 的参数须是写明的文本，如 duration("P6M")。月数可变时用 duration("P1M") * 月数。',
        en: 'duration() takes a text written out, duration("P6M"). For a variable count write duration("P1M") * months.',
      })
    default:
      return typer.invalid(span, 'unknown-name', {
        zh: `没有名为“${name}”的函数。`,
        en: `There is no function "${name}".`,
      })
  }
}

const ZERO = new Decimal(0)

function extreme(typer: Typer, span: Span, name: 'min' | 'max', args: readonly Node[]): Node {
  const invalid = args.find(arg => arg.kind === 'invalid')
  if (invalid) return invalid
  let type: Type | undefined = 'null'
  for (const arg of args) type = type && commonType(type, arg.type)
  if (type === undefined || !(type === 'null' || ORDERED.includes(type))) {
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

function wrongCount(typer: Typer, span: Span, name: string, count: number): Node {
  return typer.invalid(span, 'type', {
    zh: `${name}() 不接受 ${count} 个参数。`,
    en: `${name}() does not take ${count} arguments.`,
  })
}

function isDurationType(type: Type): boolean {
  return type === 'days and time duration' || type === 'years and months duration'
}

function onlySpan({ from, to }: Span): Span {
  return { from, to }
}
