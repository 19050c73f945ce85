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
 *
 * @example
 * const { trace } = evaluate(model, '资格', { 营业收入: '18500000' }, { asOf: '2026-06-21' })
 * const { passed, unknown } = conditionBits(trace, '资格') // of rule 1: 登记状态 is unknown, 营业收入 not met
 */
export function conditionBits(trace: Trace, decision: string): ConditionBits {
  const logic = trace.decisions.find(each => each.name === decision)?.logic
  if (logic?.kind !== 'table') throw new RangeError(`The trace holds no table "${decision}".`)
  let passed = 0n
  let unknown = 0n
  for (const [i, { outcome }] of (logic.rules[0]?.cells ?? []).entries()) {
    const bit = 1n << BigInt(i)
    if (outcome === 'met' || outcome === 'any') passed |= bit
    if (outcome === 'unknown') unknown |= bit
  }
  return { passed, unknown }
}
