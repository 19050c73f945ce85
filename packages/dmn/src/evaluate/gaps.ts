import type { Node, OrderOperator } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { FeelDate, formatDate } from '../value/date.ts'
import { formatDistance, formatNumber } from '../value/number.ts'
import type { Plain } from '../value/plain.ts'
import { compareValues, isNumber, toPlain } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { ORDER } from './order.ts'
import type { Evaluator, Run } from './run.ts'
import type { Gap } from './trace.ts'

const FLIPPED: Record<OrderOperator, OrderOperator> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** What is missing to the bounds of a test that failed for the subject; `shown` is the subject in plain form. */
export type GapReader = (run: Run, shown: Plain) => readonly Gap[]

interface Bound {
  readonly comparison: OrderOperator
  readonly node: Node
}

interface CompiledBound {
  readonly comparison: OrderOperator
  readonly holds: (order: number) => boolean
  readonly value: Evaluator
  /** Of one that is written out. */
  readonly text: string | undefined
}

const NO_GAPS: readonly Gap[] = []

/** Undefined for a test that compares the subject with no bound. */
export function compileGaps(test: Test, compiler: Compiler): GapReader | undefined {
  const bounds = boundsOf(test).map(
    ({ comparison, node }): CompiledBound => ({
      comparison,
      holds: ORDER[comparison],
      value: compiler.compiled(node),
      text: node.kind === 'literal' ? String(toPlain(node.value)) : undefined,
    }),
  )
  if (bounds.length === 0) return undefined
  return (run, shown) => {
    let gaps: Gap[] | undefined
    for (const bound of bounds) {
      const gap = gapTo(bound, run, shown)
      if (gap === undefined) continue
      if (gaps === undefined) gaps = [gap]
      else gaps.push(gap)
    }
    return gaps ?? NO_GAPS
  }
}

/** The comparisons with the subject in a test. */
function boundsOf(test: Test): readonly Bound[] {
  switch (test.kind) {
    case 'compare':
      return [{ comparison: test.operator, node: test.bound }]
    case 'range':
      return [
        { comparison: test.lowClosed ? '>=' : '>', node: test.low },
        { comparison: test.highClosed ? '<=' : '<', node: test.high },
      ]
    case 'one of':
      return test.tests.flatMap(boundsOf)
    case 'condition':
      return boundsOfCondition(test.condition)
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
function boundsOfCondition(node: Node): readonly Bound[] {
  if (node.kind === 'and' || node.kind === 'or') {
    return [...boundsOfCondition(node.left), ...boundsOfCondition(node.right)]
  }
  if (node.kind !== 'compare') return []
  if (node.left.kind === 'subject') return [{ comparison: node.operator, node: node.right }]
  return node.right.kind === 'subject' ? [{ comparison: FLIPPED[node.operator], node: node.left }] : []
}

function gapTo({ comparison, holds, value, text }: CompiledBound, run: Run, shown: Plain): Gap | undefined {
  const actual = run.subject
  const to = value(run)
  const order = compareValues(actual, to)
  if (order === undefined || holds(order) || actual === null || to === null) return undefined
  if (isNumber(actual) && isNumber(to)) {
    const shortfall = formatDistance(actual, to)
    return { comparison, actual: String(shown), bound: text ?? formatNumber(to), shortfall, unit: 'number' }
  }
  if (!(actual instanceof FeelDate) || !(to instanceof FeelDate)) return undefined
  const shortfall = String(Math.abs(actual.epochDay - to.epochDay))
  return { comparison, actual: String(shown), bound: text ?? formatDate(to), shortfall, unit: 'day' }
}
