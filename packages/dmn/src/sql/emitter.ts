import type { ArithmeticNode, EqualNode, Node } from '../node/node.ts'
import { isSingle } from '../node/single.ts'
import { isScalar, type ScalarType, type Type } from '../node/type.ts'
import type { Location, Problem } from '../problem.ts'
import { FeelDate, isWithinDatabase } from '../value/date.ts'
import { ROUND_PLACES_MAX, ROUND_PLACES_MIN } from '../value/number.ts'
import type { ScalarValue } from '../value/value.ts'
import type { Constants } from './constants.ts'
import { datePart, difference, shiftedByMonths, shiftedBySeconds } from './dates.ts'
import { durationPart, durationWithin, isDuration } from './durations.ts'
import { asNumeric, type Fragment, isInteger, over } from './fragment.ts'
import { emitCall } from './functions.ts'
import type { Levels } from './levels.ts'
import { isNull, nullCheck } from './nulls.ts'
import { add, comparable, compared, divide, multiply, negate, round } from './numbers.ts'
import { literalFragment } from './quote.ts'
import { emitTest } from './tests.ts'

/** A decision's value: one fragment, or one for each output. */
export type Emitted =
  | { readonly kind: 'value'; readonly fragment: Fragment }
  | { readonly kind: 'outputs'; readonly fields: ReadonlyMap<string, Fragment> }

/** What the expressions of one statement share. */
export interface Statement {
  readonly constants: Constants
  readonly levels: Levels
  readonly inputs: ReadonlyMap<string, Fragment>
  readonly decisions: Map<string, Emitted>
  readonly problems: Problem[]
}

/** Turns nodes into SQL. What has no set-based form is reported and stands as null, so that all of it is found. */
export class Emitter {
  readonly statement: Statement
  readonly where: Location
  /** What `?` stands for. */
  readonly subject: Fragment | undefined

  constructor(statement: Statement, where: Location, subject?: Fragment) {
    this.statement = statement
    this.where = where
    this.subject = subject
  }

  at(where: Partial<Location>): Emitter {
    return new Emitter(this.statement, { ...this.where, ...where }, this.subject)
  }

  about(subject: Fragment): Emitter {
    return new Emitter(this.statement, this.where, subject)
  }

  readonly share = (fragment: Fragment): Fragment => this.statement.levels.share(fragment)

  refuse(
    node: { readonly from: number; readonly to: number } | undefined,
    type: Type,
    zh: string,
    en: string,
  ): Fragment {
    const place = node ? { from: node.from, to: node.to } : {}
    this.statement.problems.push({
      code: 'bulk',
      severity: 'error',
      where: { ...this.where, ...place },
      zh,
      en,
    })
    return literalFragment(null, isScalar(type) ? type : 'string')
  }

  node(node: Node): Fragment {
    const { constants } = this.statement
    if (constants.isConstant(node) && (!isSingle(node) || isScalar(node.type))) return this.#constant(node)
    if (isSingle(node)) {
      return this.refuse(
        node,
        node.type,
        '这种写法只能逐户运行，不能批量运行：列表、上下文、区间、函数，以及类型事先不明的值。',
        'This runs one by one only, not in bulk: lists, contexts, ranges, functions and values of unknown type.',
      )
    }
    switch (node.kind) {
      case 'literal':
      case 'today':
        return this.#constant(node)
      case 'input':
        return this.statement.inputs.get(node.name) ?? this.#missing(node, node.name)
      case 'decision': {
        const emitted = this.statement.decisions.get(node.name)
        if (emitted?.kind === 'value') return emitted.fragment
        return this.refuse(
          node,
          node.type,
          `“${node.name}”有多项结果，批量运行时须写明取哪一项，如 ${node.name}.名称。`,
          `"${node.name}" has several outputs; in bulk say which one, as in ${node.name}.name.`,
        )
      }
      case 'subject':
        return this.subject ?? this.#missing(node, '?')
      case 'field':
        return this.#field(node.of, node.name, node)
      case 'date part':
        return datePart(node.part, this.node(node.of))
      case 'duration part':
        return durationPart(node.part, this.node(node.of))
      case 'arithmetic':
        return this.#arithmetic(node)
      case 'negate':
        return negate(this.node(node.operand))
      case 'duration':
        return this.#duration(node)
      case 'shift': {
        const date = this.node(node.date)
        const by = node.backwards ? negate(this.node(node.by)) : this.node(node.by)
        const amount = this.#constantNumber(node.by)
        const constant = amount === undefined ? undefined : node.backwards ? -amount : amount
        return node.by.type === 'years and months duration'
          ? shiftedByMonths(date, by, constant)
          : shiftedBySeconds(date, by, constant)
      }
      case 'date difference':
        return difference(this.node(node.left), this.node(node.right))
      case 'concatenate': {
        const left = this.node(node.left)
        const right = this.node(node.right)
        return over([left, right], { text: `(${left.text} || ${right.text})`, sqlType: 'text' })
      }
      case 'compare':
        return compared(this.node(node.left), node.operator, this.node(node.right))
      case 'equal':
        return this.#equal(node)
      case 'and':
      case 'or': {
        const left = this.node(node.left)
        const right = this.node(node.right)
        return over([left, right], { text: `(${left.text} ${node.kind} ${right.text})`, sqlType: 'boolean' })
      }
      case 'not': {
        const operand = this.node(node.operand)
        return over([operand], { text: `(not ${operand.text})`, sqlType: 'boolean' })
      }
      case 'if':
        return this.#if(this.node(node.condition), this.node(node.whenTrue), this.node(node.otherwise))
      case 'between': {
        const operand = this.share(this.node(node.operand))
        const low = compared(operand, '>=', this.node(node.low))
        const high = compared(operand, '<=', this.node(node.high))
        return over([low, high], { text: `(${low.text} and ${high.text})`, sqlType: 'boolean' })
      }
      case 'in': {
        const operand = this.share(this.node(node.operand))
        return emitTest(this.about(operand), node.test)
      }
      case 'round': {
        const operand = this.node(node.operand)
        const places = this.#constantNumber(node.places)
        const whole = places === undefined ? undefined : Math.trunc(places)
        if (whole !== undefined && whole >= ROUND_PLACES_MIN && whole <= ROUND_PLACES_MAX) {
          return round(operand, whole, node.mode, this.share)
        }
        return this.refuse(
          node.places,
          node.type,
          '批量运行时，保留的小数位数须是 −6111 至 6176 之间的常数。',
          'In bulk the number of places must be a constant from -6111 to 6176.',
        )
      }
      case 'call':
        return emitCall(this, node)
      case 'invalid':
        return this.refuse(node, node.type, node.problem.zh, node.problem.en)
      default:
        return node satisfies never
    }
  }

  #arithmetic(node: ArithmeticNode): Fragment {
    const { operator, left, right, type } = node
    switch (operator) {
      case '+':
      case '-':
        return add(this.node(left), this.node(right), operator)
      case '*':
        return multiply(this.node(left), this.node(right))
      case '/':
        return this.#divide(left, right, type)
      case '**':
        return this.refuse(
          node,
          type,
          '乘方（**）不能批量运行，除非两边都是常数。请改写为乘法。',
          'A power (**) cannot run in bulk unless both sides are constant; write a product.',
        )
      default:
        return operator satisfies never
    }
  }

  /** The value of a constant node; undefined where it is not constant or null. */
  constantOf(node: Node): ScalarValue | undefined {
    if (!this.statement.constants.isConstant(node)) return undefined
    const value = this.statement.constants.valueOf(node)
    return value === null || typeof value !== 'object' || isScalarObject(value)
      ? (value as ScalarValue)
      : undefined
  }

  #constant(node: Node): Fragment {
    if (!isScalar(node.type)) return literalFragment(null, 'string')
    const value = this.constantOf(node) ?? null
    if (value instanceof FeelDate && !isWithinDatabase(value)) {
      return this.refuse(
        node,
        node.type,
        '批量运行的日期须在 0001 至 9999 年之间。',
        'In bulk a date must lie in the years 1 to 9999.',
      )
    }
    return literalFragment(value, node.type)
  }

  /** Amount of a constant number or duration. */
  #constantNumber(node: Node): number | undefined {
    const value = this.constantOf(node)
    if (value === undefined || value === null || typeof value !== 'object') return undefined
    if ('months' in value) return value.months.toNumber()
    if ('seconds' in value) return value.seconds.toNumber()
    return 'epochDay' in value ? undefined : value.toNumber()
  }

  #missing(node: Node, name: string): Fragment {
    return this.refuse(
      node,
      node.type,
      `“${name}”没有绑定到列或参数。`,
      `"${name}" is bound to neither a column nor a parameter.`,
    )
  }

  #field(of: Node, name: string, node: Node): Fragment {
    const emitted = of.kind === 'decision' ? this.statement.decisions.get(of.name) : undefined
    const field = emitted?.kind === 'outputs' ? emitted.fields.get(name) : undefined
    if (field !== undefined) return field
    return this.refuse(
      node,
      node.type,
      '批量运行时只能直接从决策取一项结果。',
      'In bulk an output can be taken only from a decision directly.',
    )
  }

  #divide(left: Node, right: Node, type: Type): Fragment {
    const divisor = this.constantOf(right)
    const zero = this.#constantNumber(right) === 0
    return zero || divisor === null ? this.#null(type) : divide(this.node(left), this.node(right))
  }

  #null(type: Type): Fragment {
    return literalFragment(null, isScalar(type) ? type : 'string')
  }

  #duration(node: Extract<Node, { kind: 'duration' }>): Fragment {
    const { operator, left, right, type } = node
    const amount =
      operator === '/'
        ? this.#divide(left, right, type)
        : operator === '*'
          ? multiply(this.node(left), this.node(right))
          : add(this.node(left), this.node(right), operator)
    return isDuration(type) ? durationWithin(amount, type) : amount
  }

  #equal({ left, right, negated, type }: EqualNode): Fragment {
    if (!isScalar(left.type) && left.type !== 'null') {
      return this.refuse(
        left,
        type,
        '批量运行时只能比较单个值。',
        'In bulk only single values can be compared.',
      )
    }
    const [l, r] = comparable(this.node(left), this.node(right))
    if (isNull(r)) return nullCheck(l, !negated)
    if (isNull(l)) return nullCheck(r, !negated)
    const operands = [l, r]
    if (!l.nullable && !r.nullable) {
      return over(operands, { text: `(${l.text} ${negated ? '<>' : '='} ${r.text})`, sqlType: 'boolean' })
    }
    // With one side known to be there, `is true` settles the null; PostgreSQL can still use the plain operator.
    const text =
      l.nullable && r.nullable
        ? `(${l.text} is ${negated ? '' : 'not '}distinct from ${r.text})`
        : `((${l.text} = ${r.text}) is ${negated ? 'not ' : ''}true)`
    return over(operands, { text, sqlType: 'boolean', nullable: false })
  }

  #if(condition: Fragment, whenTrue: Fragment, otherwise: Fragment): Fragment {
    const [yes, no] = comparable(whenTrue, otherwise)
    return over([condition, yes, no], {
      text: `(case when ${condition.text} then ${yes.text} else ${no.text} end)`,
      sqlType: yes.sqlType === 'integer' ? no.sqlType : yes.sqlType,
      nullable: yes.nullable || no.nullable,
      shape: { int: Math.max(yes.shape.int, no.shape.int), scale: Math.max(yes.shape.scale, no.shape.scale) },
    })
  }
}

/** The type a statement gives a value: numbers always as numeric, without trailing zeros, as the evaluator has them. */
export function asResult(fragment: Fragment, type: ScalarType): Fragment {
  if (isInteger(fragment.sqlType)) return asNumeric(fragment)
  const isAmount = type !== 'string' && type !== 'boolean' && type !== 'date'
  return isAmount && !fragment.literal ? { ...fragment, text: `trim_scale(${fragment.text})` } : fragment
}

function isScalarObject(value: object): value is Exclude<ScalarValue, null | string | boolean> {
  return !Array.isArray(value) && !('fields' in value)
}
