import type { Node } from '../node/node.ts'
import { commonType, nameOfType, type ScalarType, type Type } from '../node/type.ts'
import type { ProblemCode } from '../problem.ts'
import { FeelSyntaxError, type Span, type Syntax } from '../read/syntax.ts'
import { FeelDate, parseDate } from '../value/date.ts'
import { DaysDuration, MonthsDuration, parseDuration } from '../value/duration.ts'
import { parseNumber } from '../value/number.ts'
import { call } from './call.ts'
import { arithmetic, between, comparison, equality, negation } from './operators.ts'
import type { Reporter, Scope, Sentence } from './scope.ts'
import { literal, withType } from './typed-nodes.ts'
import { typeTests } from './unary-tests.ts'

/** Turns what one FEEL text says into typed nodes; what cannot be typed becomes an invalid node and a problem. */
export class Typer {
  readonly scope: Scope
  readonly report: Reporter
  /** Type of `?`, inside unary tests. */
  readonly subject: Type | undefined

  constructor(scope: Scope, report: Reporter, subject?: Type) {
    this.scope = scope
    this.report = report
    this.subject = subject
  }

  about(subject: Type): Typer {
    return new Typer(this.scope, this.report, subject)
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
        return this.temporalLiteral(syntax, syntax.value)
      case 'name':
        return this.#name(syntax, syntax.name)
      case 'subject':
        if (this.subject !== undefined) return { kind: 'subject', type: this.subject, from, to }
        return this.invalid(syntax, 'type', {
          zh: '“?” 只能用在决策表的条件单元格里。',
          en: '"?" has a meaning only in a condition cell of a decision table.',
        })
      case 'path':
        return this.#path(syntax, this.expression(syntax.of), syntax.name)
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
      case 'or': {
        const left = this.wanted(this.expression(syntax.left), 'boolean')
        const right = this.wanted(this.expression(syntax.right), 'boolean')
        return { kind: syntax.kind, type: 'boolean', from, to, left, right }
      }
      case 'if': {
        const condition = this.wanted(this.expression(syntax.condition), 'boolean')
        const whenTrue = this.expression(syntax.whenTrue)
        const otherwise = this.expression(syntax.otherwise)
        const type = commonType(whenTrue.type, otherwise.type)
        if (type === undefined) return this.#branchesDiffer(syntax, whenTrue.type, otherwise.type)
        return {
          kind: 'if',
          type,
          from,
          to,
          condition,
          whenTrue: withType(whenTrue, type),
          otherwise: withType(otherwise, type),
        }
      }
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
        if (syntax.callee.kind === 'name') {
          const values = syntax.args.map(each => each.value)
          return call(this, syntax, syntax.callee.name, values)
        }
        return this.#notYet(syntax, syntax.kind)
      case 'list':
        return this.invalid(syntax, 'unsupported', {
          zh: '列表只能作为 min、max、sum 的参数或 in 的右侧。',
          en: 'A list can stand only as the argument of min, max or sum, or on the right of in.',
        })
      case 'unsupported':
        return this.#notYet(syntax, syntax.what)
      case 'filter':
      case 'instance of':
      case 'for':
      case 'some':
      case 'every':
      case 'context':
      case 'function':
      case 'range':
      case 'half range':
        return this.#notYet(syntax, syntax.kind)
      default:
        return syntax satisfies never
    }
  }

  /** The node, if it is of the type or null; else a problem. */
  wanted(node: Node, type: ScalarType): Node {
    if (node.type === type) return node
    if (node.type === 'null') return withType(node, type)
    const invalid = this.invalid(node, 'type', {
      zh: `这里需要${nameOfType(type, 'zh')}，得到的是${nameOfType(node.type, 'zh')}。`,
      en: `A ${nameOfType(type, 'en')} is wanted here, not a ${nameOfType(node.type, 'en')}.`,
    })
    return withType(invalid, type)
  }

  /** `date("…")`, `duration("…")`, `@"…"`. */
  temporalLiteral(span: Span, text: string, wanted?: 'date' | 'duration'): Node {
    const value =
      wanted === 'duration' ? parseDuration(text) : (parseDate(text) ?? (wanted ? null : parseDuration(text)))
    if (value instanceof FeelDate) return literal(span, 'date', value)
    if (value instanceof DaysDuration) return literal(span, 'days and time duration', value)
    if (value instanceof MonthsDuration) return literal(span, 'years and months duration', value)
    return this.invalid(span, 'literal', {
      zh: `“${text}”不是日期（如 2024-02-29）或时长（如 P6M、P10D）。`,
      en: `"${text}" is neither a date (2024-02-29) nor a duration (P6M, P10D).`,
    })
  }

  #name(span: Span, name: string): Node {
    const { from, to } = span
    const value = this.scope.names.get(name)
    if (value !== undefined) {
      if (value.type !== undefined) return { kind: value.kind, type: value.type, from, to, name }
      // What is wrong with it has been reported at the element itself.
      const problem = this.report.at({ from, to }).error('unknown-name', {
        zh: `“${name}”本身有误，此处无法使用。请先改正“${name}”。`,
        en: `"${name}" is itself in error and cannot be used here; correct "${name}" first.`,
      })
      return { kind: 'invalid', type: 'null', from, to, problem }
    }
    if (this.scope.elsewhere.has(name)) {
      return this.invalid(span, 'not-required', {
        zh: `“${name}”在模型中，但本决策没有引用它。请从“${name}”画一条信息要求连线到本决策。`,
        en: `"${name}" is in the model but not required by this decision. Draw an information requirement from it.`,
      })
    }
    const known = [...this.scope.names.keys()]
    return this.invalid(span, 'unknown-name', {
      zh: `没有名为“${name}”的输入或决策。文本要加双引号；可用的名称：${known.join('、') || '无'}。`,
      en: `There is no input or decision "${name}". Put text in double quotes; names in reach: ${known.join(', ') || 'none'}.`,
    })
  }

  #path(span: Span, of: Node, name: string): Node {
    const { from, to } = span
    if (of.kind === 'invalid') return of
    if (of.type === 'date' && (name === 'year' || name === 'month' || name === 'day')) {
      return { kind: 'date part', type: 'number', from, to, part: name, of }
    }
    if (of.type === 'years and months duration' && (name === 'years' || name === 'months')) {
      return { kind: 'duration part', type: 'number', from, to, part: name, of }
    }
    if (of.type === 'days and time duration' && name === 'days') {
      return { kind: 'duration part', type: 'number', from, to, part: name, of }
    }
    if (typeof of.type === 'object' && of.type.kind === 'context') {
      const field = of.type.fields.find(each => each.name === name)
      if (field) return { kind: 'field', type: field.type, from, to, of, name }
    }
    return this.invalid(span, 'unknown-name', {
      zh: `${nameOfType(of.type, 'zh')}没有“${name}”这一项。`,
      en: `A ${nameOfType(of.type, 'en')} has no part "${name}".`,
    })
  }

  #notYet(span: Span, what: string): Node {
    return this.invalid(span, 'unsupported', {
      zh: `尚不支持这种写法（${what}）。`,
      en: `This form (${what}) is not supported yet.`,
    })
  }

  #branchesDiffer(span: Span, whenTrue: Type, otherwise: Type): Node {
    return this.invalid(span, 'type', {
      zh: `then 得${nameOfType(whenTrue, 'zh')}，else 得${nameOfType(otherwise, 'zh')}，两边类型须一致。`,
      en: `The then branch gives a ${nameOfType(whenTrue, 'en')}, the else branch a ${nameOfType(otherwise, 'en')}; they must agree.`,
    })
  }
}

/** Reads and types one expression; `empty` says what a blank text stands for. */
export function typeExpression(typer: Typer, text: string): Node {
  return readOr(typer, text, () => typer.expression(typer.scope.reader.expression(text)))
}

/** Runs a reading step; a syntax error becomes an invalid node. */
function readOr(typer: Typer, text: string, read: () => Node): Node {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    const span = { from: error.from, to: error.to }
    return { ...typer.invalid(span, 'syntax', { zh: error.zh, en: error.message }), from: 0, to: text.length }
  }
}
