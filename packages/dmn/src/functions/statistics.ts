import { OUT_OF_NUMBERS } from '../value/failures.ts'
import { Decimal, settled, withinRange } from '../value/number.ts'
import { order } from '../value/operate.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { ANY_LIST, builtIn, listOf, openWay, outside, takes, way } from './signature.ts'

type Of<Item> = (items: readonly Item[], env: CallEnvironment) => Value

/** Takes a list, or its items one by one: `sum([1, 2])`, `sum(1, 2)`. */
function overItems<Item extends Value>(
  name: string,
  of: 'number' | 'boolean' | 'Any',
  result: 'number' | 'boolean' | 'Any' | readonly ['number'],
  compute: Of<Item>,
): BuiltIn {
  const items = of === 'Any' ? ANY_LIST : listOf(of)
  const type = typeof result === 'string' ? result : listOf('number')
  const spent: Of<Item> = (list, env) => {
    env.spend(list.length)
    return compute(list, env)
  }
  return builtIn(
    name,
    way<readonly [readonly Item[]]>([takes('list', items)], type, ([list], env) => spent(list, env)),
    openWay<Item>([takes('list', of, { nullable: true })], type, spent),
  )
}

/** A number that is missing makes the answer missing, without a word. */
function overNumbers(name: string, result: 'number' | readonly ['number'], compute: Of<Decimal>): BuiltIn {
  return overItems<Decimal | null>(name, 'number', result, (list, env) => {
    const numbers = list.filter(item => item !== null)
    return numbers.length === list.length ? compute(numbers, env) : null
  })
}

export const STATISTICS: readonly BuiltIn[] = [
  overItems('min', 'Any', 'Any', (list, env) => extreme(list, env, at => at < 0)),
  overItems('max', 'Any', 'Any', (list, env) => extreme(list, env, at => at > 0)),
  overNumbers('sum', 'number', (numbers, env) => (numbers.length === 0 ? outside(env) : sum(numbers, env))),
  overNumbers('product', 'number', (numbers, env) =>
    numbers.length === 0 ? outside(env) : folded(numbers, ONE, (a, b) => a.times(b), env),
  ),
  overNumbers('mean', 'number', (numbers, env) => {
    const total = numbers.length === 0 ? outside(env) : sum(numbers, env)
    return total && settled(total.div(numbers.length))
  }),
  overNumbers('median', 'number', median),
  overNumbers('stddev', 'number', standardDeviation),
  overNumbers('mode', ['number'], (numbers, env) => mode(numbers, env)),
  overItems<boolean | null>('all', 'boolean', 'boolean', list => {
    if (list.includes(false)) return false
    return list.includes(null) ? null : true
  }),
  overItems<boolean | null>('any', 'boolean', 'boolean', list => {
    if (list.includes(true)) return true
    return list.includes(null) ? null : false
  }),
]

const ZERO = new Decimal(0)
const ONE = new Decimal(1)

/** Null where an item is, where two items have no order, and for no items at all. */
function extreme(list: readonly Value[], env: CallEnvironment, better: (order: number) => boolean): Value {
  let [best = null] = list
  if (list.length === 1 && best !== null) return order(best, best, env.fail) === null ? null : best
  for (const item of list.slice(1)) {
    const at = order(item, best, env.fail)
    if (at === null) return null
    if (better(at)) best = item
  }
  return best
}

function sum(numbers: readonly Decimal[], env: CallEnvironment): Decimal | null {
  return folded(numbers, ZERO, (a, b) => a.plus(b), env)
}

function folded(
  numbers: readonly Decimal[],
  start: Decimal,
  step: (a: Decimal, b: Decimal) => Decimal,
  env: CallEnvironment,
): Decimal | null {
  let total = start
  for (const item of numbers) {
    const next = settled(step(total, item))
    if (next === null) return env.fail('number-range', OUT_OF_NUMBERS)
    total = next
  }
  return total
}

/** The middle one, or half way between the two in the middle. */
function median(numbers: readonly Decimal[], env: CallEnvironment): Value {
  if (numbers.length === 0) return outside(env)
  const sorted = numbers.toSorted((a, b) => a.cmp(b))
  const half = Math.floor(sorted.length / 2)
  const high = sorted[half] ?? ZERO
  if (sorted.length % 2 === 1) return high
  return settled(high.plus(sorted[half - 1] ?? ZERO).div(2))
}

/** Twice the digits of a number: squares of differences lose none before the root is taken. */
const Wide = Decimal.clone({ precision: 80 })

/** Of a sample: divided by one less than the count (DMN 1.5, table 77). */
function standardDeviation(numbers: readonly Decimal[], env: CallEnvironment): Value {
  if (numbers.length < 2) return outside(env)
  const wide = numbers.map(item => new Wide(item))
  const mean = wide.reduce((a, b) => a.plus(b), new Wide(0)).div(wide.length)
  const squares = wide.reduce((a, b) => a.plus(b.minus(mean).pow(2)), new Wide(0))
  const root = squares.div(wide.length - 1).sqrt()
  return withinRange(new Decimal(root.toString())) ?? env.fail('number-range', OUT_OF_NUMBERS)
}

/** The numbers that occur most often, in ascending order. */
function mode(numbers: readonly Decimal[], env: CallEnvironment): readonly Decimal[] {
  env.spend(numbers.length)
  const counts = new Map<string, { readonly number: Decimal; count: number }>()
  for (const number of numbers) {
    const key = number.isZero() ? '0' : number.toString()
    const seen = counts.get(key) ?? { number, count: 0 }
    seen.count++
    counts.set(key, seen)
  }
  const most = [...counts.values()].reduce((best, { count }) => Math.max(best, count), 0)
  return [...counts.values()]
    .filter(({ count }) => count === most)
    .map(({ number }) => number)
    .sort((a, b) => a.cmp(b))
}
