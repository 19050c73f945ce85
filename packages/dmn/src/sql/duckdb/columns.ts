import type { Emitter } from '../emitter.ts'
import { type Fragment, INTEGER_DIGITS, NO_SHAPE, type Shape, type SqlType } from '../fragment.ts'
import type { ColumnBinding, Subject } from '../query.ts'
import { anyDate } from './dates.ts'
import { identifier, nothing } from './literals.ts'
import { refuseDigits } from './numbers.ts'
import { typeOf } from './widths.ts'

const DECIMAL_DIGITS_MAX = 38

export function readColumn(
  of: Emitter,
  subject: Subject,
  { column, type, notNull = false, finite = false, scale = 0, digits }: ColumnBinding,
): Fragment {
  const reference = `${identifier(subject.alias)}.${identifier(column)}`
  const as = (text: string, sqlType: SqlType, shape: Shape = NO_SHAPE, cost = 1): Fragment => ({
    text,
    sqlType,
    nullable: !notNull,
    shape,
    cost,
    level: 0,
    literal: false,
  })
  switch (type) {
    case 'text':
    case 'boolean':
      return as(reference, type)
    case 'date':
      return finite ? as(reference, 'date') : anyDate(as(reference, 'date'))
    case 'smallint':
    case 'integer':
    case 'bigint': {
      const whole = type === 'bigint' ? reference : `${reference}::bigint`
      const most = Math.min(digits ?? INTEGER_DIGITS[type], INTEGER_DIGITS[type])
      const shape = { int: Math.max(most - scale, 0), scale }
      if (most === INTEGER_DIGITS[type]) return as(whole, 'bigint', shape)
      const limit = 10n ** BigInt(most)
      const within = `(case when ${reference} > -${limit} and ${reference} < ${limit} then ${whole} end)`
      return { ...as(within, 'bigint', shape, 3), nullable: true }
    }
    case 'numeric': {
      of.refuse(
        undefined,
        'number',
        `DuckDB 的列“${column}”须声明精度，如 numeric(18,2)。`,
        `The DuckDB column "${column}" needs a declared precision, as in numeric(18,2).`,
      )
      return nothing('number')
    }
    default: {
      const [, precision = 0, places = 0] = (/^numeric\((-?\d+),(-?\d+)\)$/.exec(type) ?? []).map(Number)
      const shape = { int: Math.max(precision - places, 0), scale: Math.max(places, 0) }
      const sqlType = typeOf(shape)
      const width = precision + places
      if (width > DECIMAL_DIGITS_MAX) return refuseDigits(of)
      // Multiplied in a type that holds the whole count with its places.
      const unit = `1${'0'.repeat(places)}::decimal(${places + 1},0)`
      const text = places > 0 ? `(${reference}::decimal(${width},${places}) * ${unit})` : reference
      return as(`${text}::${sqlType}`, sqlType, shape, 4)
    }
  }
}
