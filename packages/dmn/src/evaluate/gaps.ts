import type { Node, OrderOperator } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { FeelDate } from '../value/date.ts'
import { formatNumber } from '../value/number.ts'
import { compareValues, isNumber, toPlain, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { ORDER } from './order.ts'
import type { Run } from './run.ts'
import type { Gap } from './trace.ts'

const FLIPPED: Record<OrderOperator, OrderOperator> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The comparisons with a number or a date in a failed test, and what is missing to their bounds. */
export function gapsOf(test: Test, compiler: Compiler, run: Run): Gap[] {
  const gap = (comparison: OrderOperator, bound: Node) =>
    gapTo(comparison, run.subject, compiler.compiled(bound)(run))
  switch (test.kind) {
    case 'compare':
      return gap(test.operator, test.bound)
    case 'range':
      return [...gap(test.lowClosed ? '>=' : '>', test.low), ...gap(test.highClosed ? '<=' : '<', test.high)]
    case 'one of':
      return test.tests.flatMap(each => gapsOf(each, compiler, run))
    case 'condition':
      return gapsOfCondition(test.condition, gap)
    // An unequal or excluded value is not short of anything.
    case 'any':
    case 'is null':
    case 'equals':
    case 'contained':
    case 'not':
    case 'invalid':
      return []
    default:
      return test satisfies never
  }
}

/** `? >= 100 and 200 > ?`, with `?` by itself on one side. */
function gapsOfCondition(node: Node, gap: (comparison: OrderOperator, bound: Node) => Gap[]): Gap[] {
  if (node.kind === 'and' || node.kind === 'or') {
    return [...gapsOfCondition(node.left, gap), ...gapsOfCondition(node.right, gap)]
  }
  if (node.kind !== 'compare') return []
  if (node.left.kind === 'subject') return gap(node.operator, node.right)
  return node.right.kind === 'subject' ? gap(FLIPPED[node.operator], node.left) : []
}

function gapTo(comparison: OrderOperator, actual: Value, bound: Value): Gap[] {
  const order = compareValues(actual, bound)
  if (order === undefined || ORDER[comparison](order)) return []
  const plain = { comparison, actual: String(toPlain(actual)), bound: String(toPlain(bound)) }
  if (actual instanceof FeelDate && bound instanceof FeelDate) {
    return [{ ...plain, shortfall: String(Math.abs(actual.epochDay - bound.epochDay)), unit: 'day' }]
  }
  if (actual === null || bound === null || !isNumber(actual) || !isNumber(bound)) return []
  return [{ ...plain, shortfall: formatNumber(bound.minus(actual).abs()), unit: 'number' }]
}
