import type { Node } from '../node/node.ts'
import type { TableBody, TypedText } from '../node/program.ts'
import { toPlain, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { shared } from './described.ts'
import { Last } from './last.ts'
import { compileRuleTrace } from './rule-trace.ts'
import type { Evaluator, Run } from './run.ts'
import { takenFrom } from './steps.ts'
import { compileTable } from './table.ts'
import type { ColumnTrace, RuleTrace, Step, TableTrace } from './trace.ts'

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
    return compileColumnTrace(step, { label, expression: text, type: shared(expression.node.type) })
  })
  const rules = body.rules.map((rule, r) => compileRuleTrace(plain, table, rule, r))
  const outputs = shared(
    body.outputs.map(({ name, label }) => ({
      ...(name === undefined ? {} : { name }),
      ...(label === undefined ? {} : { label }),
    })),
  )
  const { hitPolicy } = body
  return run => {
    const values: Value[] = []
    const shown: ColumnTrace[] = []
    for (const column of columns) {
      const { value, trace } = column(run)
      values.push(value)
      shown.push(trace)
    }
    const outer = run.subject
    const traced: RuleTrace[] = []
    const met: number[] = []
    for (const read of rules) {
      const rule = read(run, values, shown)
      if (rule.matched) met.push(traced.length)
      traced.push(rule)
    }
    run.subject = outer
    const { value, matched, deciding, defaulted } = table.decide(run, met)
    return {
      value,
      trace: {
        kind: 'table',
        hitPolicy,
        columns: shown,
        outputs,
        rules: traced,
        matched,
        deciding,
        defaulted,
      },
    }
  }
}

function compileColumnTrace(
  step: (run: Run) => { value: Value; step: Step },
  { label, expression, type }: Pick<ColumnTrace, 'label' | 'expression' | 'type'>,
): (run: Run) => { value: Value; trace: ColumnTrace } {
  const last = new Last<ColumnTrace>()
  return run => {
    const { value, step: noted } = step(run)
    const { made } = last
    if (made?.step === noted) return { value, trace: last.again(made) }
    return { value, trace: last.remember({ label, expression, type, value: noted.value, step: noted }) }
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
  const whole = text.slice(from, to)
  return run => {
    run.steps ??= []
    const { steps: noted } = run
    const first = noted.length
    const value = evaluate(run)
    const only = noted[first]
    if (noted.length === first + 1 && only) {
      noted.length = first
      return { value, step: only }
    }
    const steps = takenFrom(noted, first)
    const step: Step = { kind: 'operation', text: whole, from, to, value: toPlain(value), steps }
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
