import type { TypedRule } from '../node/program.ts'
import type { Plain } from '../value/plain.ts'
import { frozenPlain, toPlain } from '../value/to-plain.ts'
import type { Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { described, shared } from './described.ts'
import { compileGaps } from './gaps.ts'
import type { Evaluator, Run, TestEvaluator } from './run.ts'
import type { CompiledTable } from './table.ts'
import type { CellTrace, ColumnTrace, RuleTrace } from './trace.ts'

/** Reads one rule for the values of the columns, and what the trace shows of them. */
export type RuleReader = (run: Run, values: readonly Value[], columns: readonly ColumnTrace[]) => RuleTrace

/** Most subjects fail a rule in one of a few ways. */
const SHARED_MAX = 128
/** So that the outcomes of all columns, three for each, are told apart by a whole number. */
const SHARED_COLUMNS_MAX = 30

/**
 * Every cell, also those nobody had to look at. What does not depend on the subject's own numbers, because no bound was missed by
 * an amount and the outputs are written out, is made once for each way the rule can go, frozen and shared.
 */
export function compileRuleTrace(
  compiler: Compiler,
  table: CompiledTable,
  rule: TypedRule,
  r: number,
): RuleReader {
  const cells = rule.cells.map((cell, c) => compileCell(compiler, cell, c, table.cells[r]?.[c]))
  const tested = cells.filter(cell => cell.test !== undefined)
  const untested = cells.map(cell => cell.any)
  const outputs = compileOutputs(rule, table.outputs[r] ?? [])
  const made = compileHead(rule)
  const ways = new Map<number, RuleTrace>()
  const fewColumns = cells.length <= SHARED_COLUMNS_MAX
  return (run, values, columns) => {
    const traced = untested.slice()
    let matched = true
    let sharing = fewColumns
    let way = 0
    for (const cell of tested) {
      const { column } = cell
      run.subject = values[column] ?? null
      const trace = readCell(cell, run, columns[column]?.value ?? null)
      traced[column] = trace
      if (trace === cell.met) {
        way *= 3
        continue
      }
      matched = false
      if (trace === cell.unknown) way = way * 3 + 1
      else if (trace === cell.notMet) way = way * 3 + 2
      else sharing = false
    }
    if (!sharing || (matched && !outputs.constant)) {
      return made(matched, traced, matched ? outputs.read(run) : outputs.unmatched)
    }
    const known = ways.get(way)
    if (known !== undefined) return known
    const trace = made(matched, Object.freeze(traced), matched ? outputs.read(run) : outputs.unmatched)
    if (ways.size < SHARED_MAX) ways.set(way, Object.freeze(trace))
    return trace
  }
}

interface TracedCell {
  readonly column: number
  /** Absent where the cell is `-`. */
  readonly test: TestEvaluator | undefined
  readonly gaps: ReturnType<typeof compileGaps>
  readonly text: string
  readonly any: CellTrace
  readonly met: CellTrace
  readonly unknown: CellTrace
  readonly notMet: CellTrace
}

function compileCell(
  compiler: Compiler,
  { test, text }: TypedRule['cells'][number],
  column: number,
  evaluate: TestEvaluator | undefined,
): TracedCell {
  return {
    column,
    test: test.kind === 'any' ? undefined : evaluate,
    gaps: compileGaps(test, compiler),
    text,
    any: Object.freeze({ text, outcome: 'any' }),
    met: Object.freeze({ text, outcome: 'met' }),
    unknown: Object.freeze({ text, outcome: 'unknown' }),
    notMet: Object.freeze({ text, outcome: 'not met' }),
  }
}

function readCell(cell: TracedCell, run: Run, shown: Plain): CellTrace {
  const result = cell.test?.(run) ?? null
  if (result === true) return cell.met
  if (result === null) return cell.unknown
  const gaps = cell.gaps?.(run, shown)
  if (gaps === undefined || gaps.length === 0) return cell.notMet
  return { text: cell.text, outcome: 'not met', gaps }
}

interface Outputs {
  readonly unmatched: RuleTrace['outputs']
  /** Whether they are the same whenever the rule matches. */
  readonly constant: boolean
  readonly read: (run: Run) => RuleTrace['outputs']
}

function compileOutputs({ outputs }: TypedRule, evaluators: readonly Evaluator[]): Outputs {
  const unmatched = Object.freeze(outputs.map(({ text }) => Object.freeze({ text })))
  const constant: { text: string; value: Plain }[] = []
  for (const { text, node } of outputs) {
    if (node.kind === 'literal') constant.push(Object.freeze({ text, value: frozenPlain(node.value) }))
  }
  if (constant.length === outputs.length) {
    Object.freeze(constant)
    return { unmatched, constant: true, read: () => constant }
  }
  const read = (run: Run) =>
    outputs.map(({ text }, o) => ({ text, value: toPlain(evaluators[o]?.(run) ?? null) }))
  return { unmatched, constant: false, read }
}

type Made = (matched: boolean, cells: readonly CellTrace[], outputs: RuleTrace['outputs']) => RuleTrace

/** Objects of one shape, written out: a rule is noted for every row of every table. */
function compileHead(rule: TypedRule): Made {
  const { number, label, description } = rule
  const annotations = shared(rule.annotations)
  if (label === undefined && description === undefined) {
    return (matched, cells, outputs) => ({ number, matched, cells, outputs, annotations })
  }
  const head = { number, ...described(rule) }
  return (matched, cells, outputs) => ({ ...head, matched, cells, outputs, annotations })
}
