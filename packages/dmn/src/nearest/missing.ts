import { type Cut, describeSpan, type Span } from '../node/region.ts'
import { FeelDate } from '../value/date.ts'
import type { Decimal } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { type Measure, valueAt } from './germ.ts'
import { type Found, reach, type Sweep, stretches } from './sweep.ts'

/** What an input that is missing would have to be. */
export interface Fitting {
  /** One of the values, the nearest to where the search began. */
  readonly found: Found
  readonly values: readonly string[]
}

/** A place, or a stretch between two, and what the decision comes to there if that is what is wanted. */
interface Part {
  readonly low: Decimal | null
  readonly high: Decimal | null
  /** The value that was tried. */
  readonly at: Decimal
  readonly value: Value | undefined
}

/** All values of an input that give the wanted answer, as conditions would say them. */
export function findFitting(sweep: Sweep, start: Decimal): Fitting | undefined {
  const middle: Part = { low: start, high: start, at: start, value: reach(sweep, start) }
  const below = partsFrom(sweep, start, -1)
  const above = partsFrom(sweep, start, 1)
  const parts = [...below.toReversed(), middle, ...above]
  const fitting = parts.flatMap(({ at, value }) => (value === undefined ? [] : [{ at, value }]))
  const [found] = fitting.toSorted((a, b) => a.at.minus(start).abs().cmp(b.at.minus(start).abs()))
  if (found === undefined) return undefined
  return { found, values: spansOf(parts).map(span => describeSpan(cutsOf(span, sweep))) }
}

function partsFrom(sweep: Sweep, start: Decimal, direction: 1 | -1): Part[] {
  const { axis } = sweep
  const parts: Part[] = []
  const ends = (a: Decimal, b: Decimal | null) => (direction > 0 ? { low: a, high: b } : { low: b, high: a })
  for (const { from, to, inside, hopeless } of stretches(sweep, start, direction)) {
    if (inside !== undefined && axis.has(inside)) {
      parts.push({ ...ends(from, to), at: inside, value: hopeless ? undefined : reach(sweep, inside) })
    }
    const [at, another] = to === null ? [] : axis.around(to)
    if (at !== undefined && another === undefined && axis.has(at)) {
      parts.push({ low: at, high: at, at, value: reach(sweep, at) })
    }
  }
  return parts
}

interface Run {
  low: Decimal | null
  lowClosed: boolean
  high: Decimal | null
  highClosed: boolean
}

function spansOf(parts: readonly Part[]): Run[] {
  const runs: Run[] = []
  let open = false
  for (const { low, high, value } of parts) {
    if (value === undefined) {
      open = false
      continue
    }
    const isPoint = low !== null && high !== null && low.eq(high)
    const last = runs.at(-1)
    if (open && last !== undefined) {
      last.high = high
      last.highClosed = isPoint
    } else runs.push({ low, lowClosed: isPoint, high, highClosed: isPoint })
    open = true
  }
  return runs
}

function cutsOf({ low, lowClosed, high, highClosed }: Run, { axis: { kind } }: Sweep): Span {
  return {
    ...(low === null ? {} : { low: cutAt(kind, low, lowClosed ? 0 : 1) }),
    ...(high === null ? {} : { high: cutAt(kind, high, highClosed ? 1 : 0) }),
  }
}

/** Just after a day is the next day, which is how a reader says it. */
function cutAt(kind: Measure, at: Decimal, side: 0 | 1): Cut {
  if (kind === 'date' && side === 1) return { value: new FeelDate(at.floor().toNumber() + 1), side: 0 }
  return { value: valueAt(kind, at), side }
}
