import type { OrderOperator } from '../node/node.ts'
import { DIGITS_MAX, type RoundingMode } from '../value/number.ts'
import { type Code, isSafe, NO_SHAPE, SAFE_DIGITS, type Shape } from './code.ts'
import { anyNullable, type Writer } from './writer.ts'

/**
 * Arithmetic equal to the evaluator's. Sums and products of exact numbers stay exact integers as long as their
 * digits prove that no rounding to 34 digits can happen; up to 15 digits they are bare JavaScript operators, beyond
 * that the runtime looks at each value and takes a bigint where it must. The rest, and every quotient, is Decimal.
 */
export function add(writer: Writer, left: Code, right: Code, operator: '+' | '-'): Code {
  const scale = Math.max(left.shape.scale, right.shape.scale)
  const shape = { int: Math.max(left.shape.int, right.shape.int) + 1, scale }
  if (!bothExact(left, right) || digits(shape) > DIGITS_MAX) {
    return decimalOf(writer, operator === '+' ? 'rt.plus' : 'rt.minus', left, right)
  }
  const [a, b] = [scaled(writer, left, scale), scaled(writer, right, scale)]
  const build = (x: Code, y: Code) =>
    digits(shape) <= SAFE_DIGITS
      ? `${x.text} ${operator} ${y.text}`
      : `rt.${operator === '+' ? 'add' : 'subtract'}(${x.text}, ${y.text})`
  return exact(writer.strict([a, b], build), anyNullable([a, b]), shape)
}

export function multiply(writer: Writer, left: Code, right: Code): Code {
  const shape = { int: left.shape.int + right.shape.int, scale: left.shape.scale + right.shape.scale }
  if (!bothExact(left, right) || digits(shape) > DIGITS_MAX) {
    return decimalOf(writer, 'rt.times', left, right)
  }
  const safe = digits(shape) <= SAFE_DIGITS
  const text = writer.strict([left, right], (x: Code, y: Code) =>
    safe ? `${x.text} * ${y.text}` : `rt.multiply(${x.text}, ${y.text})`,
  )
  return exact(text, anyNullable([left, right]), shape)
}

/** Null for a divisor of zero. */
export function divide(writer: Writer, left: Code, right: Code): Code {
  return { ...decimalOf(writer, 'rt.quotient', left, right), nullable: true }
}

export function negate(writer: Writer, operand: Code): Code {
  if (operand.held === 'decimal')
    return decimal(
      writer.strict([operand], x => `rt.negated(${x.text})`),
      operand.nullable,
    )
  const text = writer.strict([operand], x =>
    isSafe(operand) ? `0 - ${x.text}` : `rt.subtract(0, ${x.text})`,
  )
  return exact(text, operand.nullable, operand.shape)
}

export function absolute(writer: Writer, operand: Code): Code {
  if (operand.held === 'decimal')
    return decimal(
      writer.strict([operand], x => `${x.text}.abs()`),
      operand.nullable,
    )
  return exact(
    writer.strict(
      [operand],
      x => `(${x.text} < 0 ? ${isSafe(operand) ? `-${x.text}` : `rt.subtract(0, ${x.text})`} : ${x.text})`,
    ),
    operand.nullable,
    operand.shape,
  )
}

/** @param places  a constant of the model */
export function round(writer: Writer, operand: Code, places: number, mode: RoundingMode): Code {
  if (operand.held === 'decimal') {
    const text = writer.strict([operand], x => `rt.rounded(${x.text}, ${places}, ${JSON.stringify(mode)})`)
    return decimal(text, true)
  }
  const dropped = operand.shape.scale - places
  if (dropped <= 0) return operand
  const shape = { int: Math.max(operand.shape.int, -places) + 1, scale: Math.max(places, 0) }
  if (digits(shape) > DIGITS_MAX || dropped > DIGITS_MAX)
    return round(writer, asDecimal(writer, operand), places, mode)
  const unit = dropped <= SAFE_DIGITS ? `1e${dropped}` : `${10n ** BigInt(dropped)}n`
  const back = places < 0 ? `, 1e${-places}` : ''
  const text = writer.strict([operand], x => `rt.round${NAME[mode]}(${x.text}, ${unit}${back})`)
  return exact(text, operand.nullable, shape)
}

const NAME: Record<RoundingMode, string> = {
  'half up': 'HalfUp',
  'half even': 'HalfEven',
  'half down': 'HalfDown',
  up: 'Up',
  down: 'Down',
  floor: 'Floor',
  ceiling: 'Ceiling',
}

/** Brings numbers to one representation, so that they can be compared or chosen between. */
export function alike(writer: Writer, values: readonly Code[]): Code[] {
  if (values.some(value => value.held === 'decimal')) return values.map(value => asDecimal(writer, value))
  const scale = Math.max(0, ...values.map(value => value.shape.scale))
  if (values.some(({ shape }) => shape.int + scale > DIGITS_MAX))
    return values.map(value => asDecimal(writer, value))
  return values.map(value => scaled(writer, value, scale))
}

export function asDecimal(writer: Writer, value: Code): Code {
  if (value.held !== 'exact') return value
  if (value.text === 'null') return { ...value, held: 'decimal' }
  const { scale } = value.shape
  if (isLiteral(value)) {
    return {
      ...value,
      text: writer.constant(`rt.decimal(${value.text}, ${scale})`),
      held: 'decimal',
      shape: NO_SHAPE,
    }
  }
  return decimal(
    writer.strict([value], x => `rt.decimal(${x.text}, ${scale})`),
    value.nullable,
  )
}

/** Exact numbers of one scale compare by JavaScript's own operators, a number with a bigint too. */
export function ordered(left: Code, operator: OrderOperator, right: Code): string {
  switch (left.held) {
    case 'decimal':
      return `${left.text}.${METHOD[operator]}(${right.text})`
    case 'text':
      return `rt.compareText(${left.text}, ${right.text}) ${operator} 0`
    default:
      return `${left.text} ${operator} ${right.text}`
  }
}

const METHOD: Record<OrderOperator, string> = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' }

export function decimal(text: string, nullable: boolean): Code {
  return { text, held: 'decimal', nullable, shape: NO_SHAPE, atom: false }
}

export function exact(text: string, nullable: boolean, shape: Shape): Code {
  return { text, held: 'exact', nullable, shape, atom: false }
}

function scaled(writer: Writer, value: Code, scale: number): Code {
  const more = scale - value.shape.scale
  if (more === 0) return value
  const shape = { int: value.shape.int, scale }
  if (value.text === 'null') return { ...value, shape }
  if (isLiteral(value)) {
    const digitsOf = BigInt(value.text.replace('n', '').replace(/[()]/g, '')) * 10n ** BigInt(more)
    return { ...value, text: integerLiteral(digitsOf), shape }
  }
  const text = writer.strict([value], x =>
    digits(shape) <= SAFE_DIGITS
      ? `${x.text} * 1e${more}`
      : `rt.multiply(${x.text}, ${integerLiteral(10n ** BigInt(more))})`,
  )
  return exact(text, value.nullable, shape)
}

export function integerLiteral(value: bigint): string {
  const text =
    value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
      ? `${value}`
      : `${value}n`
  return value < 0n ? `(${text})` : text
}

function isLiteral({ text }: Code): boolean {
  return /^\(?-?\d+n?\)?$/.test(text)
}

/** The result may be out of the range of numbers, so it may be null. */
function decimalOf(writer: Writer, operation: string, left: Code, right: Code): Code {
  const operands = [asDecimal(writer, left), asDecimal(writer, right)]
  return decimal(
    writer.strict(operands, (x: Code, y: Code) => `${operation}(${x.text}, ${y.text})`),
    true,
  )
}

function bothExact(left: Code, right: Code): boolean {
  return left.held === 'exact' && right.held === 'exact'
}

function digits({ int, scale }: Shape): number {
  return int + scale
}
