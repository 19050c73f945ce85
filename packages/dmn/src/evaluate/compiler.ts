import type { ArithmeticNode, CompareNode, IfNode, LogicNode, Node, RoundNode } from '../node/node.ts'
import { isSingle } from '../node/single.ts'
import type { Location } from '../problem.ts'
import { FeelDate, partsOf } from '../value/date.ts'
import { DaysDuration, SECONDS_A_DAY } from '../value/duration.ts'
import {
  Decimal,
  ROUND_PLACES_MAX,
  ROUND_PLACES_MIN,
  raised,
  roundTo,
  settled,
  withinRange,
} from '../value/number.ts'
import { compareValues, equalValues, FeelContext, isNumber } from '../value/value.ts'
import { durationArithmetic, durationPart, negated, shifted } from './durations.ts'
import { compileCall } from './functions.ts'
import type { Library } from './library.ts'
import { failure, failureOf } from './messages.ts'
import { ORDER } from './order.ts'
import type { Evaluator, Slots, TestEvaluator } from './run.ts'
import { compileSingle } from './single.ts'
import { stepping, tracedIn } from './steps.ts'
import { compileTest } from './tests.ts'

/** What the compilers of one chain of decisions share. */
export interface Shared {
  readonly inputs: Slots
  readonly decisions: Slots
  readonly library?: Library
  /** Where closures also write down their steps, into `run.steps`. */
  readonly tracing?: boolean
}

/** Turns nodes into closures once, so that an evaluation only calls them. Remembers the closure of each node. */
export class Compiler {
  readonly shared: Shared
  readonly where: Location
  readonly #compiled: Map<Node, Evaluator>

  constructor(shared: Shared, where: Location, compiled = new Map<Node, Evaluator>()) {
    this.shared = shared
    this.where = where
    this.#compiled = compiled
  }

  at(where: Partial<Location>): Compiler {
    return new Compiler(this.shared, { ...this.where, ...where }, this.#compiled)
  }

  /** The same place for closures that write nothing down. */
  untraced(): Compiler {
    return new Compiler({ ...this.shared, tracing: false }, this.where)
  }

  /** A business knowledge model or decision service as a function value. */
  knowledge(name: string): Evaluator {
    return this.shared.library?.functionOf(name) ?? (() => null)
  }

  /** The place of a node, for messages. */
  place({ from, to }: Node): Location {
    return { ...this.where, from, to }
  }

  node(node: Node): Evaluator {
    const known = this.#compiled.get(node)
    if (known !== undefined) return known
    const plain = this.#compile(node)
    const evaluator = this.shared.tracing === true ? stepping(this, node, plain) : plain
    this.#compiled.set(node, evaluator)
    return evaluator
  }

  /** A closure that was compiled before. */
  compiled(node: Node): Evaluator {
    return this.#compiled.get(node) ?? this.node(node)
  }

  /** A node the checker typed as boolean. */
  truth(node: Node): TestEvaluator {
    const of = this.node(node)
    return run => {
      const value = of(run)
      return typeof value === 'boolean' ? value : null
    }
  }

  #compile(node: Node): Evaluator {
    if (isSingle(node)) return compileSingle(this, node)
    switch (node.kind) {
      case 'literal': {
        const { value } = node
        return () => value
      }
      case 'input': {
        const slot = this.shared.inputs.of(node.name)
        return run => run.inputs[slot] ?? null
      }
      case 'decision': {
        const slot = this.shared.decisions.of(node.name)
        return run => run.decisions[slot] ?? null
      }
      case 'subject':
        return run => run.subject
      case 'today':
        return run => run.today
      case 'field': {
        const of = this.node(node.of)
        const { name } = node
        return run => {
          const value = of(run)
          return value instanceof FeelContext ? (value.fields.get(name) ?? null) : null
        }
      }
      case 'date part': {
        const of = this.node(node.of)
        const { part } = node
        return run => {
          const value = of(run)
          return value instanceof FeelDate ? new Decimal(partsOf(value)[part]) : null
        }
      }
      case 'duration part': {
        const of = this.node(node.of)
        const { part } = node
        return run => durationPart(of(run), part)
      }
      case 'arithmetic':
        return this.#arithmetic(node)
      case 'negate': {
        const operand = this.node(node.operand)
        return run => negated(operand(run))
      }
      case 'duration':
        return durationArithmetic(this, node)
      case 'shift':
        return shifted(this, node)
      case 'date difference': {
        const left = this.node(node.left)
        const right = this.node(node.right)
        return run => {
          const a = left(run)
          const b = right(run)
          if (!(a instanceof FeelDate) || !(b instanceof FeelDate)) return null
          return new DaysDuration(SECONDS_A_DAY.times(a.epochDay - b.epochDay))
        }
      }
      case 'concatenate': {
        const left = this.node(node.left)
        const right = this.node(node.right)
        return run => {
          const a = left(run)
          const b = right(run)
          return typeof a === 'string' && typeof b === 'string' ? a + b : null
        }
      }
      case 'compare':
        return this.#compare(node)
      case 'equal': {
        const left = this.node(node.left)
        const right = this.node(node.right)
        const { negated: not } = node
        return run => equalValues(left(run), right(run)) !== not
      }
      case 'and':
      case 'or':
        return this.#logic(node)
      case 'not': {
        const operand = this.node(node.operand)
        return run => {
          const value = operand(run)
          return typeof value === 'boolean' ? !value : null
        }
      }
      case 'if':
        return this.#if(node)
      case 'between': {
        const operand = this.node(node.operand)
        const low = this.node(node.low)
        const high = this.node(node.high)
        return run => {
          const value = operand(run)
          const above = compareValues(value, low(run))
          const below = compareValues(value, high(run))
          if ((above !== undefined && above < 0) || (below !== undefined && below > 0)) return false
          return above === undefined || below === undefined ? null : true
        }
      }
      case 'in': {
        if (this.shared.tracing === true) return tracedIn(this, node)
        const operand = this.node(node.operand)
        const test = compileTest(this, node.test)
        return run => {
          const outer = run.subject
          run.subject = operand(run)
          const result = test(run)
          run.subject = outer
          return result
        }
      }
      case 'round':
        return this.#round(node)
      case 'call':
        return compileCall(this, node)
      case 'invalid': {
        const { where, zh, en } = node.problem
        return failureOf('model', where, zh, en)
      }
      default:
        return node satisfies never
    }
  }

  #if(node: IfNode): Evaluator {
    const whenTrue = this.node(node.whenTrue)
    if (node.refusal === undefined) {
      const test = this.node(node.condition)
      const otherwise = this.node(node.otherwise)
      return run => (test(run) === true ? whenTrue(run) : otherwise(run))
    }
    const condition = this.untraced().node(node.condition)
    const { zh, en } = node.refusal
    const refused = failureOf('not-allowed', this.place(node), zh, en)
    return run => {
      const value = whenTrue(run)
      if (value === null || condition(run) === true) return value
      return refused(run)
    }
  }

  #arithmetic(node: ArithmeticNode): Evaluator {
    const left = this.node(node.left)
    const right = this.node(node.right)
    const tooLarge = failure('number-range', this.place(node))
    const divided = failure('division-by-zero', this.place(node))
    const operate = OPERATE[node.operator]
    return run => {
      const a = left(run)
      const b = right(run)
      if (a === null || b === null || !isNumber(a) || !isNumber(b)) return null
      if (node.operator === '/' && b.isZero()) return divided(run)
      const result = operate(a, b)
      return (result && settled(result)) ?? tooLarge(run)
    }
  }

  #compare(node: CompareNode): Evaluator {
    const left = this.node(node.left)
    const right = this.node(node.right)
    const holds = ORDER[node.operator]
    return run => {
      const order = compareValues(left(run), right(run))
      return order === undefined ? null : holds(order)
    }
  }

  #logic(node: LogicNode): Evaluator {
    const left = this.node(node.left)
    const right = this.node(node.right)
    const decisive = node.kind === 'or'
    // A reader wants to see both sides, though one may settle it.
    const { tracing = false } = this.shared
    return run => {
      const a = left(run)
      if (a === decisive && !tracing) return decisive
      const b = right(run)
      if (a === decisive) return decisive
      if (b === decisive) return decisive
      return a === null || b === null ? null : !decisive
    }
  }

  #round(node: RoundNode): Evaluator {
    const operand = this.node(node.operand)
    const places = this.node(node.places)
    const { mode } = node
    const outside = failure('argument', this.place(node))
    return run => {
      const x = operand(run)
      const n = places(run)
      if (x === null || n === null || !isNumber(x) || !isNumber(n)) return null
      const whole = n.trunc()
      if (whole.gt(ROUND_PLACES_MAX) || whole.lt(ROUND_PLACES_MIN)) return outside(run)
      return withinRange(roundTo(x, whole.toNumber(), mode)) ?? outside(run)
    }
  }
}

const OPERATE: Record<ArithmeticNode['operator'], (a: Decimal, b: Decimal) => Decimal | null> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
  '/': (a, b) => a.div(b),
  '**': raised,
}
