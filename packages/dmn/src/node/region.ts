import { FeelDate } from '../value/date.ts'
import { compareValues, type ScalarValue, toPlain } from '../value/value.ts'
import type { Node } from './node.ts'
import type { Test } from './test.ts'

/**
 * The values a test lets through, where its bounds are literals: disjoint spans in order, and whether a missing
 * value passes. For telling rules apart before any data is there.
 */
export interface Region {
  readonly missing: boolean
  readonly spans: readonly Span[]
}

/** From one cut to another; an absent end is open for ever. */
export interface Span {
  readonly low?: Cut
  readonly high?: Cut
}

/** A place between values: just before (0) or just after (1) one. */
export interface Cut {
  readonly value: NonNullable<ScalarValue>
  readonly side: 0 | 1
}

export const EVERYTHING: Region = { missing: true, spans: [{}] }
const NOTHING: Region = { missing: false, spans: [] }

/** Undefined where the test depends on more than literals. */
export function regionOf(test: Test): Region | undefined {
  switch (test.kind) {
    case 'any':
      return EVERYTHING
    case 'is null':
      return { missing: true, spans: [] }
    case 'equals':
      return between(test.value, 0, test.value, 1)
    case 'compare':
      switch (test.operator) {
        case '<':
          return between(undefined, 0, test.bound, 0)
        case '<=':
          return between(undefined, 0, test.bound, 1)
        case '>':
          return between(test.bound, 1, undefined, 0)
        case '>=':
          return between(test.bound, 0, undefined, 0)
        default:
          return test.operator satisfies never
      }
    case 'range':
      return between(test.low, test.lowClosed ? 0 : 1, test.high, test.highClosed ? 1 : 0)
    case 'one of': {
      const regions = test.tests.map(regionOf)
      const known = regions.filter(region => region !== undefined)
      return known.length === regions.length ? union(known) : undefined
    }
    case 'not': {
      const inner = regionOf(test.test)
      return inner && complement(inner)
    }
    case 'condition':
    case 'contained':
    case 'invalid':
      return undefined
    default:
      return test satisfies never
  }
}

export function intersection(a: Region, b: Region): Region {
  const spans = a.spans.flatMap(one => b.spans.flatMap(other => overlap(one, other)))
  return { missing: a.missing && b.missing, spans }
}

export function isEmpty({ missing, spans }: Region): boolean {
  return !missing && spans.length === 0
}

/** The spans between all cuts of the regions, within the domain: inside one of them no region changes its mind. */
export function segments(regions: readonly Region[], domain: Region): Span[] {
  const cuts = regions
    .flatMap(region => region.spans.flatMap(({ low, high }) => [low, high]))
    .filter(cut => cut !== undefined)
  const sorted = cuts.toSorted(orderOfCuts)
  const ends = sorted.filter((cut, i) => i === 0 || orderOfCuts(cut, sorted[i - 1] ?? cut) !== 0)
  const between = [undefined, ...ends].map((low, i) => span(low, ends[i]))
  return between.flatMap(each => domain.spans.flatMap(within => overlap(each, within)))
}

export function covers(region: Region, { low, high }: Span): boolean {
  return region.spans.some(each => lowest(each.low, low) && highest(each.high, high))
}

/** As a condition cell would say it. */
export function describeSpan({ low, high: cut }: Span): string {
  if (low?.value === true) return 'true'
  if (cut?.value === true) return 'false'
  const high = lastDay(cut)
  if (low === undefined) return high === undefined ? '-' : `${high.side === 0 ? '<' : '<='} ${show(high)}`
  if (high === undefined) return `${low.side === 0 ? '>=' : '>'} ${show(low)}`
  if (compareScalars(low.value, high.value) === 0) return show(low)
  return `${low.side === 0 ? '[' : '('}${show(low)}..${show(high)}${high.side === 1 ? ']' : ')'}`
}

/** Just before a day is the end of the day before, which is how a reader says it. */
function lastDay(high: Cut | undefined): Cut | undefined {
  if (!(high?.value instanceof FeelDate) || high.side === 1) return high
  return { value: new FeelDate(high.value.epochDay - 1), side: 1 }
}

function show({ value }: Cut): string {
  return typeof value === 'string' ? `"${value}"` : String(toPlain(value))
}

function between(
  low: Node | undefined,
  lowSide: 0 | 1,
  high: Node | undefined,
  highSide: 0 | 1,
): Region | undefined {
  const values = [low, high].filter(node => node !== undefined)
  if (values.some(node => node.kind !== 'literal')) return undefined
  // A test against nothing lets nothing through.
  if (values.some(node => node.kind === 'literal' && node.value === null)) return NOTHING
  return { missing: false, spans: overlap(span(cutAt(low, lowSide), cutAt(high, highSide)), {}) }
}

/** Days and truth values have nothing in between: just after one is just before the next. */
function cutAt(node: Node | undefined, side: 0 | 1): Cut | undefined {
  const value = node?.kind === 'literal' ? node.value : null
  if (value === null) return undefined
  if (value instanceof FeelDate && side === 1) return { value: new FeelDate(value.epochDay + 1), side: 0 }
  if (typeof value !== 'boolean') return { value, side }
  return value === (side === 0) ? { value: true, side: 0 } : undefined
}

function union(regions: readonly Region[]): Region {
  const sorted = regions
    .flatMap(region => region.spans)
    .toSorted((a, b) => (a.low === undefined ? -1 : b.low === undefined ? 1 : orderOfCuts(a.low, b.low)))
  const spans: Span[] = []
  for (const next of sorted) {
    const last = spans.at(-1)
    const touches =
      last && (last.high === undefined || next.low === undefined || orderOfCuts(next.low, last.high) <= 0)
    if (!touches) spans.push(next)
    else if (!highest(last.high, next.high)) spans[spans.length - 1] = span(last.low, next.high)
  }
  return { missing: regions.some(region => region.missing), spans }
}

/** A negated test never lets a missing value through. */
function complement({ spans }: Region): Region {
  const free: Span[] = []
  let from: Cut | undefined
  let open = true
  for (const { low, high } of spans) {
    if (low !== undefined) free.push(span(from, low))
    from = high
    open = high !== undefined
  }
  if (open) free.push(span(from, undefined))
  return { missing: false, spans: free }
}

function overlap(a: Span, b: Span): Span[] {
  const low = lowest(a.low, b.low) ? b.low : a.low
  const high = highest(a.high, b.high) ? b.high : a.high
  return low !== undefined && high !== undefined && orderOfCuts(low, high) >= 0 ? [] : [span(low, high)]
}

/** Whether `a` as a lower end reaches at least as far down as `b`. */
function lowest(a: Cut | undefined, b: Cut | undefined): boolean {
  return a === undefined || (b !== undefined && orderOfCuts(a, b) <= 0)
}

function highest(a: Cut | undefined, b: Cut | undefined): boolean {
  return a === undefined || (b !== undefined && orderOfCuts(a, b) >= 0)
}

function span(low: Cut | undefined, high: Cut | undefined): Span {
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) }
}

function orderOfCuts(a: Cut, b: Cut): number {
  return compareScalars(a.value, b.value) || a.side - b.side
}

function compareScalars(a: NonNullable<ScalarValue>, b: NonNullable<ScalarValue>): number {
  return compareValues(a, b) ?? 0
}
