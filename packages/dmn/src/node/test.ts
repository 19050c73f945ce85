import type { Problem } from '../problem.ts'
import type { Node, OrderOperator } from './node.ts'

/**
 * A unary test on a value, `?`. It is true, false, or unknown (null): unknown wherever a value it needs is missing,
 * so a missing value is never silently a yes or a no. Only `null` itself, and a condition that speaks of null, can
 * answer about a missing value.
 */
export type Test =
  | AnyTest
  | NullTest
  | EqualTest
  | CompareTest
  | RangeTest
  | ConditionTest
  | ContainedTest
  | OneOfTest
  | NotTest
  | InvalidTest

export interface AnyTest {
  readonly kind: 'any'
}

/** `null`. */
export interface NullTest {
  readonly kind: 'is null'
}

export interface EqualTest {
  readonly kind: 'equals'
  readonly value: Node
}

export interface CompareTest {
  readonly kind: 'compare'
  readonly operator: OrderOperator
  readonly bound: Node
}

export interface RangeTest {
  readonly kind: 'range'
  readonly low: Node
  readonly lowClosed: boolean
  readonly high: Node
  readonly highClosed: boolean
}

/** A condition of its own, with `?` in it or not. */
export interface ConditionTest {
  readonly kind: 'condition'
  readonly condition: Node
  /** Whether the text mentions null or `is defined`; only then is it asked about a missing value. */
  readonly speaksOfNull: boolean
}

/**
 * A value whose kind is known only when it is there, or is a list or a range: the subject equals it, is one of its
 * items, or lies within it. Runs one by one only.
 */
export interface ContainedTest {
  readonly kind: 'contained'
  readonly value: Node
}

/** Comma list: true when one is, unknown when none is and one is unknown. */
export interface OneOfTest {
  readonly kind: 'one of'
  readonly tests: readonly Test[]
}

export interface NotTest {
  readonly kind: 'not'
  readonly test: Test
}

export interface InvalidTest {
  readonly kind: 'invalid'
  readonly problem: Problem
}
