import type { PathNode } from '../node/single.ts'
import { FeelContext } from '../value/context.ts'
import { FeelDate, partsOf, weekdayOf } from '../value/date.ts'
import { FeelDateTime, offsetOf } from '../value/date-time.ts'
import { DaysDuration, MonthsDuration } from '../value/duration.ts'
import type { Fail } from '../value/failures.ts'
import { nameOfKind } from '../value/kind.ts'
import { Decimal } from '../value/number.ts'
import { FeelRange } from '../value/range.ts'
import { clockPartsOf, FeelTime, offsetOfTime, SECOND_NANOSECONDS } from '../value/time.ts'
import { isList, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import { type Evaluator, spend } from './run.ts'

export function compilePath(compiler: Compiler, node: PathNode): Evaluator {
  const of = compiler.node(node.of)
  const { name } = node
  const env = new Environment(compiler.place(node))
  return run => {
    const value = of(run)
    if (isList(value)) spend(run, value.length)
    return propertyOf(value, name, env.of(run).fail)
  }
}

/** An entry of a context, or a property of a value (DMN 1.5, 10.3.2.6 and table 53). A null has none, without a word. */
export function propertyOf(value: Value, name: string, fail: Fail): Value {
  if (value === null) return null
  if (value instanceof FeelContext) {
    const entry = value.fields.get(name)
    return entry === undefined ? noSuchPart(value, name, fail) : entry
  }
  if (isList(value)) return value.map(item => propertyOf(item, name, fail))
  const property = partOf(value, name)
  return property === undefined ? noSuchPart(value, name, fail) : property
}

function noSuchPart(value: Value, name: string, fail: Fail): null {
  return fail('argument', {
    zh: `${nameOfKind(value, 'zh')}没有“${name}”这一项，结果按空值处理。`,
    en: `A ${nameOfKind(value, 'en')} has no part "${name}"; the result is null.`,
  })
}

/** Undefined where values of the kind have no such property. */
function partOf(value: Value, name: string): Value | undefined {
  if (value instanceof FeelDate) return partOfDate(value, name)
  if (value instanceof FeelTime) return partOfTime(value, name, offsetOfTime(value))
  if (value instanceof FeelDateTime) {
    return partOfDate(value.date, name) ?? partOfTime(value.time, name, offsetOf(value))
  }
  if (value instanceof MonthsDuration) {
    if (name === 'years') return whole(value.months.divToInt(12))
    return name === 'months' ? whole(value.months.mod(12)) : undefined
  }
  if (value instanceof DaysDuration) return partOfDays(value.seconds, name)
  if (!(value instanceof FeelRange)) return undefined
  switch (name) {
    case 'start':
      return value.low
    case 'end':
      return value.high
    case 'start included':
      return value.lowClosed
    case 'end included':
      return value.highClosed
    default:
      return undefined
  }
}

function partOfDate(date: FeelDate, name: string): Value | undefined {
  if (name === 'weekday') return new Decimal(weekdayOf(date))
  return name === 'year' || name === 'month' || name === 'day' ? new Decimal(partsOf(date)[name]) : undefined
}

function partOfTime(time: FeelTime, name: string, offset: number | null): Value | undefined {
  switch (name) {
    case 'hour':
    case 'minute':
      return new Decimal(clockPartsOf(time)[name])
    case 'second': {
      const { second, nanosecond } = clockPartsOf(time)
      return new Decimal(nanosecond).div(SECOND_NANOSECONDS).plus(second)
    }
    case 'time offset':
      return offset === null ? null : new DaysDuration(new Decimal(offset))
    case 'timezone':
      return typeof time.zone === 'string' ? time.zone : null
    default:
      return undefined
  }
}

function partOfDays(seconds: Decimal, name: string): Value | undefined {
  switch (name) {
    case 'days':
      return whole(seconds.divToInt(86_400))
    case 'hours':
      return whole(seconds.mod(86_400).divToInt(3600))
    case 'minutes':
      return whole(seconds.mod(3600).divToInt(60))
    case 'seconds':
      return whole(seconds.mod(60))
    default:
      return undefined
  }
}

/** Without a minus zero. */
function whole(x: Decimal): Decimal {
  return x.isZero() ? x.abs() : x
}
