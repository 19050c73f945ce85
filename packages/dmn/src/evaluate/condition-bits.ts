import type { Trace } from './trace.ts'

/** Bit i (from 0) is column i + 1's cell in rule 1. `passed`: met or any; `unknown`: unknown. */
export interface ConditionBits {
  readonly passed: bigint
  readonly unknown: bigint
}

/**
 * The bits `toSql` computes for a table named in `conditions`, from a trace.
 *
 * @throws RangeError when the trace has no table of that name
 */
export function conditionBits(_trace: Trace, _decision: string): ConditionBits {
  throw new Error('conditionBits stands here as a signature')
}
