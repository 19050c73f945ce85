import type { Node, OrderOperator } from '../node/node.ts'
import type { ArithmeticOperator, Span } from '../read/syntax.ts'
import { commonType, isScalar, nameOfType, type ScalarType, type Type } from '../value/type.ts'
import type { Typer } from './expression.ts'
import { withType } from './typed-nodes.ts'

const DURATIONS = ['days and time duration', 'years and months duration'] as const
type DurationType = (typeof DURATIONS)[number]

/** Types that have an order. */
const ORDERED: readonly Type[] = ['number', 'string', 'date', 'time', 'date and time', ...DURATIONS]

/** Whether values of the type may have an order, as far as can be known before they are there. */
export function isOrdered(type: Type): boolean {
  return type === 'null' || type === 'Any' || ORDERED.includes(type)
}

/** A type every back end computes with, or the null that fits it. */
function isSettled(type: Type): boolean {
  return type === 'null' || isScalar(type)
}

export function negation(typer: Typer, span: Span, operand: Node): Node {
  const { from, to } = span
  if (!isSettled(operand.type)) return { kind: 'dynamic negate', type: 'Any', from, to, operand }
  const type = isDuration(operand.type) ? operand.type : 'number'
  return { kind: 'negate', type, from, to, operand: typer.wanted(operand, type) }
}

export function arithmetic(
  typer: Typer,
  span: Span,
  operator: ArithmeticOperator,
  left: Node,
  right: Node,
): Node {
  const { from, to } = span
  const fits = (l: ScalarType, r: ScalarType) =>
    (left.type === l || left.type === 'null') && (right.type === r || right.type === 'null')
  const typed = (l: ScalarType, r: ScalarType) => ({
    from,
    to,
    left: withType(left, l),
    right: withType(right, r),
  })

  if (fits('number', 'number'))
    return { kind: 'arithmetic', type: 'number', operator, ...typed('number', 'number') }
  if (operator === '+' && fits('string', 'string')) {
    return { kind: 'concatenate', type: 'string', ...typed('string', 'string') }
  }
  if (operator === '-' && fits('date', 'date')) {
    return { kind: 'date difference', type: 'days and time duration', ...typed('date', 'date') }
  }
  for (const duration of DURATIONS) {
    const node = withDuration(operator, duration, span, left, right, fits)
    if (node) return node
  }
  if (left.kind === 'invalid') return left
  if (right.kind === 'invalid') return right
  if (!isSettled(left.type) || !isSettled(right.type)) {
    return {
      kind: 'operate',
      type: resultOf(operator, left.type, right.type),
      from,
      to,
      operator,
      left,
      right,
    }
  }
  return typer.invalid(span, 'type', {
    zh: `${nameOfType(left.type, 'zh')}与${nameOfType(right.type, 'zh')}之间不能用“${operator}”运算。`,
    en: `"${operator}" does not work between a ${nameOfType(left.type, 'en')} and a ${nameOfType(right.type, 'en')}.`,
  })
}

/** The result of what only the run can compute, where the types leave no doubt (DMN 1.5, tables 55 to 59). */
function resultOf(operator: ArithmeticOperator, left: Type, right: Type): Type {
  const clock = (type: Type) => type === 'time' || type === 'date and time'
  if (operator === '-' && (clock(left) || left === 'date') && (clock(right) || right === 'date')) {
    return 'days and time duration'
  }
  if ((operator === '+' || operator === '-') && clock(left) && isDuration(right)) return left
  if (operator === '+' && isDuration(left) && clock(right)) return right
  return operator === '**' ? 'number' : 'Any'
}

function withDuration(
  operator: ArithmeticOperator,
  type: DurationType,
  span: Span,
  left: Node,
  right: Node,
  fits: (left: ScalarType, right: ScalarType) => boolean,
): Node | undefined {
  const { from, to } = span
  const plusOrMinus = operator === '+' || operator === '-'
  if (plusOrMinus && fits('date', type)) {
    const backwards = operator === '-'
    return {
      kind: 'shift',
      type: 'date',
      from,
      to,
      date: withType(left, 'date'),
      by: withType(right, type),
      backwards,
    }
  }
  if (operator === '+' && fits(type, 'date')) {
    return { kind: 'shift', type: 'date', from, to, date: right, by: withType(left, type), backwards: false }
  }
  if (operator === '**') return undefined
  const node = { kind: 'duration' as const, from, to, operator, left, right }
  if (plusOrMinus && fits(type, type))
    return { ...node, type, left: withType(left, type), right: withType(right, type) }
  if ((operator === '*' || operator === '/') && fits(type, 'number')) {
    return { ...node, type, left: withType(left, type), right: withType(right, 'number') }
  }
  if (operator === '*' && fits('number', type)) {
    return { ...node, type, left: right, right: withType(left, 'number') }
  }
  if (operator === '/' && fits(type, type)) {
    return { ...node, type: 'number', left: withType(left, type), right: withType(right, type) }
  }
  return undefined
}

/** `and`, `or`. What is no boolean counts as null, which can still be outvoted. */
export function logic(typer: Typer, span: Span, kind: 'and' | 'or', left: Node, right: Node): Node {
  const { from, to } = span
  if (isSettled(left.type) && isSettled(right.type)) {
    const typed = { left: typer.wanted(left, 'boolean'), right: typer.wanted(right, 'boolean') }
    return { kind, type: 'boolean', from, to, ...typed }
  }
  return { kind: kind === 'and' ? 'dynamic and' : 'dynamic or', type: 'boolean', from, to, left, right }
}

export function comparison(typer: Typer, span: Span, operator: OrderOperator, left: Node, right: Node): Node {
  const { from, to } = span
  const type = commonType(left.type, right.type)
  if (left.kind === 'invalid') return left
  if (right.kind === 'invalid') return right
  if (type === undefined || !isOrdered(type)) {
    if (isSettled(left.type) && isSettled(right.type)) {
      return cannotCompare(typer, span, left.type, right.type)
    }
    return { kind: 'dynamic compare', type: 'boolean', from, to, operator, left, right }
  }
  if (!isSettled(type)) return { kind: 'dynamic compare', type: 'boolean', from, to, operator, left, right }
  return {
    kind: 'compare',
    type: 'boolean',
    from,
    to,
    operator,
    left: withType(left, type),
    right: withType(right, type),
  }
}

export function between(typer: Typer, span: Span, operand: Node, low: Node, high: Node): Node {
  const { from, to } = span
  const operands = [operand, low, high]
  const invalid = operands.find(node => node.kind === 'invalid')
  if (invalid) return invalid
  if (!operands.every(node => isSettled(node.type))) {
    return { kind: 'dynamic between', type: 'boolean', from, to, operand, low, high }
  }
  const withLow = commonType(operand.type, low.type)
  const type = withLow && commonType(withLow, high.type)
  if (type === undefined || !isOrdered(type)) {
    return cannotCompare(typer, span, operand.type, withLow === undefined ? low.type : high.type)
  }
  return {
    kind: 'between',
    type: 'boolean',
    from,
    to,
    operand: withType(operand, type),
    low: withType(low, type),
    high: withType(high, type),
  }
}

export function equality(typer: Typer, span: Span, negated: boolean, left: Node, right: Node): Node {
  const { from, to } = span
  if (left.kind === 'invalid') return left
  if (right.kind === 'invalid') return right
  const type = commonType(left.type, right.type)
  if (!isSettled(left.type) || !isSettled(right.type)) {
    return { kind: 'dynamic equal', type: 'boolean', from, to, negated, left, right }
  }
  if (type === undefined) return cannotCompare(typer, span, left.type, right.type)
  return {
    kind: 'equal',
    type: 'boolean',
    from,
    to,
    negated,
    left: withType(left, type),
    right: withType(right, type),
  }
}

export function cannotCompare(typer: Typer, span: Span, left: Type, right: Type): Node {
  return typer.invalid(span, 'type', {
    zh: `${nameOfType(left, 'zh')}与${nameOfType(right, 'zh')}不能比较。`,
    en: `A ${nameOfType(left, 'en')} and a ${nameOfType(right, 'en')} cannot be compared.`,
  })
}

function isDuration(type: Type): type is DurationType {
  return type === 'days and time duration' || type === 'years and months duration'
}
