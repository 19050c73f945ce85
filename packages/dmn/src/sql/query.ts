import type { PlainInput } from '../value/plain.ts'
import type { ScalarType } from '../value/type.ts'

/**
 * The type a column was declared with. A declared precision matters: with `numeric(18,2)` the emitter can prove
 * that sums and products stay exact and emits bare arithmetic; a bare `numeric` has to be brought to 34 digits
 * first, which costs about a microsecond a value.
 */
export type ColumnType =
  | 'text'
  | 'boolean'
  | 'date'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | `numeric(${number},${number})`

export interface ColumnBinding {
  /** The column's name as it is in the catalogue; quoting is the emitter's work. */
  readonly column: string
  readonly type: ColumnType
  /** True when the column is declared NOT NULL: guards are left out. */
  readonly notNull?: boolean
  /** True when a check on the column keeps NaN out, or dates beyond the years 1 to 9999 and infinity: guards are left out. */
  readonly finite?: boolean
  /**
   * Digits that a whole-number column has at most, which DuckDB computes with: 18 and fewer are fast. What has more is
   * taken as missing.
   */
  readonly digits?: number
  /** For integer columns that hold hundredths (fen) and the like: value = column / 10^scale. Default 0. */
  readonly scale?: number
}

export interface Subject {
  /** Table, or schema and table. */
  readonly table: string | readonly [schema: string, table: string]
  readonly alias: string
  /** Columns passed through unchanged, first in the select list: the subject's key. */
  readonly keys?: readonly string[]
  /** By input name. */
  readonly columns: Readonly<Record<string, ColumnBinding>>
  /** Inputs that are lists of records, by input name: each record is a row of a child table. */
  readonly children?: Readonly<Record<string, ChildTable>>
}

/** Records that belong to a subject: its loans, its penalties, its invoices. */
export interface ChildTable {
  /** Table, or schema and table. */
  readonly table: string | readonly [schema: string, table: string]
  /** Columns of the child table that name the subject, each with the subject's own column. */
  readonly on: Readonly<Record<string, string>>
  /** By the name of the record's component. */
  readonly columns: Readonly<Record<string, ColumnBinding>>
}

export interface SqlOptions {
  /** Decisions whose values (and, for tables, matched rules) are wanted. */
  readonly decisions: readonly string[]
  /** Tables whose condition bits are wanted. */
  readonly conditions?: readonly string[]
  readonly subject: Subject
  /** Inputs that are the same for the whole run (policy parameters), by input name. A column of the same name wins. */
  readonly parameters?: Readonly<Record<string, PlainInput>>
  /** What `today()` is, `YYYY-MM-DD`. */
  readonly asOf: string
  /** A table of more rules than this becomes a join with a rule table; 60 unless said. */
  readonly casesMax?: number
  /** Whether numbers keep the trailing zeros of their columns; else they print as the evaluator prints them. */
  readonly trailingZeros?: boolean
  /** The database the statement is for; PostgreSQL unless said. */
  readonly target?: 'postgresql' | 'duckdb'
}

export interface SelectItem {
  /** `value_1`, `rule_1`, `passed_1`, `unknown_1` …: short and plain whatever the decision is called. */
  readonly name: string
  readonly role: 'value' | 'rule' | 'passed' | 'unknown'
  readonly decision: string
  /** The output's name, for a table with several outputs. */
  readonly output?: string
  /** FEEL type of a value. Durations come as numbers: months, or seconds. */
  readonly type: ScalarType
  readonly sqlType: 'numeric' | 'text' | 'boolean' | 'date' | 'integer' | 'bigint' | 'hugeint'
  /** The expression alone, valid over `from`. */
  readonly expression: string
}

export interface SqlQuery {
  readonly items: readonly SelectItem[]
  /** The from clause without the word: subject and lateral levels. A `where` over the subject's alias may follow. */
  readonly from: string
  /** `select keys…, items… from …`, without a semicolon. */
  readonly text: string
}
