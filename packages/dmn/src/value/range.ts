import type { Value } from './value.ts'

/** How a range without a second end was written: `(< 10)`, `(= 10)`. Null for `[1..10]`. */
export type RangeOperator = '<' | '<=' | '>' | '>=' | '=' | '!='

/**
 * A range as a value. With an operator an end that is null is open for ever; `[1..null]` has no operator, an end that
 * is not known, and equals no `(>= 1)` (DMN 1.5, table 54: the same ends and the same operator).
 */
export class FeelRange {
  readonly low: Value
  readonly high: Value
  readonly lowClosed: boolean
  readonly highClosed: boolean
  readonly operator: RangeOperator | null

  constructor(
    low: Value,
    high: Value,
    lowClosed: boolean,
    highClosed: boolean,
    operator: RangeOperator | null = null,
  ) {
    this.low = low
    this.high = high
    this.lowClosed = lowClosed
    this.highClosed = highClosed
    this.operator = operator
  }
}

export function rangeOfComparison(operator: RangeOperator, bound: Value): FeelRange {
  switch (operator) {
    case '<':
    case '<=':
      return new FeelRange(null, bound, false, operator === '<=', operator)
    case '>':
    case '>=':
      return new FeelRange(bound, null, operator === '>=', false, operator)
    case '=':
      return new FeelRange(bound, bound, true, true, operator)
    case '!=':
      return new FeelRange(bound, bound, false, false, operator)
    default:
      return operator satisfies never
  }
}
