import type { Node } from '../node/node.ts'
import type { ProblemCode } from '../problem.ts'
import { type FeelReader, feelReader } from '../read/feel.ts'
import { FeelSyntaxError, type Span, type Syntax } from '../read/syntax.ts'
import { parseNumber } from '../value/number.ts'
import { commonType, isSimple, nameOfType, type SimpleType, type Type } from '../value/type.ts'
import { call } from './call.ts'
import {
  typeContext,
  typeFilter,
  typeFor,
  typeFunction,
  typeHalfRange,
  typeList,
  typeQuantified,
  typeRange,
} from './collections.ts'
import { type Locals, namesInReach } from './locals.ts'
import { typeName, typePath } from './names.ts'
import { arithmetic, between, comparison, equality, logic, negation } from './operators.ts'
import type { Reporter, Scope, Sentence } from './scope.ts'
import { temporalLiteral } from './temporal-literals.ts'
import { literal, withType } from './typed-nodes.ts'
import { typeTests } from './unary-tests.ts'

/** Turns what one FEEL text says into typed nodes; what cannot be typed becomes an invalid node and a problem. */
export class Typer {
  readonly scope: Scope
  readonly report: Reporter
  /** Type of `?`, inside unary tests. */
  readonly subject: Type | undefined
  readonly locals: Locals | undefined
  #reader: FeelReader | undefined

  constructor(scope: Scope, report: Reporter, subject?: Type, locals?: Locals) {
    this.scope = scope
    this.report = report
    this.subject = subject
    this.locals = locals
  }

  about(subject: Type): Typer {
    return new Typer(this.scope, this.report, subject, this.locals)
  }

  within(locals: Locals): Typer {
    return new Typer(this.scope, this.report, this.subject, locals)
  }

  /** Reads texts with the names in reach now; asked again after a name was bound, it must be a new typer. */
  get reader(): FeelReader {
    this.#reader ??=
      this.locals === undefined
        ? readerOf(this.scope)
        : feelReader(namesInReach(this.scope, this.locals), this.scope.types.names)
    return this.#reader
  }

  invalid(span: Span, code: ProblemCode, sentence: Sentence): Node {
    const { from, to } = span
    return {
      kind: 'invalid',
      type: 'null',
      from,
      to,
      problem: this.report.error(code, sentence, { from, to }),
    }
  }

  expression(syntax: Syntax): Node {
    const { from, to } = syntax
    switch (syntax.kind) {
      case 'number': {
        const value = parseNumber(syntax.digits)
        if (value !== null) return literal(syntax, 'number', value)
        return this.invalid(syntax, 'literal', {
          zh: `数值 ${syntax.digits} 超出可表示的范围。`,
          en: `The number ${syntax.digits} is out of range.`,
        })
      }
      case 'string':
        return literal(syntax, 'string', syntax.value)
      case 'boolean':
        return literal(syntax, 'boolean', syntax.value)
      case 'null':
        return literal(syntax, 'null', null)
      case 'at':
        return temporalLiteral(this, syntax, syntax.value)
      case 'name':
        return typeName(this, syntax, syntax.name)
      case 'subject':
        if (this.subject !== undefined) return { kind: 'subject', type: this.subject, from, to }
        return this.invalid(syntax, 'type', {
          zh: '“?” 只能用在决策表的条件单元格里。',
          en: '"?" has a meaning only in a condition cell of a decision table.',
        })
      case 'path':
        return typePath(this, syntax)
      case 'filter':
        return typeFilter(this, syntax, this.expression(syntax.of), syntax.condition)
      case 'negate':
        return negation(this, syntax, this.expression(syntax.operand))
      case 'arithmetic':
        return arithmetic(
          this,
          syntax,
          syntax.operator,
          this.expression(syntax.left),
          this.expression(syntax.right),
        )
      case 'compare': {
        const left = this.expression(syntax.left)
        const right = this.expression(syntax.right)
        return syntax.operator === '=' || syntax.operator === '!='
          ? equality(this, syntax, syntax.operator === '!=', left, right)
          : comparison(this, syntax, syntax.operator, left, right)
      }
      case 'and':
      case 'or':
        return logic(this, syntax, syntax.kind, this.expression(syntax.left), this.expression(syntax.right))
      case 'if':
        return this.choice(
          syntax,
          this.expression(syntax.condition),
          this.expression(syntax.whenTrue),
          this.expression(syntax.otherwise),
        )
      case 'between': {
        const operand = this.expression(syntax.operand)
        return between(this, syntax, operand, this.expression(syntax.low), this.expression(syntax.high))
      }
      case 'in': {
        const operand = this.expression(syntax.operand)
        const test = typeTests(this.about(operand.type), { ...syntax, negated: false })
        return { kind: 'in', type: 'boolean', from, to, operand, test }
      }
      case 'call':
        return call(this, syntax)
      case 'instance of': {
        const operand = this.expression(syntax.operand)
        const declared = this.scope.types.ofSyntax(syntax.type)
        if (!('type' in declared)) return this.invalid(syntax.type, 'type', declared)
        return { kind: 'instance of', type: 'boolean', from, to, operand, of: declared.type }
      }
      case 'for':
        return typeFor(this, syntax)
      case 'some':
      case 'every':
        return typeQuantified(this, syntax)
      case 'list':
        return typeList(
          syntax,
          syntax.items.map(item => this.expression(item)),
        )
      case 'context':
        return typeContext(this, syntax)
      case 'function':
        return typeFunction(this, syntax)
      case 'range':
        return typeRange(this, syntax)
      case 'half range':
        return typeHalfRange(this, syntax)
      case 'unsupported':
        return this.invalid(syntax, 'unsupported', {
          zh: `不支持这种写法（${syntax.what}）。`,
          en: `This form (${syntax.what}) is not supported.`,
        })
      default:
        return syntax satisfies never
    }
  }

  /** `if`; also a boxed conditional. */
  choice(span: Span, condition: Node, whenTrue: Node, otherwise: Node): Node {
    const { from, to } = span
    const known = condition.type === 'boolean' || condition.type === 'null' || isSimple(condition.type)
    const tested = known ? this.wanted(condition, 'boolean') : condition
    const type = commonType(whenTrue.type, otherwise.type)
    if (type === undefined) {
      this.report.warn(
        'type',
        {
          zh: `then 得${nameOfType(whenTrue.type, 'zh')}，else 得${nameOfType(otherwise.type, 'zh')}，两边类型不一致；后面用到它的地方无法事先核对类型，也不能批量运行。`,
          en: `The then branch gives a ${nameOfType(whenTrue.type, 'en')}, the else branch a ${nameOfType(otherwise.type, 'en')}; what uses it cannot be checked beforehand nor run in bulk.`,
        },
        { from, to },
      )
    }
    if (known && type !== undefined) {
      return {
        kind: 'if',
        type,
        from,
        to,
        condition: tested,
        whenTrue: withType(whenTrue, type),
        otherwise: withType(otherwise, type),
      }
    }
    return { kind: 'choose', type: type ?? 'Any', from, to, condition: tested, whenTrue, otherwise }
  }

  /** The node, if it is of the type or null; else a problem. */
  wanted(node: Node, type: SimpleType): Node {
    if (node.type === type) return node
    if (node.type === 'null') return withType(node, type)
    const invalid = this.invalid(node, 'type', {
      zh: `这里需要${nameOfType(type, 'zh')}，得到的是${nameOfType(node.type, 'zh')}。`,
      en: `A ${nameOfType(type, 'en')} is wanted here, not a ${nameOfType(node.type, 'en')}.`,
    })
    return withType(invalid, type)
  }
}

const readers = new WeakMap<Scope, FeelReader>()

function readerOf(scope: Scope): FeelReader {
  const known = readers.get(scope) ?? feelReader(namesInReach(scope, undefined), scope.types.names)
  readers.set(scope, known)
  return known
}

/** Reads and types one expression; a syntax error becomes an invalid node. */
export function typeExpression(typer: Typer, text: string): Node {
  try {
    return typer.expression(typer.reader.expression(text))
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    const span = { from: error.from, to: error.to }
    return { ...typer.invalid(span, 'syntax', { zh: error.zh, en: error.message }), from: 0, to: text.length }
  }
}
