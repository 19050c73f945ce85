import type { SyntaxNode } from '@lezer/common'
import { parser, trackVariables } from 'lezer-feel'
import { unescapeString } from './literals.ts'
import {
  type ArgumentSyntax,
  type ArithmeticOperator,
  type ComparisonOperator,
  FeelSyntaxError,
  type Syntax,
  type TestSyntax,
  type UnaryTests,
} from './syntax.ts'

/** Names in scope, with the fields of those that have any: FEEL cannot be cut into words without them. */
export type Names = { readonly [name: string]: Names | 1 }

export interface FeelReader {
  /** @throws FeelSyntaxError */
  expression(text: string): Syntax
  /** @throws FeelSyntaxError */
  unaryTests(text: string): UnaryTests
}

export const TEXT_LENGTH_MAX = 10_000
export const DEPTH_MAX = 200

export function feelReader(names: Names): FeelReader {
  const contextTracker = trackVariables(names)
  const expressions = parser.configure({ top: 'Expression', contextTracker })
  const tests = parser.configure({ top: 'UnaryTests', contextTracker })
  return {
    expression(text) {
      assertLength(text)
      const root = expressions.parse(asOneWord(text)).topNode
      assertNoError(root)
      return new Reader(text).expression(onlyChild(root))
    },
    unaryTests(text) {
      assertLength(text)
      const whole = { from: 0, to: text.length }
      if (text.trim() === '' || text.trim() === '-') return { ...whole, tests: [], negated: false }
      const root = tests.parse(asOneWord(text)).topNode
      assertNoError(root)
      const list = root.getChild('PositiveUnaryTests')
      if (list === null) throw unreadable(root)
      const read = new Reader(text)
      return { ...whole, tests: read.tests(list), negated: root.getChild('not') !== null }
    },
  }
}

/**
 * The grammar can read the one function name with an `and` in it as a conjunction, and in a long expression does.
 * It is shown the name as one word of the same length; offsets stay, and all else reads the text as written.
 */
function asOneWord(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\byears\s+and\s+months\s+duration(?=\s*\()/gsu, part =>
    part.startsWith('"') ? part : part.replace(/\s/gu, '_'),
  )
}

class Reader {
  readonly #text: string
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  expression(node: SyntaxNode): Syntax {
    if (++this.#depth > DEPTH_MAX) {
      throw new FeelSyntaxError(
        node.from,
        node.to,
        `表达式嵌套超过 ${DEPTH_MAX} 层，请拆成多个决策。`,
        `The expression is nested more than ${DEPTH_MAX} deep; split it into several decisions.`,
      )
    }
    const syntax = this.#read(node)
    this.#depth--
    return syntax
  }

  tests(list: SyntaxNode): TestSyntax[] {
    return list.getChildren('PositiveUnaryTest').map(node => this.test(onlyChild(node)))
  }

  test(node: SyntaxNode): TestSyntax {
    const span = { from: node.from, to: node.to }
    const [, inside] = childrenOf(node)
    // A single test in brackets, `x in (> 3)`, comes as a bracketed expression.
    if (node.name === 'ParenthesizedExpression' && inside?.name === 'SimplePositiveUnaryTest')
      return this.test(inside)
    if (node.name !== 'SimplePositiveUnaryTest') {
      return { ...span, kind: 'expression', expression: this.expression(node) }
    }
    const [first, second] = childrenOf(node)
    if (first?.name === 'CompareOp' && second) {
      return {
        ...span,
        kind: 'comparison',
        operator: this.#comparison(first),
        bound: this.expression(second),
      }
    }
    if (first?.name === 'Interval') {
      const [open, low, , high, close] = childrenOf(first)
      if (open && low && high && close) {
        return {
          ...span,
          kind: 'range',
          low: this.expression(low),
          lowClosed: open.name === '[',
          high: this.expression(high),
          highClosed: close.name === ']',
        }
      }
    }
    throw unreadable(node)
  }

  #read(node: SyntaxNode): Syntax {
    const span = { from: node.from, to: node.to }
    const children = childrenOf(node)
    const [first, second, third] = children
    switch (node.name) {
      case 'NumericLiteral':
        return { ...span, kind: 'number', digits: this.#source(node).replace(/\s/g, '') }
      case 'StringLiteral':
        return { ...span, kind: 'string', value: unescapeString(this.#source(node), node.from) }
      case 'BooleanLiteral':
        return { ...span, kind: 'boolean', value: this.#source(node) === 'true' }
      case 'null':
        return { ...span, kind: 'null' }
      case '?':
        return { ...span, kind: 'subject' }
      case 'VariableName':
        return { ...span, kind: 'name', name: this.#name(node) }
      case 'ParenthesizedExpression':
        return this.expression(must(second, node))
      case 'PathExpression':
        return {
          ...span,
          kind: 'path',
          of: this.expression(must(first, node)),
          name: this.#name(must(third, node)),
        }
      case 'ArithmeticExpression':
        if (first?.name === 'ArithOp') {
          return { ...span, kind: 'negate', operand: this.expression(must(second, node)) }
        }
        return {
          ...span,
          kind: 'arithmetic',
          operator: this.#source(must(second, node)) as ArithmeticOperator,
          left: this.expression(must(first, node)),
          right: this.expression(must(third, node)),
        }
      case 'Conjunction':
      case 'Disjunction':
        return {
          ...span,
          kind: node.name === 'Conjunction' ? 'and' : 'or',
          left: this.expression(must(first, node)),
          right: this.expression(must(third, node)),
        }
      case 'IfExpression':
        return {
          ...span,
          kind: 'if',
          condition: this.expression(must(second, node)),
          whenTrue: this.expression(must(children[3], node)),
          otherwise: this.expression(must(children[5], node)),
        }
      case 'Comparison':
        return this.#comparisonExpression(node)
      case 'FunctionInvocation':
        return { ...span, kind: 'call', callee: this.expression(must(first, node)), args: this.#args(node) }
      case 'DateTimeLiteral':
        return this.#dateTime(node, must(first, node))
      case 'List':
        return {
          ...span,
          kind: 'list',
          items: children.filter(child => !/^[[\],]$/.test(child.name)).map(child => this.expression(child)),
        }
      default:
        return { ...span, kind: 'unsupported', what: node.name }
    }
  }

  #comparisonExpression(node: SyntaxNode): Syntax {
    const span = { from: node.from, to: node.to }
    const children = childrenOf(node)
    const [left, operator, third] = children
    const operand = this.expression(must(left, node))
    if (operator?.name === 'between') {
      const low = this.expression(must(third, node))
      return { ...span, kind: 'between', operand, low, high: this.expression(must(children[4], node)) }
    }
    if (operator?.name === 'in') {
      const list = node.getChild('PositiveUnaryTests')
      const single = node.getChild('PositiveUnaryTest')
      if (list) return { ...span, kind: 'in', operand, tests: this.tests(list) }
      if (single) return { ...span, kind: 'in', operand, tests: [this.test(onlyChild(single))] }
      throw unreadable(node)
    }
    return {
      ...span,
      kind: 'compare',
      operator: this.#comparison(must(operator, node)),
      left: operand,
      right: this.expression(must(third, node)),
    }
  }

  #dateTime(node: SyntaxNode, first: SyntaxNode): Syntax {
    const span = { from: node.from, to: node.to }
    if (first.name === 'AtLiteral') {
      const literal = onlyChild(first)
      return { ...span, kind: 'at', value: unescapeString(this.#source(literal), literal.from) }
    }
    const callee: Syntax = { from: first.from, to: first.to, kind: 'name', name: this.#name(first) }
    return { ...span, kind: 'call', callee, args: this.#args(node) }
  }

  #args(node: SyntaxNode): ArgumentSyntax[] {
    const positional = node.getChild('PositionalParameters')
    if (positional) {
      return childrenOf(positional)
        .filter(child => child.name !== ',')
        .map(child => ({ from: child.from, to: child.to, value: this.expression(child) }))
    }
    const named = node.getChild('NamedParameters')
    if (named === null) return []
    const { from, to } = named
    return [{ from, to, value: { from, to, kind: 'unsupported', what: 'NamedParameters' } }]
  }

  #comparison(node: SyntaxNode): ComparisonOperator {
    return this.#source(node) as ComparisonOperator
  }

  #name(node: SyntaxNode): string {
    return normalizeName(this.#source(node))
  }

  #source(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to)
  }
}

/** Names are compared with their blanks collapsed, as FEEL prescribes. */
export function normalizeName(name: string): string {
  return name.replace(/\s+/gu, ' ').trim()
}

function assertLength(text: string): void {
  if (text.length <= TEXT_LENGTH_MAX) return
  throw new FeelSyntaxError(
    0,
    text.length,
    `表达式超过 ${TEXT_LENGTH_MAX} 个字符，请拆成多个决策。`,
    `The expression is longer than ${TEXT_LENGTH_MAX} characters; split it into several decisions.`,
  )
}

function assertNoError(root: SyntaxNode): void {
  const cursor = root.cursor()
  do {
    if (cursor.type.isError) throw unreadable(cursor.node)
  } while (cursor.next())
}

function unreadable(node: SyntaxNode): FeelSyntaxError {
  return new FeelSyntaxError(
    node.from,
    node.to,
    '此处不是合法的 FEEL 表达式：检查引号、括号是否成对，运算符两边是否齐全。',
    'This is not FEEL from here on: check quotes, brackets and that operators have both their sides.',
  )
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.name.endsWith('Comment')) children.push(child)
  }
  return children
}

function onlyChild(node: SyntaxNode): SyntaxNode {
  return must(childrenOf(node)[0], node)
}

function must(node: SyntaxNode | undefined, parent: SyntaxNode): SyntaxNode {
  if (node === undefined) throw unreadable(parent)
  return node
}
