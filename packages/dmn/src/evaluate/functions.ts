import { substring } from '../functions/text.ts'
import type { FunctionName } from '../node/functions.ts'
import type { CallNode } from '../node/node.ts'
import { dateFromParts, FeelDate, monthsBetween, parseDate } from '../value/date.ts'
import { DaysDuration, MonthsDuration } from '../value/duration.ts'
import { Decimal, numberFromText, settled } from '../value/number.ts'
import { compareValues, isNumber, toPlain, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { negated } from './durations.ts'
import { type Failure, failure } from './messages.ts'
import type { Evaluator, Run } from './run.ts'

type Implementation = (args: readonly Value[], fail: (result: Failure) => null, failures: Failures) => Value

interface Failures {
  readonly argument: Failure
  readonly number: Failure
  readonly date: Failure
}

/** `is defined` answers about null, `string` and the rest give null for it. */
export function compileCall(compiler: Compiler, node: CallNode): Evaluator {
  const args = node.args.map(arg => compiler.node(arg))
  const implementation = IMPLEMENTATIONS[node.function]
  const where = compiler.place(node)
  const failures: Failures = {
    argument: failure('argument', where),
    number: failure('number-range', where),
    date: failure('date-range', where),
  }
  const takesNull = node.function === 'is defined'
  return (run: Run) => {
    const values: Value[] = []
    let missing = false
    for (const arg of args) {
      const value = arg(run)
      missing ||= value === null
      values.push(value)
    }
    if (missing && !takesNull) return null
    return implementation(values, result => result(run), failures)
  }
}

const IMPLEMENTATIONS: Record<FunctionName, Implementation> = {
  min: args => extreme(args, order => order < 0),
  max: args => extreme(args, order => order > 0),
  sum: (args, fail, { number }) => {
    let total: Decimal | null = ZERO
    for (const arg of args) {
      if (arg === null || !isNumber(arg)) return null
      total = settled(total.plus(arg))
      if (total === null) return fail(number)
    }
    return total
  },
  abs: ([x = null]) => {
    if (x instanceof DaysDuration) return x.seconds.isNegative() ? negated(x) : x
    if (x instanceof MonthsDuration) return x.months.isNegative() ? negated(x) : x
    return x !== null && isNumber(x) ? x.abs() : null
  },
  modulo: ([a = null, b = null], fail, { argument }) => {
    if (a === null || b === null || !isNumber(a) || !isNumber(b)) return null
    if (b.isZero()) return fail(argument)
    // The sign of the divisor, as FEEL has it; decimal.js gives that of the dividend.
    const rest = a.mod(b)
    return rest.isZero() || rest.isNegative() === b.isNegative() ? rest : settled(rest.plus(b))
  },
  'date from text': ([text = null], fail, { argument }) =>
    typeof text === 'string' ? (parseDate(text) ?? fail(argument)) : null,
  'date from parts': ([year = null, month = null, day = null], fail, { date }) => {
    if (!isNumberValue(year) || !isNumberValue(month) || !isNumberValue(day)) return null
    return dateFromParts(year.toNumber(), month.toNumber(), day.toNumber()) ?? fail(date)
  },
  'years and months duration': ([from = null, to = null]) =>
    from instanceof FeelDate && to instanceof FeelDate
      ? new MonthsDuration(new Decimal(monthsBetween(from, to)))
      : null,
  'string length': ([text = null]) => (typeof text === 'string' ? new Decimal([...text].length) : null),
  substring: ([text = null, start = null, length], fail, { argument }) => {
    if (typeof text !== 'string' || !isNumberValue(start)) return null
    if (length !== undefined && !isNumberValue(length)) return null
    const part = substring(text, start, length)
    return part ?? fail(argument)
  },
  'upper case': ([text = null]) => (typeof text === 'string' ? text.toUpperCase() : null),
  'lower case': ([text = null]) => (typeof text === 'string' ? text.toLowerCase() : null),
  contains: ([text = null, part = null]) => bothText(text, part, (a, b) => a.includes(b)),
  'starts with': ([text = null, part = null]) => bothText(text, part, (a, b) => a.startsWith(b)),
  'ends with': ([text = null, part = null]) => bothText(text, part, (a, b) => a.endsWith(b)),
  string: ([value = null]) => {
    const plain = toPlain(value)
    return typeof plain === 'boolean' || typeof plain === 'string' ? String(plain) : null
  },
  number: ([text = null], fail, { argument }) =>
    typeof text === 'string' ? (numberFromText(text) ?? fail(argument)) : null,
  'is defined': ([value = null]) => value !== null,
}

const ZERO = new Decimal(0)

function extreme(args: readonly Value[], better: (order: number) => boolean): Value {
  let best: Value = args[0] ?? null
  for (const arg of args.slice(1)) {
    const order = compareValues(arg, best)
    if (order === undefined) return null
    if (better(order)) best = arg
  }
  return best
}

function bothText(a: Value, b: Value, test: (a: string, b: string) => boolean): boolean | null {
  return typeof a === 'string' && typeof b === 'string' ? test(a, b) : null
}

function isNumberValue(value: Value): value is Decimal {
  return value !== null && isNumber(value)
}
