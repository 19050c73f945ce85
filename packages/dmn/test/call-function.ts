import assert from 'node:assert/strict'
import type { CallEnvironment } from '../src/functions/built-in.ts'
import { callBuiltIn, callBuiltInByName } from '../src/functions/call.ts'
import { BUILT_IN } from '../src/functions/registry.ts'
import { feelReader } from '../src/read/feel.ts'
import type { Syntax } from '../src/read/syntax.ts'
import { FeelContext } from '../src/value/context.ts'
import { parseDate } from '../src/value/date.ts'
import { parseDateTime } from '../src/value/date-time.ts'
import { parseDuration } from '../src/value/duration.ts'
import { parseNumber } from '../src/value/number.ts'
import { negate } from '../src/value/operate.ts'
import { FeelRange, rangeOfComparison } from '../src/value/range.ts'
import { parseTime } from '../src/value/time.ts'
import { toText } from '../src/value/to-text.ts'
import type { Value } from '../src/value/value.ts'

/** A row of a table of functions: a call in FEEL, and its answer as FEEL writes it. `null!` is null with a message. */
export type Row = readonly [call: string, answer: string]

const NAMES = Object.fromEntries([...BUILT_IN.keys()].map(name => [name, 1 as const]))
const reader = feelReader(NAMES)

/** Literals and calls of built-in functions worked out with nothing but values and functions. */
export function callFunction(text: string, env: CallEnvironment): Value {
  return valueOfSyntax(reader.expression(text), env)
}

export class NotedEnvironment implements CallEnvironment {
  readonly messages: string[] = []
  readonly today = parseDate('2026-06-21')
  readonly now = parseDateTime('2026-06-21T10:30:00+08:00')
  spent = 0

  fail: CallEnvironment['fail'] = (code, { zh, en }) => {
    assert.ok(zh.length > 0 && en.length > 0)
    this.messages.push(`${code}: ${en}`)
    return null
  }

  invoke: CallEnvironment['invoke'] = (fn, args) => fn.invoke(args)

  spend: CallEnvironment['spend'] = steps => {
    this.spent += steps
  }
}

export function answersAre(rows: readonly Row[]): void {
  for (const [call, expected] of rows) {
    const env = new NotedEnvironment()
    const value = callFunction(call, env)
    const answer = typeof value === 'string' ? `"${value}"` : (toText(value) ?? 'too long')
    assert.equal(answer + (value === null && env.messages.length > 0 ? '!' : ''), expected, call)
  }
}

function valueOfSyntax(syntax: Syntax, env: CallEnvironment): Value {
  switch (syntax.kind) {
    case 'number':
      return parseNumber(syntax.digits)
    case 'string':
    case 'boolean':
      return syntax.value
    case 'null':
      return null
    case 'at':
      return (
        parseDate(syntax.value) ??
        parseDateTime(syntax.value) ??
        parseTime(syntax.value) ??
        parseDuration(syntax.value)
      )
    case 'negate':
      return negate(valueOfSyntax(syntax.operand, env), env.fail)
    case 'list':
      return syntax.items.map(item => valueOfSyntax(item, env))
    case 'context':
      return new FeelContext(
        new Map(syntax.entries.map(({ key, value }) => [key, valueOfSyntax(value, env)])),
      )
    case 'range':
      return new FeelRange(
        valueOfSyntax(syntax.low, env),
        valueOfSyntax(syntax.high, env),
        syntax.lowClosed,
        syntax.highClosed,
      )
    case 'half range':
      return rangeOfComparison(syntax.operator, valueOfSyntax(syntax.bound, env))
    case 'call':
      return call(syntax, env)
    default:
      throw new Error(`a table of functions holds no ${syntax.kind}`)
  }
}

function call({ callee, args }: Syntax & { kind: 'call' }, env: CallEnvironment): Value {
  const fn = callee.kind === 'name' ? BUILT_IN.get(callee.name) : undefined
  assert.ok(fn, 'no such function')
  const values = args.map(arg => valueOfSyntax(arg.value, env))
  const named = args.flatMap(({ name }, i): [string, Value][] =>
    name === undefined ? [] : [[name, values[i] ?? null]],
  )
  return named.length > 0 ? callBuiltInByName(fn, new Map(named), env) : callBuiltIn(fn, values, env)
}
