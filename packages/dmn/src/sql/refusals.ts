import { DIGITS_MAX } from '../value/number.ts'
import type { Emitter } from './emitter.ts'
import type { Fragment } from './fragment.ts'

/** A sum of many records that might have to be rounded, where the order of the records would matter. */
export function refuseLongSum(of: Emitter): Fragment {
  return of.refuse(
    undefined,
    'number',
    `子表的合计可能超过 ${DIGITS_MAX} 位数字。请给该列声明较短的数值类型。`,
    `The sum over the child table may have more than ${DIGITS_MAX} digits; declare a shorter type for the column.`,
  )
}
