import type { Constants } from '../fold/constants.ts'
import type { ArithmeticNode, CallNode, Node } from '../node/node.ts'
import { isSingle } from '../node/single.ts'
import type { Location, Problem } from '../problem.ts'
import { ROUND_PLACES_MAX, ROUND_PLACES_MIN } from '../value/number.ts'
import { isScalar } from '../value/type.ts'
import type { ScalarValue } from '../value/value.ts'
import { allOf, anyOf, compare, emitTest, equal, numeric, turned, type Wanted } from './booleans.ts'
import { emitCall } from './calls.ts'
import { type Code, dateCode, heldOf, nullCode } from './code.ts'
import { durationWithin, isDuration } from './durations.ts'
import { literal } from './literals.ts'
import { add, alike, asDecimal, decimal, divide, exact, multiply, negate, round } from './numbers.ts'
import type { Writer } from './writer.ts'

/** A decision's value, or one for each output of a table that has several. */
export type Emitted =
  | { readonly kind: 'value'; readonly code: Code }
  | { readonly kind: 'outputs'; readonly fields: ReadonlyMap<string, Code> }

/** What the expressions of one generated function share. */
export interface Unit {
  readonly constants: Constants
  readonly writer: Writer
  readonly inputs: ReadonlyMap<string, Code>
  readonly decisions: Map<string, Emitted>
  readonly problems: Problem[]
}

/** Turns nodes into JavaScript. What has no such form is reported and stands as null, so that all of it is found. */
export class Emitter {
  readonly unit: Unit
  readonly where: Location
  /** What `?` stands for: a name. */
  readonly subject: Code | undefined

  constructor(unit: Unit, where: Location, subject?: Code) {
    this.unit = unit
    this.where = where
    this.subject = subject
  }

  get writer(): Writer {
    return this.unit.writer
  }

  at(where: Partial<Location>): Emitter {
    return new Emitter(this.unit, { ...this.where, ...where }, this.subject)
  }

  about(subject: Code): Emitter {
    return new Emitter(this.unit, this.where, subject)
  }

  refuse(node: { from: number; to: number } | undefined, zh: string, en: string, instead = 'null'): string {
    const place = node ? { from: node.from, to: node.to } : {}
    this.unit.problems.push({ code: 'bulk', severity: 'error', where: { ...this.where, ...place }, zh, en })
    return instead
  }

  /** A condition as a plain JavaScript truth: surely true, or surely false. */
  truth(node: Node, wanted: Wanted): string {
    if (this.unit.constants.isConstant(node)) {
      const value = this.unit.constants.valueOf(node)
      return wanted === 'value'
        ? String(value === null ? null : value === true)
        : String(String(value) === wanted)
    }
    switch (node.kind) {
      case 'compare':
        return compare(this, this.node(node.left), node.operator, this.node(node.right), wanted)
      case 'equal':
        return equal(this, this.node(node.left), this.node(node.right), node.negated !== (wanted === 'false'))
      case 'and':
      case 'or': {
        const parts = [node.left, node.right].map(each => (way: Wanted) => this.truth(each, way))
        return (node.kind === 'and' ? allOf : anyOf)(this, parts, wanted)
      }
      case 'not':
        return turned(wanted, way => this.truth(node.operand, way))
      case 'between': {
        const { low, high } = node
        return this.writer.over([this.node(node.operand)], operand =>
          allOf(
            this,
            [
              way => compare(this, operand, '>=', this.node(low), way),
              way => compare(this, operand, '<=', this.node(high), way),
            ],
            wanted,
          ),
        )
      }
      case 'in':
        return this.writer.over([this.node(node.operand)], operand =>
          emitTest(this.about(operand), node.test, wanted),
        )
      default: {
        const { text } = this.node(node)
        return wanted === 'value' ? text : `(${text} === ${wanted})`
      }
    }
  }

  node(node: Node): Code {
    const { constants } = this.unit
    if (constants.isConstant(node) && (!isSingle(node) || isScalar(node.type))) return this.#constant(node)
    if (isSingle(node)) {
      return this.#refused(
        node,
        '这种写法不能编译：列表、上下文、区间、函数，以及类型事先不明的值。',
        'This cannot be compiled: lists, contexts, ranges, functions and values of unknown type.',
      )
    }
    switch (node.kind) {
      case 'literal':
      case 'today':
        return this.#constant(node)
      case 'input':
        return this.unit.inputs.get(node.name) ?? this.#missing(node, node.name)
      case 'decision': {
        const emitted = this.unit.decisions.get(node.name)
        if (emitted?.kind === 'value') return emitted.code
        return this.#refused(
          node,
          `“${node.name}”有多项结果，须写明取哪一项，如 ${node.name}.名称。`,
          `"${node.name}" has several outputs; say which one, as in ${node.name}.name.`,
        )
      }
      case 'subject':
        return this.subject ?? this.#missing(node, '?')
      case 'field': {
        const emitted = node.of.kind === 'decision' ? this.unit.decisions.get(node.of.name) : undefined
        const field = emitted?.kind === 'outputs' ? emitted.fields.get(node.name) : undefined
        return (
          field ??
          this.#refused(
            node,
            '只能直接从决策取一项结果。',
            'An output can be taken only from a decision directly.',
          )
        )
      }
      case 'date part': {
        const of = this.node(node.of)
        const text = this.writer.strict([of], x => `rt.datePart(${x.text}, "${node.part}")`)
        return exact(text, of.nullable, { int: 4, scale: 0 })
      }
      case 'duration part': {
        const of = asDecimal(this.writer, this.node(node.of))
        return decimal(
          this.writer.strict([of], x => `rt.durationPart(${x.text}, "${node.part}")`),
          of.nullable,
        )
      }
      case 'arithmetic':
        return this.#arithmetic(node)
      case 'negate':
        return negate(this.writer, this.node(node.operand))
      case 'duration': {
        const { operator, type } = node
        const [left, right] = [this.node(node.left), this.node(node.right)]
        const amount =
          operator === '/'
            ? divide(this.writer, left, right)
            : operator === '*'
              ? multiply(this.writer, left, right)
              : add(this.writer, left, right, operator)
        return isDuration(type) ? durationWithin(this.writer, amount, type) : amount
      }
      case 'shift': {
        const date = this.node(node.date)
        const by = asDecimal(
          this.writer,
          node.backwards ? negate(this.writer, this.node(node.by)) : this.node(node.by),
        )
        const shift = node.by.type === 'years and months duration' ? 'shiftMonths' : 'shiftSeconds'
        return dateCode(
          this.writer.strict([date, by], (d: Code, x: Code) => `rt.${shift}(${d.text}, ${x.text})`),
        )
      }
      case 'date difference': {
        const operands = [this.node(node.left), this.node(node.right)]
        const text = this.writer.strict(operands, (a: Code, b: Code) => `(${a.text} - ${b.text}) * 86400`)
        return exact(
          text,
          operands.some(each => each.nullable),
          { int: 12, scale: 0 },
        )
      }
      case 'concatenate': {
        const operands = [this.node(node.left), this.node(node.right)]
        const text = this.writer.strict(operands, (a: Code, b: Code) => `${a.text} + ${b.text}`)
        return { ...nullCode('text'), text, atom: false, nullable: operands.some(each => each.nullable) }
      }
      case 'compare':
      case 'equal':
      case 'and':
      case 'or':
      case 'not':
      case 'between':
      case 'in':
        return {
          ...nullCode('boolean'),
          text: this.truth(node, 'value'),
          atom: false,
          nullable: node.kind !== 'equal',
        }
      case 'if':
        return this.choose(
          this.truth(node.condition, 'true'),
          this.node(node.whenTrue),
          this.node(node.otherwise),
        )
      case 'round':
        return this.#round(node)
      case 'call':
        return emitCall(this, node as CallNode)
      case 'invalid':
        return this.#refused(node, node.problem.zh, node.problem.en)
      default:
        return node satisfies never
    }
  }

  choose(condition: string, whenTrue: Code, otherwise: Code): Code {
    const [yes = whenTrue, no = otherwise] = numeric(whenTrue)
      ? alike(this.writer, [whenTrue, otherwise])
      : [whenTrue, otherwise]
    return {
      text: `(${condition} ? ${yes.text} : ${no.text})`,
      held: yes.held,
      nullable: yes.nullable || no.nullable,
      shape: { int: Math.max(yes.shape.int, no.shape.int), scale: yes.shape.scale },
      atom: false,
    }
  }

  #arithmetic(node: ArithmeticNode): Code {
    const [left, right] = [this.node(node.left), this.node(node.right)]
    switch (node.operator) {
      case '+':
      case '-':
        return add(this.writer, left, right, node.operator)
      case '*':
        return multiply(this.writer, left, right)
      case '/':
        return divide(this.writer, left, right)
      case '**': {
        const operands = [asDecimal(this.writer, left), asDecimal(this.writer, right)]
        return decimal(
          this.writer.strict(operands, (a: Code, b: Code) => `rt.power(${a.text}, ${b.text})`),
          true,
        )
      }
      default:
        return node.operator satisfies never
    }
  }

  #round(node: Extract<Node, { kind: 'round' }>): Code {
    const operand = this.node(node.operand)
    const places = this.node(node.places)
    if (/^\(?-?\d+\)?$/.test(places.text) && places.shape.scale === 0) {
      const whole = Number(places.text.replace(/[()]/g, ''))
      if (whole >= ROUND_PLACES_MIN && whole <= ROUND_PLACES_MAX)
        return round(this.writer, operand, whole, node.mode)
    }
    const operands = [asDecimal(this.writer, operand), asDecimal(this.writer, places)]
    const limits = `${ROUND_PLACES_MIN}, ${ROUND_PLACES_MAX}`
    const text = this.writer.strict(
      operands,
      (x: Code, n: Code) => `rt.roundedTo(${x.text}, ${n.text}, ${JSON.stringify(node.mode)}, ${limits})`,
    )
    return decimal(text, true)
  }

  #constant(node: Node): Code {
    if (!isScalar(node.type)) return nullCode('text')
    return literal(this.writer, this.unit.constants.valueOf(node) as ScalarValue, node.type)
  }

  #missing(node: Node, name: string): Code {
    return this.#refused(node, `“${name}”没有绑定。`, `"${name}" is bound to nothing.`)
  }

  #refused(node: Node, zh: string, en: string): Code {
    this.refuse(node, zh, en)
    return nullCode(heldOf(node.type))
  }
}
