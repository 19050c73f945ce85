import type { Node } from '../node/node.ts'
import type { TableBody, TypedRule, TypedText } from '../node/program.ts'
import { toPlain, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { gapsOf } from './gaps.ts'
import type { Evaluator, Run } from './run.ts'
import { type CompiledTable, compileTable } from './table.ts'
import type { CellTrace, ColumnTrace, RuleTrace, Step, TableTrace } from './trace.ts'

interface Traced {
  readonly value: Value
  readonly trace: TableTrace
}

/** A table that shows every cell of every rule, also those nobody had to look at. */
export function compileTableTrace(compiler: Compiler, body: TableBody): (run: Run) => Traced {
  const plain = compiler.untraced()
  const table = compileTable(plain, body)
  const columns = body.columns.map(({ label, expression }, i) => {
    const { text, line } = expression
    const step = compileStep(compiler.at({ column: i + 1, line, text }), expression)
    const { type } = expression.node
    return { step, trace: { label, expression: text, type } }
  })
  const rules = body.rules.map((rule, r) => compileRuleTrace(plain, table, rule, r))
  const outputs = body.outputs.map(({ name, label }) => ({
    ...(name === undefined ? {} : { name }),
    ...(label === undefined ? {} : { label }),
  }))
  const { hitPolicy } = body
  return run => {
    const values: Value[] = []
    const shown = columns.map(({ step, trace }): ColumnTrace => {
      const made = step(run)
      values.push(made.value)
      return { ...trace, value: made.step.value, step: made.step }
    })
    const traced = rules.map(rule => rule(run, values))
    const matched = traced.flatMap((rule, r) => (rule.matched ? [r] : []))
    const { value, deciding, defaulted } = table.decide(run, matched)
    return {
      value,
      trace: {
        kind: 'table',
        hitPolicy,
        columns: shown,
        outputs,
        rules: traced,
        matched: matched.map(r => traced[r]?.number ?? 0),
        deciding,
        defaulted,
      },
    }
  }
}

function compileRuleTrace(
  compiler: Compiler,
  table: CompiledTable,
  rule: TypedRule,
  r: number,
): (run: Run, values: readonly Value[]) => RuleTrace {
  const { number, annotations } = rule
  const head = { number, ...described(rule) }
  const tests = table.cells[r] ?? []
  const evaluators = table.outputs[r] ?? []
  const unmatched = rule.outputs.map(({ text }) => ({ text }))
  const cells = rule.cells.map(({ test, text }, c) => ({
    test,
    evaluate: tests[c],
    any: { text, outcome: 'any' } as const,
    met: { text, outcome: 'met' } as const,
    unknown: { text, outcome: 'unknown' } as const,
    notMet: { text, outcome: 'not met' } as const,
  }))
  return (run, values) => {
    const outer = run.subject
    let matched = true
    const traced = cells.map((cell, c): CellTrace => {
      if (cell.test.kind === 'any') return cell.any
      run.subject = values[c] ?? null
      const result = cell.evaluate?.(run) ?? null
      if (result === true) return cell.met
      matched = false
      if (result === null) return cell.unknown
      const gaps = gapsOf(cell.test, compiler, run)
      return gaps.length === 0 ? cell.notMet : { ...cell.notMet, gaps }
    })
    run.subject = outer
    const outputs = matched
      ? rule.outputs.map(({ text }, o) => ({ text, value: toPlain(evaluators[o]?.(run) ?? null) }))
      : unmatched
    return { ...head, matched, cells: traced, outputs, annotations }
  }
}

/** One text with its steps, whatever is left of the number of steps that may be shown. */
export function compileStep(
  compiler: Compiler,
  { node, text }: TypedText,
): (run: Run) => { value: Value; step: Step } {
  return stepsOf(compiler.node(node), node, text)
}

export function stepsOf(
  evaluate: Evaluator,
  { from, to }: Node,
  text: string,
): (run: Run) => { value: Value; step: Step } {
  return run => {
    const outer = run.steps
    const steps: Step[] = []
    run.steps = steps
    const value = evaluate(run)
    run.steps = outer
    const [first] = steps
    if (steps.length === 1 && first) return { value, step: first }
    const step = {
      kind: 'operation' as const,
      text: text.slice(from, to),
      from,
      to,
      value: toPlain(value),
      steps,
    }
    return { value, step }
  }
}

/** A table inside an expression, as one step. */
export function tracedTable(compiler: Compiler, body: TableBody): Evaluator {
  const traced = compileTableTrace(compiler, body)
  const plain = compileTable(compiler.untraced(), body)
  return run => {
    if (run.steps === null || run.budget.shown <= 0) return plain.evaluate(run).value
    run.budget.shown -= body.rules.length + 1
    const { value, trace } = traced(run)
    run.steps.push({
      kind: 'operation',
      text: '',
      from: 0,
      to: 0,
      value: toPlain(value),
      steps: [],
      table: trace,
    })
    return value
  }
}

export function described(element: { readonly label?: string; readonly description?: string }) {
  const { label, description } = element
  return {
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
  }
}
