import { FeelContext } from '../value/context.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { ANY_LIST, builtIn, listOf, outside, takes, way } from './signature.ts'

const CONTEXT = { kind: 'context', fields: [], open: true } as const

export const CONTEXTS: readonly BuiltIn[] = [
  builtIn(
    'get value',
    way<readonly [FeelContext, string]>(
      [takes('m', CONTEXT), takes('key', 'string')],
      'Any',
      ([m, key]) => m.fields.get(key) ?? null,
    ),
  ),
  builtIn(
    'get entries',
    way<readonly [FeelContext]>([takes('m', CONTEXT)], listOf(CONTEXT), ([m], env) => {
      env.spend(m.fields.size)
      return [...m.fields].map(
        ([key, value]) =>
          new FeelContext(
            new Map<string, Value>([
              ['key', key],
              ['value', value],
            ]),
          ),
      )
    }),
  ),
  builtIn(
    'context',
    way<readonly [readonly Value[]]>([takes('entries', listOf(CONTEXT))], CONTEXT, ([entries], env) =>
      contextOf(entries, env),
    ),
  ),
  builtIn(
    'context put',
    way<readonly [FeelContext, string, Value]>(
      [takes('context', CONTEXT), takes('key', 'string'), takes('value', 'Any', { nullable: true })],
      CONTEXT,
      ([context, key, value], env) => put(context, [key], value, env),
    ),
    way<readonly [FeelContext, readonly (string | null)[], Value]>(
      [takes('context', CONTEXT), takes('keys', listOf('string')), takes('value', 'Any', { nullable: true })],
      CONTEXT,
      ([context, keys, value], env) => put(context, keys, value, env),
    ),
  ),
  builtIn(
    'context merge',
    way<readonly [readonly Value[]]>([takes('contexts', ANY_LIST)], CONTEXT, ([contexts], env) => {
      const fields = new Map<string, Value>()
      for (const context of contexts) {
        if (!(context instanceof FeelContext)) return outside(env)
        env.spend(context.fields.size)
        for (const [name, value] of context.fields) fields.set(name, value)
      }
      return new FeelContext(fields)
    }),
  ),
]

/** From entries with `key` and `value`; null where one lacks a key, or two have the same. */
function contextOf(entries: readonly Value[], env: CallEnvironment): Value {
  const fields = new Map<string, Value>()
  env.spend(entries.length)
  for (const entry of entries) {
    if (!(entry instanceof FeelContext) || !entry.fields.has('value')) return outside(env)
    const key = entry.fields.get('key')
    if (typeof key !== 'string' || fields.has(key)) return outside(env)
    fields.set(key, entry.fields.get('value') ?? null)
  }
  return new FeelContext(fields)
}

const PATH_LENGTH_MAX = 200

/** A context with one entry set, along a path of keys; the one that was given stays as it is. */
function put(
  context: FeelContext,
  keys: readonly (string | null)[],
  value: Value,
  env: CallEnvironment,
): Value {
  const [key, ...rest] = keys
  if (keys.length > PATH_LENGTH_MAX) return outside(env)
  if (typeof key !== 'string') return outside(env)
  env.spend(context.fields.size)
  let entry = value
  if (rest.length > 0) {
    const inner = context.fields.get(key)
    if (!(inner instanceof FeelContext)) return outside(env)
    entry = put(inner, rest, value, env)
    if (entry === null) return null
  }
  return new FeelContext(new Map(context.fields).set(key, entry))
}
