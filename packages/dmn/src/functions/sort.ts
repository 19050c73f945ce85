import { FeelFunction } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { ANY_LIST, builtIn, outside, takes, way } from './signature.ts'

/** Whether the second has to stand before the first; null where the two cannot be told apart, with a message. */
type GoesBefore = (second: Value, first: Value) => boolean | null

export const SORT: BuiltIn = builtIn(
  'sort',
  way<readonly [readonly Value[], Value]>(
    [takes('list', ANY_LIST), takes('precedes', 'Any')],
    ANY_LIST,
    ([list, precedes], env) => {
      if (!(precedes instanceof FeelFunction)) return outside(env)
      return sorted(list, (a, b) => asked(precedes, a, b, env), env)
    },
  ),
)

function asked(precedes: FeelFunction, a: Value, b: Value, env: CallEnvironment): boolean | null {
  const answer = env.invoke(precedes, [a, b])
  return typeof answer === 'boolean' ? answer : outside(env)
}

/**
 * Merge sort: stable, and asks no more than n·log n times whatever the function answers, even one that contradicts
 * itself. Null as soon as one answer is.
 */
function sorted(
  list: readonly Value[],
  goesBefore: GoesBefore,
  env: CallEnvironment,
): readonly Value[] | null {
  let runs: (readonly Value[])[] = list.map(item => [item])
  while (runs.length > 1) {
    const merged: (readonly Value[])[] = []
    for (let i = 0; i < runs.length; i += 2) {
      const next = runs[i + 1]
      const run = next === undefined ? runs[i] : merge(runs[i] ?? [], next, goesBefore, env)
      if (!run) return null
      merged.push(run)
    }
    runs = merged
  }
  return runs[0] ?? []
}

function merge(
  left: readonly Value[],
  right: readonly Value[],
  goesBefore: GoesBefore,
  env: CallEnvironment,
): readonly Value[] | null {
  const merged: Value[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    env.spend(1)
    const answer = goesBefore(right[j] ?? null, left[i] ?? null)
    if (answer === null) return null
    merged.push((answer ? right[j++] : left[i++]) ?? null)
  }
  while (i < left.length) merged.push(left[i++] ?? null)
  while (j < right.length) merged.push(right[j++] ?? null)
  return merged
}
