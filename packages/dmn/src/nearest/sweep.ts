import { Decimal } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import type { Axis } from './axis.ts'
import type { Standpoint } from './standpoint.ts'
import type { Changed, Trials } from './trials.ts'

/** Places at which something turns, looked at in one direction; a long table has more, an answer rarely lies beyond. */
const TURNS_MAX = 2_000
/** Doublings of a step: from one fen to more than any amount, from a day to thousands of years. */
const DOUBLINGS_MAX = 60

/** As a share of a step: less than lies between two turns that matter. */
const HAIR = new Decimal('1e-9')

const TURN_PLACES_MAX = 10
const UNTOLD = new Decimal('1e-28')

export interface Found {
  readonly at: Decimal
  readonly value: Value
}

/** A stretch of the line, its ends left out, on which nothing turns. */
export interface Stretch {
  readonly from: Decimal
  /** Null where it goes on for ever. */
  readonly to: Decimal | null
  /** A value in it; undefined where the input has none there. */
  readonly inside: Decimal | undefined
  /** False where something may turn that has not been followed. */
  readonly sure: boolean
  /** Set where the answer is known not to be the wanted one, so that it need not be tried. */
  readonly hopeless: boolean
}

export interface Sweep {
  readonly standpoint: Standpoint
  readonly axis: Axis
  readonly trials: Trials
  /** What else is changed. */
  readonly others: Changed
}

/** Goes from turn to turn; what it gives is in the order met. */
export function* stretches(
  { standpoint, axis, trials }: Sweep,
  start: Decimal,
  direction: 1 | -1,
): Generator<Stretch> {
  let from = start
  for (let turns = 0; turns < TURNS_MAX && trials.allowance.spend(); turns++) {
    const { germ, next, exact } = standpoint.look(from, direction, trials.goal)
    const turn = next === null ? null : settled(from.plus(next.times(direction)))
    const to = nearest(turn, axis.cuts, from, direction)
    const inside = axis.firstBetween(from, to, direction)
    const hopeless = exact && !germ.moves && germ.fields === undefined && !trials.meets(germ.value)
    yield { from, to, inside, sure: exact, hopeless }
    if (to === null || !axis.exists(to)) return
    const limit = direction > 0 ? axis.max : axis.min
    if (limit !== null && to.minus(limit).times(direction).gt(0)) return
    // A turn that is only guessed may be guessed again and again, closer each time.
    // A turn at a third of something lies a hair before or behind; the next look is from behind it.
    const behind = to.plus(axis.step.times(HAIR).times(direction))
    const hair = to.minus(from).abs().lt(axis.step.times(HAIR))
    from = exact ? (hair ? behind : to) : furthest(to, axis.firstBetween(from, null, direction), direction)
  }
  trials.allowance.doubt()
}

/** A turn that is off a short number by what the 34th digit cannot tell is at that number. */
function settled(at: Decimal): Decimal {
  const short = at.toDecimalPlaces(TURN_PLACES_MAX)
  return short.minus(at).abs().lt(at.abs().plus(1).times(UNTOLD)) ? short : at
}

function nearest(
  turn: Decimal | null,
  cuts: readonly Decimal[],
  from: Decimal,
  direction: 1 | -1,
): Decimal | null {
  return cuts.reduce<Decimal | null>((best, cut) => {
    if (cut.minus(from).times(direction).lte(0)) return best
    return best === null || cut.minus(best).times(direction).isNegative() ? cut : best
  }, turn)
}

function furthest(a: Decimal, b: Decimal | undefined, direction: 1 | -1): Decimal {
  return b?.minus(a).times(direction).gt(0) === true ? b : a
}

/** The nearest value in one direction with which the answer is the wanted one. */
export function findNearest(sweep: Sweep, start: Decimal, direction: 1 | -1): Found | undefined {
  const { axis } = sweep
  let sure = true
  let failed = start
  const attempt = (at: Decimal | undefined): Found | undefined => {
    if (at === undefined || at.minus(start).times(direction).lte(0) || !axis.has(at)) return undefined
    const value = reach(sweep, at)
    if (value !== undefined) return { at, value }
    if (at.minus(failed).times(direction).gt(0)) failed = at
    return undefined
  }
  for (const stretch of stretches(sweep, start, direction)) {
    sure &&= stretch.sure
    const { to } = stretch
    const within = stretch.hopeless ? undefined : attempt(stretch.inside)
    const found = within ?? first(to === null ? [] : inOrder(axis.around(to), direction), attempt)
    if (found === undefined) continue
    if (sure) return found
    sweep.trials.allowance.doubt()
    return closest(sweep, failed, found)
  }
  if (sure) return undefined
  sweep.trials.allowance.doubt()
  return probe(sweep, start, direction)
}

function first<Item, Result>(
  items: readonly Item[],
  of: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const result = of(item)
    if (result !== undefined) return result
  }
  return undefined
}

function inOrder(values: readonly Decimal[], direction: 1 | -1): readonly Decimal[] {
  return direction > 0 ? values : values.toReversed()
}

export function reach({ standpoint, axis, trials, others }: Sweep, at: Decimal): Value | undefined {
  return trials.reach(new Map([...others, [standpoint.input, axis.value(at)]]))
}

/** Halves the way between a value that fails and one that does, down to one step. */
function closest(sweep: Sweep, failed: Decimal, found: Found): Found {
  let low = failed
  let best = found
  for (;;) {
    const middle = sweep.axis.middle(low, best.at)
    if (middle === undefined || sweep.trials.allowance.limited) return best
    const value = reach(sweep, middle)
    if (value === undefined) low = middle
    else best = { at: middle, value }
  }
}

/** Tries further and further away, where nothing tells how the answer depends on the input. */
function probe(sweep: Sweep, start: Decimal, direction: 1 | -1): Found | undefined {
  const { axis, trials } = sweep
  let failed = start
  let distance = axis.step
  for (let i = 0; i < DOUBLINGS_MAX && !trials.allowance.limited; i++) {
    const limit = direction > 0 ? axis.max : axis.min
    const at = start.plus(distance.times(direction))
    const beyond = limit !== null && at.minus(limit).times(direction).gt(0)
    const place = beyond ? limit : at
    if (!axis.has(place)) return undefined
    const value = reach(sweep, place)
    if (value !== undefined) return closest(sweep, failed, { at: place, value })
    if (beyond) return undefined
    failed = place
    distance = distance.times(2)
  }
  return undefined
}
