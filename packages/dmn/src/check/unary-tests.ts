import type { Node } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { walk } from '../node/walk.ts'
import type { Syntax, TestSyntax, UnaryTests } from '../read/syntax.ts'
import { commonType, isScalar, type Type } from '../value/type.ts'
import type { Typer } from './expression.ts'
import { cannotCompare, isOrdered } from './operators.ts'
import { withType } from './typed-nodes.ts'

/**
 * Types the tests of a cell, or of the values a column or an output may have; `typer.subject` is the type of the value
 * they are about.
 */
export function typeTests(typer: Typer, tests: UnaryTests, of: 'cell' | 'values' = 'cell'): Test {
  if (tests.tests.length === 0) return { kind: 'any' }
  const typed = tests.tests.map(
    test => (of === 'values' && valueNeverMet(typer, test)) || typeTest(typer, test),
  )
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

/**
 * Among values, a condition without `?` is a value as well, and where the values are not booleans none of them is it.
 * In a cell it is a condition.
 */
function valueNeverMet(typer: Typer, test: TestSyntax): Test | undefined {
  const subject = typer.subject ?? 'null'
  if (test.kind !== 'expression' || !isScalar(subject) || subject === 'boolean') return undefined
  if (!CONDITIONS.has(test.expression.kind) || asksAboutSubject(test.expression)) return undefined
  const { from, to } = test
  const sentence = {
    zh: '这里列的是可取的值，这一项却是不含“?”的条件，没有值能与它相等。要写条件，请用“?”指代该值。',
    en: 'Values are listed here, and this is a condition without "?", which no value equals. For a condition, write "?" for the value.',
  }
  typer.report.warn('type', sentence, { from, to })
  return { kind: 'not', test: { kind: 'any' } }
}

const CONDITIONS: ReadonlySet<Syntax['kind']> = new Set<Syntax['kind']>([
  ...(['compare', 'and', 'or', 'between', 'in', 'some', 'every', 'instance of'] as const),
])

function asksAboutSubject(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false
  if ('kind' in part && part.kind === 'subject') return true
  return Object.values(part).some(asksAboutSubject)
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
