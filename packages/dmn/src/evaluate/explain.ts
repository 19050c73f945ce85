import type { Node } from '../node/node.ts'
import type { TableBody, TypedInput, TypedText } from '../node/program.ts'
import { childrenOf } from '../node/walk.ts'
import type { KnowledgeSource } from '../read/model.ts'
import { toPlain, type Value } from '../value/value.ts'
import type { CompiledDecision } from './chain.ts'
import type { Compiler } from './compiler.ts'
import { gapsOf } from './gaps.ts'
import type { Run } from './run.ts'
import type { CompiledTable } from './table.ts'
import type { CellTrace, DecisionTrace, InputTrace, SourceTrace, Step, TableTrace } from './trace.ts'

export function explainInput({ data, type }: TypedInput, value: Value): InputTrace {
  return { name: data.name, ...described(data), type, value: toPlain(value) }
}

export function explainDecision({ typed, compiler, table, slot }: CompiledDecision, run: Run): DecisionTrace {
  const { decision, body } = typed
  return {
    name: decision.name,
    ...described(decision),
    sources: typed.sources.map(explainSource),
    requires: typed.requires,
    type: typed.type,
    value: toPlain(run.decisions[slot] ?? null),
    logic:
      body.kind === 'expression'
        ? {
            kind: 'expression',
            text: body.expression.text,
            step: explainStep(compiler, body.expression, run),
          }
        : body.kind === 'table' && table
          ? explainTable(compiler, body, table, run)
          : { kind: 'unsupported' },
  }
}

function explainSource(source: KnowledgeSource): SourceTrace {
  const { name, type, locationURI } = source
  return {
    name,
    ...described(source),
    ...(type === undefined ? {} : { type }),
    ...(locationURI === undefined ? {} : { locationURI }),
  }
}

function explainStep(compiler: Compiler, { node, text }: TypedText, run: Run): Step {
  const step = (each: Node): Step => {
    const { from, to } = each
    const value = toPlain(compiler.compiled(each)(run))
    const outer = run.subject
    if (each.kind === 'in') run.subject = compiler.compiled(each.operand)(run)
    const steps = taken(each).map(step)
    run.subject = outer
    const kind =
      each.kind === 'literal' || each.kind === 'input' || each.kind === 'decision' ? each.kind : 'operation'
    return {
      kind,
      text: text.slice(from, to),
      from,
      to,
      ...(each.kind === 'input' || each.kind === 'decision' ? { name: each.name } : {}),
      value,
      steps,
    }
  }
  const taken = (each: Node): readonly Node[] => {
    if (each.kind !== 'if') return childrenOf(each).filter(child => child.to > child.from)
    const branch = compiler.compiled(each.condition)(run) === true ? each.whenTrue : each.otherwise
    return [each.condition, branch]
  }
  return step(node)
}

function explainTable(compiler: Compiler, body: TableBody, table: CompiledTable, run: Run): TableTrace {
  const { deciding, defaulted } = table.evaluate(run)
  const values = table.columns.map(column => column(run))
  const rules = body.rules.map((rule, r) => {
    const cells = rule.cells.map(({ test, text }, c): CellTrace => {
      if (test.kind === 'any') return { text, outcome: 'any' }
      run.subject = values[c] ?? null
      const result = table.cells[r]?.[c]?.(run) ?? null
      if (result === null) return { text, outcome: 'unknown' }
      if (result) return { text, outcome: 'met' }
      const gaps = gapsOf(test, compiler, run)
      return gaps.length === 0 ? { text, outcome: 'not met' } : { text, outcome: 'not met', gaps }
    })
    run.subject = null
    const matched = cells.every(cell => cell.outcome === 'met' || cell.outcome === 'any')
    return {
      number: rule.number,
      ...described(rule),
      matched,
      cells,
      outputs: rule.outputs.map(({ text }, o) =>
        matched ? { text, value: toPlain(table.outputs[r]?.[o]?.(run) ?? null) } : { text },
      ),
      annotations: rule.annotations,
    }
  })
  return {
    kind: 'table',
    hitPolicy: body.hitPolicy,
    columns: body.columns.map(({ label, expression }, i) => ({
      label,
      expression: expression.text,
      type: expression.node.type,
      value: toPlain(values[i] ?? null),
      step: explainStep(compiler, expression, run),
    })),
    outputs: body.outputs.map(({ name, label }) => ({
      ...(name === undefined ? {} : { name }),
      ...(label === undefined ? {} : { label }),
    })),
    rules,
    matched: rules.filter(rule => rule.matched).map(rule => rule.number),
    deciding,
    defaulted,
  }
}

function described(element: { readonly label?: string; readonly description?: string }) {
  const { label, description } = element
  return {
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
  }
}
