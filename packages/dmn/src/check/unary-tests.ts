import type { Node } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { commonType, isScalar, type Type } from '../value/type.ts'
import { walk } from '../node/walk.ts'
import type { Syntax, TestSyntax, UnaryTests } from '../read/syntax.ts'
import type { Typer } from './expression.ts'
import { cannotCompare, isOrdered } from './operators.ts'
import { withType } from './typed-nodes.ts'

/** Types the tests of a cell; `typer.subject` is the type of the value they are about. */
export function typeTests(typer: Typer, tests: UnaryTests): Test {
  if (tests.tests.length === 0) return { kind: 'any' }
  const typed = tests.tests.map(test => typeTest(typer, test))
  const [first] = typed
  const all: Test = typed.length === 1 && first ? first : { kind: 'one of', tests: typed }
  return tests.negated ? { kind: 'not', test: all } : all
}

function typeTest(typer: Typer, test: TestSyntax): Test {
  switch (test.kind) {
    case 'comparison': {
      const { operator } = test
      const bound = typer.expression(test.bound)
      if (operator === '=' || operator === '!=') {
        const equals = equalTo(typer, bound)
        return operator === '=' ? equals : { kind: 'not', test: equals }
      }
      return comparable(typer, bound, true, value => ({ kind: 'compare', operator, bound: value }))
    }
    case 'range': {
      const { lowClosed, highClosed } = test
      const high = typer.expression(test.high)
      return comparable(typer, typer.expression(test.low), true, low =>
        comparable(typer, high, true, to => ({ kind: 'range', low, lowClosed, high: to, highClosed })),
      )
    }
    case 'expression':
      return typeExpressionTest(typer, test.expression)
    default:
      return test satisfies never
  }
}

function typeExpressionTest(typer: Typer, syntax: Syntax): Test {
  const subject = typer.subject ?? 'null'
  const node = typer.expression(syntax)
  if (syntax.kind === 'list' && !isCollection(subject) && itemsMayBe(subject, node.type)) {
    return { kind: 'one of', tests: syntax.items.map(item => typeExpressionTest(typer, item)) }
  }
  // `?` alone is the value itself, and so met; on a boolean it is a condition.
  if (syntax.kind === 'subject' && subject !== 'boolean') return equalTo(typer, node)
  const nodes = [...walk(node)]
  const aboutSubject = nodes.some(each => each.kind === 'subject')
  const single = !isScalarOrNull(node.type) || !isScalarOrNull(subject)
  if (!aboutSubject && single && node.kind !== 'invalid' && !isNullLiteral(node)) {
    // A boolean about an input that can be none is a condition; where either may be anything the run decides.
    if (node.type !== 'boolean' || subject === 'Any') return { kind: 'contained', value: node }
  }
  const isValue = node.type === 'null' || commonType(node.type, subject) !== undefined
  if (!aboutSubject && (isValue || node.type !== 'boolean')) return equalTo(typer, node)
  const condition = isScalarOrNull(node.type) ? typer.wanted(node, 'boolean') : node
  return { kind: 'condition', condition, speaksOfNull: nodes.some(speaksOfNull) }
}

/** Whether each item written out is a value of the subject's type; else the list is looked through by the run. */
function itemsMayBe(subject: Type, type: Type): boolean {
  if (typeof type !== 'object' || type.kind !== 'list') return false
  return isScalarOrNull(subject) && commonType(subject, type.of) !== undefined && isScalarOrNull(type.of)
}

function isCollection(type: Type): boolean {
  return type === 'Any' || (typeof type === 'object' && type.kind === 'list')
}

function isScalarOrNull(type: Type): boolean {
  return type === 'null' || isScalar(type)
}

function isNullLiteral(node: Node): boolean {
  return node.kind === 'literal' && node.value === null
}

function speaksOfNull(node: Node): boolean {
  if (node.kind === 'literal') return node.value === null
  if (node.kind === 'in') return asksForNull(node.test)
  if (node.kind === 'built-in') return node.function === 'is defined'
  return node.kind === 'call' && node.function === 'is defined'
}

function asksForNull(test: Test): boolean {
  if (test.kind === 'one of') return test.tests.some(asksForNull)
  return test.kind === 'not' ? asksForNull(test.test) : test.kind === 'is null'
}

function equalTo(typer: Typer, value: Node): Test {
  if (isNullLiteral(value)) return { kind: 'is null' }
  return comparable(typer, value, false, node => ({ kind: 'equals', value: node }))
}

/** Builds the test if the value can be compared with the subject; else a problem. */
function comparable(typer: Typer, value: Node, inOrder: boolean, build: (value: Node) => Test): Test {
  if (value.kind === 'invalid') return { kind: 'invalid', problem: value.problem }
  const subject = typer.subject ?? 'null'
  const type = commonType(value.type, subject)
  if (type === undefined || (inOrder && !isOrdered(type))) {
    const node = cannotCompare(typer, value, subject, value.type)
    if (node.kind === 'invalid') return { kind: 'invalid', problem: node.problem }
  }
  return build(withType(value, subject))
}
