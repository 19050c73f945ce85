import type { HitPolicy } from '../read/model.ts'
import type { Plain } from '../value/plain.ts'
import type { Type } from '../value/type.ts'

/**
 * How an answer came about, made for the explanation panel and for the archive: plain JSON, nothing twice.
 * `decisions` stand in the order they were worked out; the last one is the decision asked for, and each names the
 * others it used.
 */
export interface Trace {
  readonly decision: string
  /** The business date `today()` stands for, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly inputs: readonly InputTrace[]
  readonly decisions: readonly DecisionTrace[]
}

export interface InputTrace {
  readonly name: string
  readonly label?: string
  readonly description?: string
  readonly type: Type
  readonly value: Plain
}

export interface DecisionTrace {
  readonly name: string
  readonly label?: string
  readonly description?: string
  readonly sources: readonly SourceTrace[]
  readonly requires: { readonly inputs: readonly string[]; readonly decisions: readonly string[] }
  readonly type: Type
  readonly value: Plain
  readonly logic: TableTrace | ExpressionTrace | BoxedTrace | UnsupportedTrace
}

/** The clause: a knowledge source of the model. */
export interface SourceTrace {
  readonly name: string
  readonly label?: string
  readonly type?: string
  readonly locationURI?: string
  readonly description?: string
}

export interface UnsupportedTrace {
  readonly kind: 'unsupported'
}

export interface ExpressionTrace {
  readonly kind: 'expression'
  readonly text: string
  readonly step: Step
}

/** A boxed expression other than a literal one or a table. Its steps say which text they stand in. */
export interface BoxedTrace {
  readonly kind: 'boxed'
  /** The DMN element: context, invocation, relation, … */
  readonly element: string
  readonly step: Step
}

/**
 * One node of an expression with its value. `text.slice(from, to)` of the expression it belongs to is `text`, so a
 * panel can write values over their places; `name` is set where the step reads an input, a decision or a name bound
 * around it. A branch that was not taken has no step; what ran several times (a loop, a called function) has its
 * steps each time, up to a limit.
 */
export interface Step {
  readonly kind: 'literal' | 'input' | 'decision' | 'local' | 'operation'
  /** What the value is bound to: an entry of a context, a parameter. */
  readonly label?: string
  readonly text: string
  readonly from: number
  readonly to: number
  readonly name?: string
  readonly value: Plain
  readonly steps: readonly Step[]
  /** The text this step and those in it are places of, where it is not that of the step around. */
  readonly source?: string
  /** How a decision table inside an expression came to its value. */
  readonly table?: TableTrace
}

export interface TableTrace {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly columns: readonly ColumnTrace[]
  readonly outputs: readonly { readonly name?: string; readonly label?: string }[]
  readonly rules: readonly RuleTrace[]
  /** Numbers (from 1) of the rules whose cells are all met or any. */
  readonly matched: readonly number[]
  /** Numbers of the rules the value comes from; empty when none matched or the hit policy was violated. */
  readonly deciding: readonly number[]
  /** True when no rule matched and the default outputs gave the value. */
  readonly defaulted: boolean
}

export interface ColumnTrace {
  readonly label: string
  readonly expression: string
  readonly type: Type
  readonly value: Plain
  readonly step: Step
}

export interface RuleTrace {
  readonly number: number
  readonly label?: string
  readonly description?: string
  readonly matched: boolean
  readonly cells: readonly CellTrace[]
  /** The value stands only where the rule matched. */
  readonly outputs: readonly { readonly text: string; readonly value?: Plain }[]
  readonly annotations: readonly { readonly name: string; readonly text: string }[]
}

/** `unknown`: a value is missing, so the test could be neither met nor failed. `any`: the cell is `-`. */
export type Outcome = 'met' | 'not met' | 'unknown' | 'any'

export interface CellTrace {
  readonly text: string
  readonly outcome: Outcome
  /** For a cell that is not met: each comparison that failed and by how much. */
  readonly gaps?: readonly Gap[]
}

/**
 * `actual comparison bound` is false; moving `actual` by `shortfall` (always positive) towards the bound reaches it.
 * For dates the shortfall counts days.
 */
export interface Gap {
  readonly comparison: '<' | '<=' | '>' | '>='
  readonly actual: string
  readonly bound: string
  readonly shortfall: string
  readonly unit: 'number' | 'day'
}
