import { DIGITS_MAX } from '../../value/number.ts'
import type { Dialect } from '../dialect.ts'
import { asNumeric, isInteger } from '../fragment.ts'
import type { Levels } from '../levels.ts'
import { refuseLongSum } from '../refusals.ts'
import { readColumn } from './columns.ts'
import { datePart, difference, shiftedByMonths, shiftedBySeconds } from './dates.ts'
import { durationPart, durationWithin, wholeNumber } from './durations.ts'
import { CALLS } from './functions.ts'
import { add, alike, divide, multiply, negate, round } from './numbers.ts'
import { identifier, literalFragment } from './quote.ts'

/** PostgreSQL 15 and later, and Citus: numbers are numeric, rounded to 34 digits wherever they could have more. */
export const POSTGRESQL: Dialect = {
  name: 'postgresql',
  joinsRules: true,
  collation: ' collate "C"',
  calls: CALLS,
  identifier,
  holds: () => true,
  literal: literalFragment,
  column: (_, subject, binding) => readColumn(subject, binding),
  result: (value, type, trailingZeros) => {
    if (isInteger(value.sqlType)) return asNumeric(value)
    const isAmount = type !== 'string' && type !== 'boolean' && type !== 'date'
    // Without trailing zeros, as the evaluator has them.
    return isAmount && !value.literal && !trailingZeros
      ? { ...value, text: `trim_scale(${value.text})` }
      : value
  },
  add: (_, left, right, operator) => add(left, right, operator),
  multiply: (_, left, right) => multiply(left, right),
  divide: (_, left, right) => divide(left, right),
  negate: (_, operand) => negate(operand),
  summed: (of, total) => {
    const { int, scale } = total.shape
    if (int + scale > DIGITS_MAX) return refuseLongSum(of)
    return { ...total, text: `${total.text}::numeric`, sqlType: 'numeric' }
  },
  round: (of, operand, places, mode) => round(operand, places, mode, of.share),
  alike: (_, values) => alike(values),
  datePart,
  difference,
  shiftedByMonths,
  shiftedBySeconds,
  whole: (_, number) => wholeNumber(number),
  durationWithin: (_, amount, type) => durationWithin(amount, type),
  durationPart,
  reference: (level, name) => `l${level}.${name}`,
  joined: (alias, name) => `${alias}.${name}`,
  from: (table, alias, levels, items) => `${table} as ${alias}${laterals(levels, items)}`,
}

/**
 * The planner pulls a `lateral (select …)` without a table up and puts its expressions in place of every reference, so
 * such a level costs nothing and shares nothing: text stays linear, evaluation does not. Of n chained decisions, each used
 * twice by the next, the first would be worked out 2^n times. A level whose expressions are used more often than that is worth
 * therefore ends in `having true`: one row without grouping, which the planner leaves as it is and evaluates once a row. It is
 * neither OFFSET nor MATERIALIZED, and with no table inside there is nothing to read or store.
 */
function laterals(levels: Levels, items: readonly string[]): string {
  const once = levels.workedOutOnce(items)
  return levels.levels
    .map(({ level, columns, joins }) => {
      const list = columns.map(({ name, fragment }) => `    ${fragment.text} as ${name}`).join(',\n')
      const lateral =
        columns.length === 0
          ? ''
          : `\n  cross join lateral (select\n${list}${once.has(level) ? '\n    having true' : ''}) as l${level}`
      return lateral + joins.map(({ sql }) => `\n  ${sql}`).join('')
    })
    .join('')
}
