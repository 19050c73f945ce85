import type { TypedInput } from '../node/program.ts'
import { isScalar, nameOfType, type ScalarType } from '../node/type.ts'
import { anyDate } from './dates.ts'
import { durationWithin, isDuration } from './durations.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, NO_SHAPE, over, type Shape, type SqlType } from './fragment.ts'
import { anyNumeric, bounded, settled } from './numbers.ts'
import type { ColumnBinding, ColumnType, Subject } from './query.ts'
import { identifier } from './quote.ts'
import { emitTest } from './tests.ts'

const INTEGER_DIGITS = { smallint: 5, integer: 10, bigint: 19 }

/** Input types a column type can feed. */
function feeds(type: ColumnType, wanted: ScalarType): boolean {
  if (type === 'text') return wanted === 'string'
  if (type === 'boolean' || type === 'date') return wanted === type
  return wanted === 'number' || wanted === 'days and time duration' || wanted === 'years and months duration'
}

/** A column as the value of an input: what the column may hold but FEEL cannot is null, what is not allowed too. */
export function inputFragment(
  emitter: Emitter,
  input: TypedInput,
  subject: Subject,
  binding: ColumnBinding,
): Fragment {
  const { data, type } = input
  if (!isScalar(type) || !feeds(binding.type, type)) {
    return emitter.refuse(
      undefined,
      type,
      `输入“${data.name}”的类型是${nameOfType(type, 'zh')}，不能绑定到 ${binding.type} 列。`,
      `The input "${data.name}" is of type ${nameOfType(type, 'en')} and cannot be bound to a column of type ${binding.type}.`,
    )
  }
  const column = readColumn(subject, binding)
  const value =
    type === 'years and months duration'
      ? durationWithin(wholeNumber(column), type)
      : isDuration(type)
        ? durationWithin(column, type)
        : column
  if (input.allowed.length === 0) return emitter.share(value)
  const about = emitter.share(value)
  const tests = input.allowed.map(({ test, text }) => emitTest(emitter.at({ text }).about(about), test))
  return emitter.share(
    over([about, ...tests], {
      text: `(case when ${tests.map(test => test.text).join(' and ')} then ${about.text} end)`,
      sqlType: about.sqlType,
      nullable: true,
      shape: about.shape,
    }),
  )
}

function readColumn(subject: Subject, { column, type, notNull = false, scale = 0 }: ColumnBinding): Fragment {
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
      return anyDate(of('date'))
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
      // A declared numeric still takes NaN.
      const number = { ...declared, text: `nullif(${reference}, 'NaN')`, nullable: true, cost: 2 }
      return settled(bounded(number))
    }
  }
}

/** Months are whole, or the column holds no duration. */
function wholeNumber(column: Fragment): Fragment {
  if (column.shape.scale === 0) return column
  return over([column, column], {
    text: `(case when ${column.text} = trunc(${column.text}) then ${column.text} end)`,
    sqlType: 'numeric',
    nullable: true,
    shape: { int: column.shape.int, scale: 0 },
  })
}
