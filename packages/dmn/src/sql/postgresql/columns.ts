import { type Fragment, INTEGER_DIGITS, NO_SHAPE, type Shape, type SqlType } from '../fragment.ts'
import type { ColumnBinding, Subject } from '../query.ts'
import { anyDate } from './dates.ts'
import { anyNumeric, bounded, settled } from './numbers.ts'
import { identifier } from './quote.ts'

/** What the column may hold but FEEL cannot is null: NaN, infinity, dates beyond the years 1 to 9999. */
export function readColumn(
  subject: Subject,
  { column, type, notNull = false, finite = false, scale = 0 }: ColumnBinding,
): Fragment {
  const reference = `${identifier(subject.alias)}.${identifier(column)}`
  const of = (sqlType: SqlType, shape: Shape = NO_SHAPE): Fragment => ({
    text: reference,
    sqlType,
    nullable: !notNull,
    shape,
    cost: 1,
    level: 0,
    literal: false,
  })
  switch (type) {
    case 'text':
      // From here on everything made of it compares by code point.
      return { ...of('text'), text: `(${reference} collate "C")` }
    case 'boolean':
      return of('boolean')
    case 'date':
      return finite ? of('date') : anyDate(of('date'))
    case 'smallint':
    case 'integer':
    case 'bigint': {
      const int = INTEGER_DIGITS[type]
      if (scale === 0) return of(type === 'bigint' ? 'bigint' : 'integer', { int, scale: 0 })
      const decimal = of('numeric', { int: Math.max(int - scale, 0), scale })
      return { ...decimal, text: `(${reference} * '1e-${scale}'::numeric)`, cost: 2 }
    }
    case 'numeric':
      return anyNumeric(of('numeric'))
    default: {
      const [, precision = 0, places = 0] = (/^numeric\((-?\d+),(-?\d+)\)$/.exec(type) ?? []).map(Number)
      const declared = of('numeric', { int: Math.max(precision - places, 0), scale: Math.max(places, 0) })
      if (finite) return settled(declared)
      // A declared numeric still takes NaN.
      const number = { ...declared, text: `nullif(${reference}, 'NaN')`, nullable: true, cost: 2 }
      return settled(bounded(number))
    }
  }
}
