import type { ScalarValue } from '../value/value.ts'

/** What PostgreSQL will take an expression for. */
export type SqlType = 'numeric' | 'integer' | 'bigint' | 'hugeint' | 'text' | 'boolean' | 'date'

/**
 * A piece of SQL with what is known about its value. Made only by the emitter's own functions; `text` can stand
 * anywhere an operand can.
 */
export interface Fragment {
  readonly text: string
  readonly sqlType: SqlType
  readonly nullable: boolean
  /** Bounds of a number; meaningless for the rest. */
  readonly shape: Shape
  /** How many operators PostgreSQL evaluates for it once its planner has put everything in place. */
  readonly cost: number
  /** The highest lateral level it reads; 0 for the subject and for literals. */
  readonly level: number
  /** A constant. */
  readonly literal: boolean
  /** A column of a level: naming it again would gain nothing. */
  readonly reference?: true
  /** Set where it is an output of a table whose outputs are constants. */
  readonly choice?: Choice
}

/** One of a few constants, chosen by the number of the rule that decides: 0 for none, null for a violated policy. */
export interface Choice {
  readonly pick: Fragment
  readonly values: ReadonlyMap<number, ScalarValue>
}

/** A number below 10^int with at most `scale` decimal places. */
export interface Shape {
  readonly int: number
  readonly scale: number
}

/** Digits the integer types of columns may have. */
export const INTEGER_DIGITS = { smallint: 5, integer: 10, bigint: 19 }

export const NO_SHAPE: Shape = { int: 0, scale: 0 }

/**
 * An expression over others: at the highest of their levels, nullable if one of them is, costing what they cost and
 * its own operators (1 unless said). List an operand as often as the text repeats it.
 */
export function over(
  operands: readonly Fragment[],
  of: Pick<Fragment, 'text' | 'sqlType'> & Partial<Pick<Fragment, 'nullable' | 'shape' | 'cost'>>,
): Fragment {
  return {
    text: of.text,
    sqlType: of.sqlType,
    nullable: of.nullable ?? operands.some(each => each.nullable),
    shape: of.shape ?? NO_SHAPE,
    cost: operands.reduce((total, each) => total + each.cost, of.cost ?? 1),
    level: operands.reduce((highest, each) => Math.max(highest, each.level), 0),
    literal: false,
  }
}

export function isInteger(sqlType: SqlType): boolean {
  return sqlType === 'integer' || sqlType === 'bigint'
}

/** The same number as numeric: integer arithmetic overflows and truncates, numeric does neither. */
export function asNumeric(fragment: Fragment): Fragment {
  return isInteger(fragment.sqlType)
    ? { ...fragment, text: `${fragment.text}::numeric`, sqlType: 'numeric' }
    : fragment
}
