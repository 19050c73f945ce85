import type { FunctionName } from '../node/functions.ts'
import type { CallNode } from '../node/node.ts'
import type { RoundingMode } from '../value/number.ts'
import type { ScalarType } from '../value/type.ts'
import type { ScalarValue } from '../value/value.ts'
import type { Emitter } from './emitter.ts'
import type { Fragment } from './fragment.ts'
import type { Levels } from './levels.ts'
import type { ColumnBinding, Subject } from './query.ts'

/**
 * What differs between databases: how numbers are held, what arithmetic on them cannot raise or round, dates, functions and
 * the shape of the from clause. All else, null included, is the same SQL. An operation that a database has no exact form for
 * is refused through the emitter, with its place.
 */
export interface Dialect {
  readonly name: 'postgresql' | 'duckdb'
  /** Whether long tables are looked up by joins. DuckDB tries a `case` on a whole vector of rows at once. */
  readonly joinsRules: boolean
  /** Written after a text so that it is ordered by code point. */
  readonly collation: string
  readonly calls: Readonly<Record<FunctionName, EmitCall>>

  /** @throws RangeError for a name the database cannot hold */
  identifier(name: string): string
  /** Whether a constant has an exact form. */
  holds(value: NonNullable<ScalarValue>): boolean
  /** A value as a typed constant, a null as well. */
  literal(value: ScalarValue, type: ScalarType): Fragment
  /** A column of the subject; what it may hold but FEEL cannot is null. */
  column(of: Emitter, subject: Subject, binding: ColumnBinding): Fragment
  /** A value as the statement gives it. */
  result(value: Fragment, type: ScalarType, trailingZeros: boolean): Fragment

  add(of: Emitter, left: Fragment, right: Fragment, operator?: '+' | '-'): Fragment
  multiply(of: Emitter, left: Fragment, right: Fragment): Fragment
  /** Null for a divisor of zero. */
  divide(of: Emitter, left: Fragment, right: Fragment): Fragment
  negate(of: Emitter, operand: Fragment): Fragment
  round(of: Emitter, operand: Fragment, places: number, mode: RoundingMode): Fragment
  /** A quotient that is rounded at once, where that is easier than the quotient itself. */
  roundQuotient?(
    of: Emitter,
    dividend: Fragment,
    divisor: Fragment,
    places: number,
    mode: RoundingMode,
  ): Fragment
  /** Numbers in one representation, so that they can be compared or stand in one `case`; other values as they are. */
  alike(of: Emitter, values: readonly Fragment[]): Fragment[]

  datePart(part: 'year' | 'month' | 'day', date: Fragment): Fragment
  /** In seconds. */
  difference(left: Fragment, right: Fragment): Fragment
  /** @param constant  the number of months where it is known beforehand */
  shiftedByMonths(date: Fragment, months: Fragment, constant: number | undefined): Fragment
  shiftedBySeconds(date: Fragment, seconds: Fragment, constant: number | undefined): Fragment
  /** A number that is whole; null where it is not. */
  whole(of: Emitter, number: Fragment): Fragment
  /** An amount of seconds or months as a duration can be; null when out of range. */
  durationWithin(of: Emitter, amount: Fragment, type: ScalarType): Fragment
  durationPart(part: 'years' | 'months' | 'days', amount: Fragment): Fragment

  /**
   * A sum over the records of a child table as a number.
   *
   * @param total  its shape bounds the sum
   */
  summed(of: Emitter, total: Fragment): Fragment

  /** What expressions of higher levels call a column of a join. */
  joined(alias: string, name: string): string
  /** What expressions of higher levels call a shared column. */
  reference(level: number, name: string): string
  /**
   * The from clause: subject and levels.
   *
   * @param table  the quoted name of the subject's table, `alias` the quoted alias
   * @param items  the expressions of the select list
   */
  from(table: string, alias: string, levels: Levels, items: readonly string[]): string
}

export type EmitCall = (emitter: Emitter, args: readonly Fragment[], node: CallNode) => Fragment
