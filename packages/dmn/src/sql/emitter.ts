import type { ArithmeticNode, Node, RoundNode } from '../node/node.ts'
import { isSingle, type SingleNode } from '../node/single.ts'
import { staticForm } from '../node/static-form.ts'
import { walk } from '../node/walk.ts'
import type { Location } from '../problem.ts'
import { FeelDate, isWithinDatabase } from '../value/date.ts'
import { ROUND_PLACES_MAX, ROUND_PLACES_MIN } from '../value/number.ts'
import { isDuration, isScalar, type Type } from '../value/type.ts'
import type { ScalarValue } from '../value/value.ts'
import { type ChildScope, emitAggregate, emitField } from './children.ts'
import { specialised } from './choices.ts'
import { compared, emitEqual } from './comparison.ts'
import type { Dialect } from './dialect.ts'
import { type Fragment, over, type SqlType } from './fragment.ts'
import type { Emitted, Statement } from './shared.ts'
import { emitTest } from './tests.ts'
import { typeOfValue } from './value-type.ts'

/** Turns nodes into SQL. What has no set-based form is reported and stands as null, so that all of it is found. */
export class Emitter {
  readonly statement: Statement
  readonly where: Location
  /** What `?` stands for. */
  readonly subject: Fragment | undefined
  /** Set inside a condition on the records of a child table. */
  readonly child: ChildScope | undefined

  constructor(statement: Statement, where: Location, subject?: Fragment, child?: ChildScope) {
    this.statement = statement
    this.where = where
    this.subject = subject
    this.child = child
  }

  /** The same emitter among the records of a child table: nothing there can be given a level of its own. */
  inside(child: ChildScope): Emitter {
    const share = (fragment: Fragment) => fragment
    return new Emitter({ ...this.statement, share, specialised: true }, this.where, undefined, child)
  }

  at(where: Partial<Location>): Emitter {
    return new Emitter(this.statement, { ...this.where, ...where }, this.subject, this.child)
  }

  about(subject: Fragment): Emitter {
    return new Emitter(this.statement, this.where, subject, this.child)
  }

  get dialect(): Dialect {
    return this.statement.dialect
  }

  readonly share = (fragment: Fragment): Fragment => this.statement.share(fragment)

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
    return this.dialect.literal(null, isScalar(type) ? type : 'string')
  }

  /** The same emitter with another reading of one decision, for a branch of its own. */
  with(name: string, read: (emitted: Emitted) => Emitted): Emitter {
    const decisions = new Map(this.statement.decisions)
    const emitted = decisions.get(name)
    if (emitted !== undefined) decisions.set(name, read(emitted))
    return new Emitter({ ...this.statement, decisions, specialised: true }, this.where, this.subject)
  }

  /** Null, of the type of another value. */
  nullLike({ sqlType }: Fragment): Fragment {
    const type =
      sqlType === 'text' ? 'string' : sqlType === 'boolean' || sqlType === 'date' ? sqlType : 'number'
    return this.dialect.literal(null, type)
  }

  /** A value that came from a literal of the model. */
  literalOf(value: NonNullable<ScalarValue>): Fragment {
    return this.dialect.holds(value)
      ? this.dialect.literal(value, typeOfValue(value))
      : this.#tooLong(undefined, 'number')
  }

  node(node: Node): Fragment {
    if (this.isConstant(node) && (!isSingle(node) || isScalar(node.type))) return this.#constant(node)
    if (isSingle(node)) {
      const emitted = emitField(this, node) ?? emitAggregate(this, node) ?? this.#known(node)
      if (emitted !== undefined) return emitted
      return this.refuse(
        node,
        node.type,
        '这种写法只能逐户运行，不能批量运行：列表、上下文、区间、函数，以及类型事先不明的值。',
        'This runs one by one only, not in bulk: lists, contexts, ranges, functions and values of unknown type.',
      )
    }
    const byRule = specialised(this, node)
    if (byRule !== undefined) return byRule
    switch (node.kind) {
      case 'literal':
      case 'today':
        return this.#constant(node)
      case 'input':
        if (this.child) this.child.readsSubject = true
        return this.statement.inputs.get(node.name) ?? this.#missing(node, node.name)
      case 'decision': {
        if (this.child) this.child.readsSubject = true
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
        return this.dialect.datePart(node.part, this.node(node.of))
      case 'duration part':
        return this.dialect.durationPart(node.part, this.node(node.of))
      case 'arithmetic':
        return this.#arithmetic(node)
      case 'negate':
        return this.dialect.negate(this, this.node(node.operand))
      case 'duration':
        return this.#duration(node)
      case 'shift': {
        const date = this.node(node.date)
        const by = node.backwards ? this.dialect.negate(this, this.node(node.by)) : this.node(node.by)
        const amount = this.#constantNumber(node.by)
        const constant = amount === undefined ? undefined : node.backwards ? -amount : amount
        return node.by.type === 'years and months duration'
          ? this.dialect.shiftedByMonths(date, by, constant)
          : this.dialect.shiftedBySeconds(date, by, constant)
      }
      case 'date difference':
        return this.dialect.difference(this.node(node.left), this.node(node.right))
      case 'concatenate':
        return this.#between(node, '||', 'text')
      case 'compare':
        return compared(this, this.node(node.left), node.operator, this.node(node.right))
      case 'equal':
        return emitEqual(this, node)
      case 'and':
      case 'or':
        return this.#between(node, node.kind, 'boolean')
      case 'not': {
        const operand = this.node(node.operand)
        return over([operand], { text: `(not ${operand.text})`, sqlType: 'boolean' })
      }
      case 'if':
        return this.#if(this.node(node.condition), this.node(node.whenTrue), this.node(node.otherwise))
      case 'between': {
        const operand = this.share(this.node(node.operand))
        const low = compared(this, operand, '>=', this.node(node.low))
        const high = compared(this, operand, '<=', this.node(node.high))
        return over([low, high], { text: `(${low.text} and ${high.text})`, sqlType: 'boolean' })
      }
      case 'in': {
        const operand = this.share(this.node(node.operand))
        return emitTest(this.about(operand), node.test)
      }
      case 'round':
        return this.#round(node)
      case 'call':
        return this.dialect.calls[node.function](
          this,
          node.args.map(arg => this.node(arg)),
          node,
        )
      case 'invalid':
        return this.refuse(node, node.type, node.problem.zh, node.problem.en)
      default:
        return node satisfies never
    }
  }

  /** A dynamic operator whose operands turn out to be of one known type is the static one. */
  #known(node: SingleNode): Fragment | undefined {
    const known = this.#resolved(node)
    return known === node ? undefined : this.node(known)
  }

  /** What a node stands for, once it is known what a record has. */
  #resolved(node: Node): Node {
    if (!isSingle(node)) return node
    if (node.kind === 'text') return this.#resolved(node.expression)
    if (node.kind === 'item name' && this.child && !this.child.fields.has(node.name))
      return this.#resolved(node.otherwise)
    return staticForm(node, operand => this.#resolved(operand)) ?? node
  }

  /** Two values in one representation. */
  pair(left: Fragment, right: Fragment): readonly [Fragment, Fragment] {
    const [l = left, r = right] = this.dialect.alike(this, [left, right])
    return [l, r]
  }

  /** An operator that SQL has as FEEL has it, null included. */
  #between(
    node: { readonly left: Node; readonly right: Node },
    operator: string,
    sqlType: SqlType,
  ): Fragment {
    const [left, right] = [this.node(node.left), this.node(node.right)]
    return over([left, right], { text: `(${left.text} ${operator} ${right.text})`, sqlType })
  }

  #arithmetic(node: ArithmeticNode): Fragment {
    const { operator, left, right, type } = node
    switch (operator) {
      case '+':
      case '-':
        return this.dialect.add(this, this.node(left), this.node(right), operator)
      case '*':
        return this.dialect.multiply(this, this.node(left), this.node(right))
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

  /** Among the records of a child table, what reads a record is none. */
  isConstant(node: Node): boolean {
    if (!this.statement.constants.isConstant(node)) return false
    return this.child === undefined || [...walk(node)].every(each => each.kind !== 'local')
  }

  /** The value of a constant node; undefined where it is not constant or null. */
  constantOf(node: Node): ScalarValue | undefined {
    if (!this.isConstant(node)) return undefined
    const value = this.statement.constants.valueOf(node)
    return value === null || typeof value !== 'object' || isScalarObject(value)
      ? (value as ScalarValue)
      : undefined
  }

  #constant(node: Node): Fragment {
    if (!isScalar(node.type)) return this.dialect.literal(null, 'string')
    const value = this.constantOf(node) ?? null
    if (value instanceof FeelDate && !isWithinDatabase(value)) {
      return this.refuse(
        node,
        node.type,
        '批量运行的日期须在 0001 至 9999 年之间。',
        'In bulk a date must lie in the years 1 to 9999.',
      )
    }
    if (value !== null && !this.dialect.holds(value)) return this.#tooLong(node, node.type)
    return this.dialect.literal(value, node.type)
  }

  #tooLong(node: Node | undefined, type: Type): Fragment {
    return this.refuse(
      node,
      type,
      '这个常数的位数太多，该数据库无法精确表示。',
      'The constant has more digits than this database holds exactly.',
    )
  }

  /** Amount of a constant number or duration. */
  #constantNumber(node: Node): number | undefined {
    const value = this.constantOf(node)
    if (value === undefined || value === null || typeof value !== 'object') return undefined
    if ('months' in value) return value.months.toNumber()
    if ('seconds' in value) return value.seconds.toNumber()
    return 'epochDay' in value ? undefined : value.toNumber()
  }

  /** Exactly: 1e-400 is not zero, although as a double it is. */
  #isZeroOrNull(node: Node): boolean {
    const value = this.constantOf(node)
    if (value === null) return true
    if (value === undefined || typeof value !== 'object' || 'epochDay' in value) return false
    return ('months' in value ? value.months : 'seconds' in value ? value.seconds : value).isZero()
  }

  #round({ operand, places, mode, type }: RoundNode): Fragment {
    const count = this.#constantNumber(places)
    const whole = count === undefined ? undefined : Math.trunc(count)
    if (whole === undefined || whole < ROUND_PLACES_MIN || whole > ROUND_PLACES_MAX) {
      return this.refuse(
        places,
        type,
        '批量运行时，保留的小数位数须是 −6111 至 6176 之间的常数。',
        'In bulk the number of places must be a constant from -6111 to 6176.',
      )
    }
    const { dialect } = this
    const isQuotient = operand.kind === 'arithmetic' && operand.operator === '/'
    if (isQuotient && dialect.roundQuotient && !this.isConstant(operand)) {
      const { left, right } = operand
      if (this.#isZeroOrNull(right)) return this.#null(type)
      return dialect.roundQuotient(this, this.node(left), this.node(right), whole, mode)
    }
    return dialect.round(this, this.node(operand), whole, mode)
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
    return this.#isZeroOrNull(right)
      ? this.#null(type)
      : this.dialect.divide(this, this.node(left), this.node(right))
  }

  #null(type: Type): Fragment {
    return this.dialect.literal(null, isScalar(type) ? type : 'string')
  }

  #duration(node: Extract<Node, { kind: 'duration' }>): Fragment {
    const { operator, left, right, type } = node
    const amount =
      operator === '/'
        ? this.#divide(left, right, type)
        : operator === '*'
          ? this.dialect.multiply(this, this.node(left), this.node(right))
          : this.dialect.add(this, this.node(left), this.node(right), operator)
    return isDuration(type) ? this.dialect.durationWithin(this, amount, type) : amount
  }

  #if(condition: Fragment, whenTrue: Fragment, otherwise: Fragment): Fragment {
    const [yes, no] = this.pair(whenTrue, otherwise)
    return over([condition, yes, no], {
      text: `(case when ${condition.text} then ${yes.text} else ${no.text} end)`,
      sqlType: yes.sqlType,
      nullable: yes.nullable || no.nullable,
      shape: { int: Math.max(yes.shape.int, no.shape.int), scale: Math.max(yes.shape.scale, no.shape.scale) },
    })
  }
}

function isScalarObject(value: object): value is Exclude<ScalarValue, null | string | boolean> {
  return !Array.isArray(value) && !('fields' in value)
}
