import type { CallNode, DurationNode, IfNode, Node, RoundNode, ShiftNode } from '../node/node.ts'
import { isSingle } from '../node/single.ts'
import { FeelDate, partsOf } from '../value/date.ts'
import { DaysDuration, MonthsDuration } from '../value/duration.ts'
import { Decimal } from '../value/number.ts'
import { shiftDate } from '../value/shift.ts'
import { isNumber } from '../value/value.ts'
import {
  asMoving,
  DAYS_A_MONTH,
  DAYS_A_YEAR,
  type Germ,
  type Moving,
  moving,
  over,
  plus,
  SECONDS_A_DAY,
  scaled,
  still,
  times,
  valueHere,
  ZERO,
} from './germ.ts'
import { HOLDS } from './horizon.ts'
import { blurred, type Place, truth } from './place.ts'

const NULL = still(null)

/** The germ of a node, where the place is one from which an input moves. */
export function follow(node: Node, place: Place): Germ {
  if (!place.depends(node)) return still(place.steady(node))
  if (isSingle(node)) return blurred(node, place)
  const operand = (each: Node) => place.follow(each)
  const pair = (a: Node, b: Node) => [asMoving(operand(a)), asMoving(operand(b))] as const
  switch (node.kind) {
    case 'input':
      return place.input(node.name)
    case 'decision':
      return place.decision(node.name)
    case 'subject':
      return place.subject
    case 'arithmetic': {
      const [a, b] = pair(node.left, node.right)
      if (a === undefined || b === undefined) return NULL
      const { operator } = node
      switch (operator) {
        case '+':
          return plus(a, b, 'number')
        case '-':
          return plus(a, b, 'number', -1)
        case '*':
          return times(a, b, 'number')
        case '/':
          return over(a, b, 'number')
        case '**':
          return blurred(node, place)
        default:
          return operator satisfies never
      }
    }
    case 'negate': {
      const a = asMoving(operand(node.operand))
      return a === undefined ? NULL : scaled(a, new Decimal(-1), a.kind, true)
    }
    case 'duration':
      return followDuration(node, ...pair(node.left, node.right))
    case 'shift':
      return followShift(node, ...pair(node.date, node.by))
    case 'date difference': {
      const [a, b] = pair(node.left, node.right)
      if (a === undefined || b === undefined) return NULL
      const days = asMoving(plus(a, b, 'number', -1))
      return days === undefined ? NULL : scaled(days, SECONDS_A_DAY, 'days and time duration', true)
    }
    case 'date part': {
      const date = operand(node.of)
      if (node.part !== 'year' || !date.moves) return blurred(node, place)
      const { year } = partsOf(valueHere(date) as FeelDate)
      return moving('number', new Decimal(year), date.slope.div(DAYS_A_YEAR), false)
    }
    case 'duration part': {
      const a = operand(node.of)
      const unit = node.part === 'days' ? SECONDS_A_DAY : new Decimal(12)
      if (node.part === 'months' || !a.moves) return blurred(node, place)
      return moving('number', a.at.divToInt(unit), a.slope.div(unit), false)
    }
    case 'compare': {
      const order = place.horizon.order(operand(node.left), operand(node.right))
      return still(order === undefined ? null : HOLDS[node.operator](order))
    }
    case 'equal':
      return still(place.horizon.equal(operand(node.left), operand(node.right)) !== node.negated)
    case 'between': {
      const of = operand(node.operand)
      const above = place.horizon.order(of, operand(node.low))
      const below = place.horizon.order(of, operand(node.high))
      if ((above !== undefined && above < 0) || (below !== undefined && below > 0)) return still(false)
      return still(above === undefined || below === undefined ? null : true)
    }
    case 'and':
    case 'or': {
      const decisive = node.kind === 'or'
      const a = truth(operand(node.left), place)
      if (a === decisive && !place.thorough) return still(decisive)
      const b = truth(operand(node.right), place)
      return still(a === decisive || b === decisive ? decisive : a === null || b === null ? null : !decisive)
    }
    case 'not': {
      const a = truth(operand(node.operand), place)
      return still(a === null ? null : !a)
    }
    case 'if':
      return followIf(node, place)
    case 'in':
      return still(place.about(operand(node.operand)).test(node.test))
    case 'round':
      return followRound(node, place)
    case 'call':
      return followCall(node, place)
    case 'field': {
      const of = operand(node.of)
      return of.moves ? NULL : (of.fields?.get(node.name) ?? blurred(node, place))
    }
    case 'concatenate':
    case 'today':
    case 'literal':
    case 'invalid':
      return blurred(node, place)
    default:
      return node satisfies never
  }
}

function followIf(node: IfNode, place: Place): Germ {
  if (node.refusal !== undefined) {
    const value = place.follow(node.whenTrue)
    if (!value.moves && value.value === null) return value
    return truth(place.follow(node.condition), place) === true ? value : NULL
  }
  const branch = truth(place.follow(node.condition), place) === true ? node.whenTrue : node.otherwise
  return place.follow(branch)
}

/** A rounding is followed as if it were none: where its steps lie is found by trying. */
function followRound(node: RoundNode, place: Place): Germ {
  const operand = asMoving(place.follow(node.operand))
  if (operand === undefined) return NULL
  const rounded = place.here(node)
  if (rounded === null || !isNumber(rounded)) return blurred(node, place)
  // At the place itself the rounded value counts; unless it lags behind the slope, the exact one tells where it turns.
  return moving('number', rounded, operand.slope, false)
}

function followCall(node: CallNode, place: Place): Germ {
  const { function: name } = node
  if (name === 'is defined') {
    const [a = NULL] = node.args.map(each => place.follow(each))
    return still(a.moves || a.value !== null)
  }
  if (name === 'min' || name === 'max') return extreme(node.args, place, name === 'min')
  if (name === 'sum') return sum(node.args, place)
  if (name === 'abs') {
    const [a] = node.args.map(each => asMoving(place.follow(each)))
    if (a === undefined) return NULL
    const zero: Moving = { ...a, at: ZERO, slope: ZERO }
    const below = (place.horizon.order(a, zero) ?? 0) < 0
    return below ? scaled(a, new Decimal(-1), a.kind, true) : a
  }
  if (name === 'years and months duration') {
    const [from, to] = node.args.map(each => asMoving(place.follow(each)))
    const months = place.here(node)
    if (from === undefined || to === undefined || !(months instanceof MonthsDuration)) return NULL
    const slope = to.slope.minus(from.slope).div(DAYS_A_MONTH)
    return moving('years and months duration', months.months, slope, false)
  }
  return blurred(node, place)
}

function extreme(args: readonly Node[], place: Place, least: boolean): Germ {
  let best: Germ | undefined
  for (const arg of args) {
    const germ = place.follow(arg)
    if (!germ.moves && germ.value === null) return germ
    const order = best === undefined ? undefined : place.horizon.order(germ, best)
    if (best !== undefined && order === undefined) return NULL
    if (best === undefined || (order !== undefined && order !== 0 && order < 0 === least)) best = germ
  }
  return best ?? NULL
}

function sum(args: readonly Node[], place: Place): Germ {
  let total: Germ = still(ZERO)
  for (const arg of args) {
    const [a, b] = [asMoving(total), asMoving(place.follow(arg))]
    if (a === undefined || b === undefined) return NULL
    total = plus(a, b, 'number')
  }
  return total
}

function followDuration(node: DurationNode, a: Moving | undefined, b: Moving | undefined): Germ {
  if (a === undefined || b === undefined) return NULL
  switch (node.operator) {
    case '+':
      return plus(a, b, a.kind)
    case '-':
      return plus(a, b, a.kind, -1)
    case '*': {
      const kind = a.kind === 'number' ? b.kind : a.kind
      return wholeMonths(times(a, b, kind))
    }
    case '/':
      return b.kind === 'number' ? wholeMonths(over(a, b, a.kind)) : over(a, b, 'number')
    default:
      return node.operator satisfies never
  }
}

/** Months that move only seem to do so evenly: parts of one are dropped. */
function wholeMonths(germ: Germ): Germ {
  return germ.moves && germ.kind === 'years and months duration' ? { ...germ, sure: false } : germ
}

function followShift(node: ShiftNode, date: Moving | undefined, by: Moving | undefined): Germ {
  if (date === undefined || by === undefined) return NULL
  const sign = node.backwards ? -1 : 1
  const months = by.kind === 'years and months duration'
  const amount = months ? by.at.trunc().times(sign) : by.at.times(sign)
  const day = new FeelDate(date.at.floor().toNumber())
  const to = shiftDate(day, months ? new MonthsDuration(amount) : new DaysDuration(amount))
  if (to === null) return NULL
  const rate = months ? DAYS_A_MONTH : new Decimal(1).div(SECONDS_A_DAY)
  const slope = date.slope.plus(by.slope.times(sign).times(rate))
  const wholeDays = !months && by.slope.isZero() && by.at.mod(SECONDS_A_DAY).isZero()
  const at = wholeDays ? date.at.plus(by.at.times(sign).div(SECONDS_A_DAY)) : new Decimal(to.epochDay)
  return moving('date', at, slope, date.sure && by.sure && wholeDays)
}
