import type { DurationNode, ShiftNode } from '../node/node.ts'
import { FeelDate } from '../value/date.ts'
import {
  DaysDuration,
  daysDuration,
  MonthsDuration,
  monthsDuration,
  SECONDS_A_DAY,
} from '../value/duration.ts'
import { type Decimal, settled } from '../value/number.ts'
import { shiftDate } from '../value/shift.ts'
import { isNumber, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { failure } from './messages.ts'
import type { Evaluator } from './run.ts'

export function negated(value: Value): Value {
  if (value === null) return null
  if (value instanceof DaysDuration) return new DaysDuration(opposite(value.seconds))
  if (value instanceof MonthsDuration) return new MonthsDuration(opposite(value.months))
  return isNumber(value) ? opposite(value) : null
}

/** Without a minus zero. */
function plus0(x: Decimal): Decimal {
  return x.isZero() ? x.abs() : x
}

function opposite(x: Decimal): Decimal {
  return x.isZero() ? x : x.negated()
}

export function durationPart(value: Value, part: 'years' | 'months' | 'days'): Value {
  if (value instanceof DaysDuration) return plus0(value.seconds.divToInt(SECONDS_A_DAY))
  if (!(value instanceof MonthsDuration)) return null
  return plus0(part === 'years' ? value.months.divToInt(12) : value.months.mod(12))
}

/** date ± duration. Hours are dropped downwards: a date plus PT25H is the next day, minus PT1H the day before. */
export function shifted(compiler: Compiler, node: ShiftNode): Evaluator {
  const date = compiler.node(node.date)
  const by = compiler.node(node.by)
  const outside = failure('date-range', compiler.place(node))
  return run => {
    const from = date(run)
    const given = by(run)
    if (!(from instanceof FeelDate) || given === null) return null
    const duration = node.backwards ? negated(given) : given
    if (!(duration instanceof MonthsDuration || duration instanceof DaysDuration)) return null
    return shiftDate(from, duration) ?? outside(run)
  }
}

/** Months stay whole: what a product or quotient leaves over is dropped towards zero. */
export function durationArithmetic(compiler: Compiler, node: DurationNode): Evaluator {
  const left = compiler.node(node.left)
  const right = compiler.node(node.right)
  const tooLarge = failure('number-range', compiler.place(node))
  const divided = failure('division-by-zero', compiler.place(node))
  const { operator } = node
  return run => {
    const a = left(run)
    const b = right(run)
    const x = amountOf(a)
    const y = amountOf(b)
    if (x === undefined || y === undefined) return null
    if (operator === '/' && y.isZero()) return divided(run)
    const amount = settled(OPERATE[operator](x, y))
    if (amount === null) return tooLarge(run)
    const givesNumber = operator === '/' && b !== null && !isNumber(b)
    if (givesNumber) return amount
    return (a instanceof MonthsDuration ? monthsDuration(amount) : daysDuration(amount)) ?? tooLarge(run)
  }
}

const OPERATE: Record<DurationNode['operator'], (a: Decimal, b: Decimal) => Decimal> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
  '/': (a, b) => a.div(b),
}

function amountOf(value: Value): Decimal | undefined {
  if (value === null) return undefined
  if (value instanceof DaysDuration) return value.seconds
  if (value instanceof MonthsDuration) return value.months
  return isNumber(value) ? value : undefined
}
