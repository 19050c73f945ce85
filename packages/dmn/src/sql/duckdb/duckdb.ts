import { DIGITS_MAX } from '../../value/number.ts'
import type { Dialect } from '../dialect.ts'
import type { Levels } from '../levels.ts'
import { refuseLongSum } from '../refusals.ts'
import { readColumn } from './columns.ts'
import { datePart, difference, shiftedByMonths, shiftedBySeconds } from './dates.ts'
import { durationPart, durationWithin, wholeNumber } from './durations.ts'
import { asDecimal, CALLS } from './functions.ts'
import { holds, identifier, literal } from './literals.ts'
import { add, alike, divide, isCount, multiply, negate, round, roundQuotient } from './numbers.ts'
import { typeOf } from './widths.ts'

/** DuckDB 1.5, for simulation over snapshots: numbers are whole counts, sums and products exact or refused. */
export const DUCKDB: Dialect = {
  name: 'duckdb',
  joinsRules: false,
  collation: '',
  calls: CALLS,
  identifier,
  holds,
  literal,
  column: readColumn,
  result: (value, type) =>
    isCount(value) && type !== 'string' ? { ...value, text: asDecimal(value), sqlType: 'numeric' } : value,
  add,
  multiply,
  divide,
  negate,
  summed: (of, total) => {
    if (total.shape.int + total.shape.scale > DIGITS_MAX) return refuseLongSum(of)
    const sqlType = typeOf(total.shape)
    return { ...total, text: `${total.text}::${sqlType}`, sqlType }
  },
  round,
  roundQuotient,
  alike,
  datePart,
  difference,
  shiftedByMonths,
  shiftedBySeconds,
  whole: wholeNumber,
  durationWithin,
  durationPart,
  reference: (level, name) => `"~l${level}.${name}"`,
  joined: (alias, name) => `"~${alias}.${name}"`,
  from: nested,
}

/** Each level selects from the one below and adds its columns, which DuckDB works out once for a whole vector of rows. */
function nested(table: string, alias: string, { levels }: Levels): string {
  let from = `${table} as ${alias}`
  for (const { level, columns, joins } of levels) {
    const shared = columns.map(({ name, fragment }) => `    ${fragment.text} as "~l${level}.${name}"`)
    const joined = joins.flatMap(join =>
      join.columns.map(name => `    ${join.alias}.${name} as "~${join.alias}.${name}"`),
    )
    const sources = [from, ...joins.map(({ sql }) => sql)].join('\n  ')
    from = `(select ${alias}.*,\n${[...shared, ...joined].join(',\n')}\n  from ${sources}) as ${alias}`
  }
  return from
}
