import { equalValues } from '../value/compare.ts'
import { FeelFunction } from '../value/function.ts'
import { Decimal } from '../value/number.ts'
import { isList, type Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { distinct } from './distinct.ts'
import { ANY_LIST, builtIn, listOf, openWay, outside, takes, way } from './signature.ts'

type List = readonly Value[]

const LIST = takes('list', ANY_LIST)
const POSITION = takes('position', 'number')
const ANYTHING = { nullable: true } as const

export const LIST_LENGTH_MAX = 1_000_000

export const LISTS: readonly BuiltIn[] = [
  builtIn(
    'list contains',
    way<readonly [List, Value]>(
      [LIST, takes('element', 'Any', ANYTHING)],
      'boolean',
      ([list, element], env) => {
        env.spend(list.length)
        return list.some(item => equalValues(item, element))
      },
    ),
  ),
  builtIn(
    'count',
    way<readonly [List]>([LIST], 'number', ([list]) => new Decimal(list.length)),
  ),
  builtIn(
    'sublist',
    way<readonly [List, Decimal, Decimal?]>(
      [LIST, takes('start position', 'number'), takes('length?', 'number')],
      ANY_LIST,
      sublist,
    ),
  ),
  builtIn(
    'append',
    openWay([LIST, takes('item', 'Any', ANYTHING)], ANY_LIST, ([list = null, ...items], env) =>
      joined([isList(list) ? list : [], items], env),
    ),
  ),
  builtIn(
    'concatenate',
    openWay<List>([LIST], ANY_LIST, (lists, env) => joined(lists, env)),
  ),
  builtIn(
    'insert before',
    way<readonly [List, Decimal, Value]>(
      [LIST, POSITION, takes('newItem', 'Any', ANYTHING)],
      ANY_LIST,
      ([list, position, item], env) => {
        const at = indexOf(list, position)
        return at === null ? outside(env) : joined([list.slice(0, at), [item], list.slice(at)], env)
      },
    ),
  ),
  builtIn(
    'remove',
    way<readonly [List, Decimal]>([LIST, POSITION], ANY_LIST, ([list, position], env) => {
      const at = indexOf(list, position)
      return at === null ? outside(env) : joined([list.slice(0, at), list.slice(at + 1)], env)
    }),
  ),
  builtIn(
    'list replace',
    way<readonly [List, Decimal, Value]>(
      [LIST, POSITION, takes('newItem', 'Any', ANYTHING)],
      ANY_LIST,
      ([list, position, item], env) => {
        const at = indexOf(list, position)
        return at === null ? outside(env) : joined([list.slice(0, at), [item], list.slice(at + 1)], env)
      },
    ),
    way<readonly [List, Value, Value]>(
      [LIST, takes('match', 'Any'), takes('newItem', 'Any', ANYTHING)],
      ANY_LIST,
      ([list, match, item], env) => replaceMatches(list, match, item, env),
    ),
  ),
  builtIn(
    'reverse',
    way<readonly [List]>([LIST], ANY_LIST, ([list], env) => {
      env.spend(list.length)
      return list.toReversed()
    }),
  ),
  builtIn(
    'index of',
    way<readonly [List, Value]>(
      [LIST, takes('match', 'Any', ANYTHING)],
      listOf('number'),
      ([list, match], env) => {
        env.spend(list.length)
        return list.flatMap((item, i) => (equalValues(item, match) ? [new Decimal(i + 1)] : []))
      },
    ),
  ),
  builtIn(
    'union',
    openWay<List>([LIST], ANY_LIST, (lists, env) => {
      const all = joined(lists, env)
      return all && distinct(all, env)
    }),
  ),
  builtIn(
    'distinct values',
    way<readonly [List]>([LIST], ANY_LIST, ([list], env) => distinct(list, env)),
  ),
  builtIn(
    'flatten',
    way<readonly [List]>([LIST], ANY_LIST, ([list], env) => flattened(list, env)),
  ),
]

function joined(lists: readonly List[], env: CallEnvironment): List | null {
  const length = lists.reduce((sum, list) => sum + list.length, 0)
  if (length > LIST_LENGTH_MAX) return tooMany(env)
  env.spend(length)
  return lists.flat(1) as Value[]
}

export function tooMany(env: CallEnvironment): null {
  return env.fail('limit', {
    zh: `列表多于 ${LIST_LENGTH_MAX} 项，结果按空值处理。`,
    en: `The list has more than ${LIST_LENGTH_MAX} items; the result is null.`,
  })
}

/** From 0; positions are whole numbers from 1, or from the end when negative (DMN 1.5, table 75). */
function indexOf(list: List, position: Decimal): number | null {
  const whole = position.isInteger() ? position.toNumber() : 0
  const at = whole < 0 ? list.length + whole : whole - 1
  return whole !== 0 && at >= 0 && at < list.length ? at : null
}

function sublist(
  [list, start, length]: readonly [List, Decimal, Decimal?],
  env: CallEnvironment,
): List | null {
  const at = indexOf(list, start)
  if (at === null) return outside(env)
  const count = length === undefined ? list.length - at : length.toNumber()
  if (!Number.isInteger(count) || count < 1 || at + count > list.length) return outside(env)
  env.spend(count)
  return list.slice(at, at + count)
}

/** Each item for which the function of it and the new one is true gives way to the new one. */
function replaceMatches(list: List, match: Value, item: Value, env: CallEnvironment): Value {
  if (!(match instanceof FeelFunction)) return outside(env)
  const replaced: Value[] = []
  for (const old of list) {
    env.spend(1)
    const matches = env.invoke(match, [old, item])
    if (typeof matches !== 'boolean') return outside(env)
    replaced.push(matches ? item : old)
  }
  return replaced
}

function flattened(list: List, env: CallEnvironment): Value {
  const items: Value[] = []
  const open: { readonly list: List; at: number }[] = [{ list, at: 0 }]
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    if (level.at === level.list.length) {
      open.pop()
      continue
    }
    env.spend(1)
    const item = level.list[level.at++] ?? null
    if (isList(item)) open.push({ list: item, at: 0 })
    else if (items.push(item) > LIST_LENGTH_MAX) return tooMany(env)
  }
  return items
}
