import { compareValues, type ScalarValue } from '../value/value.ts'
import { regionsOf } from './disjoint.ts'
import type { TypedRule } from './program.ts'
import type { Cut, Region } from './region.ts'

/**
 * Which rules a value lets through, looked up instead of tried: the points at which a column's cells change their minds cut its
 * values into segments, and each segment has one set of rules. A row matches the rules that are in the sets of all its columns.
 */
export interface ColumnIndex {
  /** Ascending. */
  readonly points: readonly NonNullable<ScalarValue>[]
  readonly missing: RuleSet
  /** Below the first point, and above each. */
  readonly between: readonly RuleSet[]
  /** At each point. */
  readonly at: readonly RuleSet[]
}

/** 1 where the rule of that place is in the set. */
export type RuleSet = Uint8Array

/**
 * @param rules  in the order their places are to have
 * @returns one index a column, undefined for a column without conditions; undefined where a cell has bounds that are not written out
 */
export function indexRules(rules: readonly TypedRule[]): readonly (ColumnIndex | undefined)[] | undefined {
  const regions = rules.map(regionsOf)
  const columns = rules[0]?.cells ?? []
  const indexes: (ColumnIndex | undefined)[] = []
  for (const c of columns.keys()) {
    const column = regions.map(each => each[c])
    if (!column.every(region => region !== undefined)) return undefined
    const conditionless = rules.every(rule => rule.cells[c]?.test.kind === 'any')
    indexes.push(conditionless ? undefined : indexColumn(column))
  }
  return indexes
}

function indexColumn(regions: readonly Region[]): ColumnIndex {
  const points = pointsOf(regions)
  // Segments in order: below the first point, at it, between it and the next, at the next, …
  const segments = Array.from({ length: 2 * points.length + 1 }, () => new Uint8Array(regions.length))
  const missing = new Uint8Array(regions.length)
  for (const [rule, { missing: passes, spans }] of regions.entries()) {
    missing[rule] = passes ? 1 : 0
    for (const { low, high } of spans) {
      const from = low === undefined ? 0 : segmentAfter(points, low)
      const to = high === undefined ? segments.length : segmentAfter(points, high)
      for (let s = from; s < to; s++) (segments[s] as Uint8Array)[rule] = 1
    }
  }
  return {
    points,
    missing,
    between: segments.filter((_, s) => s % 2 === 0),
    at: segments.filter((_, s) => s % 2 === 1),
  }
}

function pointsOf(regions: readonly Region[]): NonNullable<ScalarValue>[] {
  const values = regions.flatMap(({ spans }) => spans.flatMap(({ low, high }) => [low, high]))
  const sorted = values.flatMap(cut => (cut === undefined ? [] : [cut.value])).sort(order)
  return sorted.filter((value, i) => i === 0 || order(value, sorted[i - 1] ?? value) !== 0)
}

/** The first segment that lies after the cut. */
function segmentAfter(points: readonly NonNullable<ScalarValue>[], { value, side }: Cut): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (order(points[middle] as NonNullable<ScalarValue>, value) < 0) low = middle + 1
    else high = middle
  }
  return 2 * low + 1 + side
}

function order(a: NonNullable<ScalarValue>, b: NonNullable<ScalarValue>): number {
  if (typeof a === 'boolean') return Number(a) - Number(b)
  return compareValues(a, b) ?? 0
}
