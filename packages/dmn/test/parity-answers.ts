import { conditionBits, type Explained, type Plain, type PlainInputs } from '../src/index.ts'
import type { JavaScriptItem } from '../src/javascript/index.ts'
import type { SelectItem } from '../src/sql/index.ts'
import { DaysDuration, parseDuration } from '../src/value/duration.ts'
import type { ModelSpec } from './model-xml.ts'

/** What the trace says, as PostgreSQL would print it. */
export function expected(
  { role, decision, output, type }: SelectItem,
  { trace, value }: Explained,
): string | null {
  const own = trace.decisions.at(-1)
  if (role === 'rule') {
    const [rule] = own?.logic.kind === 'table' ? own.logic.deciding : []
    return rule === undefined ? null : String(rule)
  }
  if (role === 'passed' || role === 'unknown') return String(conditionBits(trace, decision)[role])
  const plain: Plain =
    output === undefined ? value : ((value as Record<string, Plain> | null)?.[output] ?? null)
  if (plain === null) return null
  if (type === 'boolean') return plain === true ? 't' : 'f'
  if (type === 'days and time duration' || type === 'years and months duration') {
    return amountOf(String(plain))
  }
  return String(plain)
}

/** An answer of the compiled function, as PostgreSQL would print it. */
export function printed(
  item: JavaScriptItem | undefined,
  answer: Plain | number | bigint | undefined,
): string | null {
  if (answer === null || answer === undefined || item === undefined) return null
  if (typeof answer === 'boolean') return answer ? 't' : 'f'
  if (item.type === 'days and time duration' || item.type === 'years and months duration') {
    return amountOf(String(answer))
  }
  return String(answer)
}

function amountOf(text: string): string {
  const duration = parseDuration(text)
  const amount = duration instanceof DaysDuration ? duration.seconds : duration?.months
  return amount?.toFixed() ?? 'not a duration'
}

/** Inputs the compiled function takes as whole numbers, as the columns hold them. */
export const INTEGERS = {
  合同金额: { scale: 2, digits: 18 },
  '实付 利息': { scale: 2, digits: 19 },
  期数: { digits: 10 },
}

export function integersOf(given: PlainInputs): Record<string, bigint | null> {
  return Object.fromEntries(
    Object.entries(INTEGERS as Record<string, { scale?: number }>).map(([name, { scale = 0 }]) => {
      const value = given[name]
      if (typeof value !== 'string') return [name, null]
      const [whole = '', fraction = ''] = value.split('.')
      return [name, BigInt(whole + fraction.padEnd(scale, '0'))]
    }),
  )
}

export function describeModel(spec: ModelSpec | undefined): string {
  return Object.entries(spec?.decisions ?? {})
    .map(
      ([name, { type, expression, table }]) =>
        `${name} (${type}): ${expression ?? JSON.stringify(table, null, 1)}`,
    )
    .join('\n')
}
