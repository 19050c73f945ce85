import type { Problem } from '../problem.ts'
import type { RoundingMode } from '../value/number.ts'
import type { Type } from '../value/type.ts'
import type { ScalarValue } from '../value/value.ts'
import type { FunctionName } from './functions.ts'
import type { SingleNode } from './single.ts'
import type { Test } from './test.ts'

/**
 * The typed tree every back end reads. Frozen data: types are settled, names resolved, each FEEL operator split by
 * what it does to its operands, so a back end has nothing left to decide. `from`/`to` point into the source text
 * for traces and messages only.
 */
export type Node = BulkNode | SingleNode

/** What every back end runs: SQL handles exactly these. */
export type BulkNode =
  | LiteralNode
  | InputNode
  | DecisionNode
  | SubjectNode
  | TodayNode
  | FieldNode
  | DatePartNode
  | DurationPartNode
  | ArithmeticNode
  | NegateNode
  | DurationNode
  | ShiftNode
  | DateDifferenceNode
  | ConcatenateNode
  | CompareNode
  | EqualNode
  | LogicNode
  | NotNode
  | IfNode
  | BetweenNode
  | InNode
  | RoundNode
  | CallNode
  | InvalidNode

export interface Base {
  readonly type: Type
  readonly from: number
  readonly to: number
}

export interface LiteralNode extends Base {
  readonly kind: 'literal'
  readonly value: ScalarValue
}

export interface InputNode extends Base {
  readonly kind: 'input'
  readonly name: string
}

/** The value of another decision. */
export interface DecisionNode extends Base {
  readonly kind: 'decision'
  readonly name: string
}

/** `?`: the value a unary test is about. */
export interface SubjectNode extends Base {
  readonly kind: 'subject'
}

/** The business date of the run. */
export interface TodayNode extends Base {
  readonly kind: 'today'
}

/** One output of a table that has several. */
export interface FieldNode extends Base {
  readonly kind: 'field'
  readonly of: Node
  readonly name: string
}

export interface DatePartNode extends Base {
  readonly kind: 'date part'
  readonly part: 'year' | 'month' | 'day'
  readonly of: Node
}

/** Whole years of a duration and the months left over, or whole days of one; towards zero. */
export interface DurationPartNode extends Base {
  readonly kind: 'duration part'
  readonly part: 'years' | 'months' | 'days'
  readonly of: Node
}

/** On numbers. Division by zero is null. */
export interface ArithmeticNode extends Base {
  readonly kind: 'arithmetic'
  readonly operator: '+' | '-' | '*' | '/' | '**'
  readonly left: Node
  readonly right: Node
}

/** Of a number or a duration. */
export interface NegateNode extends Base {
  readonly kind: 'negate'
  readonly operand: Node
}

/** duration ± duration, duration × number, duration ÷ number, duration ÷ duration. */
export interface DurationNode extends Base {
  readonly kind: 'duration'
  readonly operator: '+' | '-' | '*' | '/'
  readonly left: Node
  readonly right: Node
}

/** date ± duration. */
export interface ShiftNode extends Base {
  readonly kind: 'shift'
  readonly date: Node
  readonly by: Node
  readonly backwards: boolean
}

export interface DateDifferenceNode extends Base {
  readonly kind: 'date difference'
  readonly left: Node
  readonly right: Node
}

export interface ConcatenateNode extends Base {
  readonly kind: 'concatenate'
  readonly left: Node
  readonly right: Node
}

export type OrderOperator = '<' | '<=' | '>' | '>='

/** Null when either side is. */
export interface CompareNode extends Base {
  readonly kind: 'compare'
  readonly operator: OrderOperator
  readonly left: Node
  readonly right: Node
}

/** FEEL's `=` and `!=`: always true or false, null equals null. */
export interface EqualNode extends Base {
  readonly kind: 'equal'
  readonly negated: boolean
  readonly left: Node
  readonly right: Node
}

/** Kleene's three values. */
export interface LogicNode extends Base {
  readonly kind: 'and' | 'or'
  readonly left: Node
  readonly right: Node
}

export interface NotNode extends Base {
  readonly kind: 'not'
  readonly operand: Node
}

/** A condition that is not true takes the else branch. */
export interface IfNode extends Base {
  readonly kind: 'if'
  readonly condition: Node
  readonly whenTrue: Node
  readonly otherwise: Node
  /** Set where the condition is that a value is allowed: what is said of one that is not, and is taken as null. */
  readonly refusal?: { readonly zh: string; readonly en: string }
}

/** Both ends included. Unlike a test it leaves `?` what it was around it. */
export interface BetweenNode extends Base {
  readonly kind: 'between'
  readonly operand: Node
  readonly low: Node
  readonly high: Node
}

/** `x in (tests)`: true, false, or null where the test cannot tell. Inside, `?` is x. */
export interface InNode extends Base {
  readonly kind: 'in'
  readonly operand: Node
  readonly test: Test
}

export interface RoundNode extends Base {
  readonly kind: 'round'
  readonly mode: RoundingMode
  readonly operand: Node
  /** Decimal places, a number. */
  readonly places: Node
}

export interface CallNode extends Base {
  readonly kind: 'call'
  readonly function: FunctionName
  readonly args: readonly Node[]
}

/** Where the text could not be understood. It evaluates to null with the problem as its message. */
export interface InvalidNode extends Base {
  readonly kind: 'invalid'
  readonly problem: Problem
}
