import type { TableBody, TypedRule } from '../node/program.ts'
import { Decimal, settled } from '../value/number.ts'
import { frozenPlain } from '../value/to-plain.ts'
import { compareValues, equalValues, FeelContext, isNumber, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { type Failure, failure } from './messages.ts'
import type { Evaluator, Run, TestEvaluator } from './run.ts'
import { compileTest } from './tests.ts'

export interface TableResult {
  readonly value: Value
  /** Numbers of the rules that match; with the hit policy First only the first of them has been looked for. */
  readonly matched: readonly number[]
  readonly deciding: readonly number[]
  readonly defaulted: boolean
}

interface CompiledRule {
  readonly number: number
  readonly cells: readonly { readonly column: number; readonly test: TestEvaluator }[]
  readonly outputs: readonly Evaluator[]
  /** What it comes to, where its outputs are written out: made once and given out again. */
  readonly constant: Value | undefined
}

export interface CompiledTable {
  /** All cells, `-` included, for traces. */
  readonly cells: readonly (readonly TestEvaluator[])[]
  readonly outputs: readonly (readonly Evaluator[])[]
  evaluate(run: Run): TableResult
  /** What the matching rules, by their place in the table, come to. */
  decide(run: Run, matched: readonly number[]): TableResult
}

export function compileTable(compiler: Compiler, body: TableBody): CompiledTable {
  const columns = body.columns.map(({ expression }, i) =>
    compiler.at({ column: i + 1, line: expression.line, text: expression.text }).node(expression.node),
  )
  const cells = body.rules.map(rule =>
    rule.cells.map(({ test, text }, i) =>
      compileTest(compiler.at({ rule: rule.number, column: i + 1, line: rule.line, text }), test),
    ),
  )
  const outputs = body.rules.map(rule =>
    rule.outputs.map(({ node, text }, i) =>
      compiler.at({ rule: rule.number, output: i + 1, line: rule.line, text }).node(node),
    ),
  )
  const rules: CompiledRule[] = body.rules.map((rule, r) => ({
    number: rule.number,
    cells: rule.cells.flatMap(({ test: { kind } }, column) => {
      const test = cells[r]?.[column]
      return kind === 'any' || test === undefined ? [] : [{ column, test }]
    }),
    outputs: outputs[r] ?? [],
    constant: constantOf(body, rule),
  }))
  const decide = decider(compiler, body)
  const onlyFirst = body.hitPolicy === 'F'

  const evaluate = (run: Run): TableResult => {
    const values: Value[] = []
    for (const column of columns) values.push(column(run))
    const outer = run.subject
    const hits: CompiledRule[] = []
    for (const rule of rules) {
      if (!matches(run, rule, values)) continue
      hits.push(rule)
      if (onlyFirst) break
    }
    run.subject = outer
    return decide(run, hits)
  }
  return {
    cells,
    outputs,
    evaluate,
    decide(run, matched) {
      const hits: CompiledRule[] = []
      for (const r of matched) {
        const rule = rules[r]
        if (rule) hits.push(rule)
      }
      return decide(run, hits)
    },
  }
}

function matches(run: Run, { cells }: CompiledRule, values: readonly Value[]): boolean {
  for (const { column, test } of cells) {
    run.subject = values[column] ?? null
    if (test(run) !== true) return false
  }
  return true
}

type Decide = (run: Run, hits: readonly CompiledRule[]) => TableResult

function decider(compiler: Compiler, body: TableBody): Decide {
  const { hitPolicy, outputs } = body
  const manyRules = failure('many-rules', compiler.where)
  const different = failure('different-outputs', compiler.where)
  const tooLarge = failure('number-range', compiler.where)
  const defaults = outputs.map(output =>
    output.default ? compiler.at({ text: output.default.text }).node(output.default.node) : undefined,
  )
  const ranks = outputs.map(output => output.priorities.map(node => compiler.node(node)))
  const one = (run: Run, rule: CompiledRule): Value =>
    rule.constant === undefined
      ? valueFrom(
          body,
          rule.outputs.map(output => output(run)),
        )
      : rule.constant

  const fallback = (run: Run): TableResult => {
    if (!defaults.some(each => each !== undefined)) {
      // Counting nothing gives zero; everything else nothing gives null.
      return { value: hitPolicy === 'C#' ? ZERO : null, matched: [], deciding: [], defaulted: false }
    }
    const value = valueFrom(
      body,
      defaults.map(each => each?.(run) ?? null),
    )
    return { value, matched: [], deciding: [], defaulted: true }
  }

  return (run, hits) => {
    const [first, second] = hits
    if (first === undefined) return fallback(run)
    const matched = hits.map(rule => rule.number)
    const by = (rule: CompiledRule, value = one(run, rule)): TableResult => ({
      value,
      matched,
      deciding: [rule.number],
      defaulted: false,
    })
    const byAll = (value: Value): TableResult => ({ value, matched, deciding: matched, defaulted: false })
    const by0 = (fail: Failure): TableResult => ({
      value: fail(run),
      matched,
      deciding: [],
      defaulted: false,
    })
    switch (hitPolicy) {
      case 'U':
        return second === undefined ? by(first) : by0(manyRules)
      case 'F':
        return by(first)
      case 'A': {
        const value = one(run, first)
        const agree = hits.every(rule => rule === first || equalValues(one(run, rule), value))
        return agree ? by(first, value) : by0(different)
      }
      case 'P':
      case 'O': {
        const ranked = byPriority(run, hits, ranks)
        const [best = first] = ranked
        if (hitPolicy === 'P') return by(best)
        return { ...byAll(ranked.map(rule => one(run, rule))), deciding: ranked.map(rule => rule.number) }
      }
      case 'R':
      case 'C':
        return byAll(hits.map(rule => one(run, rule)))
      case 'C#':
        return byAll(new Decimal(hits.length))
      case 'C+':
        return byAll(
          sum(
            hits.map(rule => one(run, rule)),
            () => tooLarge(run),
          ),
        )
      case 'C<':
      case 'C>': {
        const least = hitPolicy === 'C<'
        return byAll(
          hits
            .map(rule => one(run, rule))
            .reduce((best, value) => {
              const order = compareValues(value, best)
              return order === undefined ? null : order < 0 === least ? value : best
            }),
        )
      }
      default:
        return hitPolicy satisfies never
    }
  }
}

const ZERO = new Decimal(0)

function constantOf(body: TableBody, { outputs }: TypedRule): Value | undefined {
  const values: Value[] = []
  for (const { node } of outputs) {
    if (node.kind !== 'literal') return undefined
    values.push(node.value)
  }
  const value = valueFrom(body, values)
  return value instanceof FeelContext ? new FeelContext(value.fields, frozenPlain(value)) : value
}

function valueFrom({ outputs }: TableBody, values: readonly Value[]): Value {
  const [only = null] = values
  if (outputs.length === 1) return only
  return new FeelContext(new Map(outputs.map(({ name }, i) => [name ?? '', values[i] ?? null])))
}

function sum(values: readonly Value[], tooLarge: () => null): Value {
  let total: Decimal | null = ZERO
  for (const value of values) {
    if (value === null || !isNumber(value)) return null
    total = settled(total.plus(value))
    if (total === null) return tooLarge()
  }
  return total
}

/** Sorted by the rank of each output in its list, leftmost output first; rules of equal rank keep their order. */
function byPriority(
  run: Run,
  hits: readonly CompiledRule[],
  ranks: readonly (readonly Evaluator[])[],
): CompiledRule[] {
  const keyed = hits.map(rule => ({
    rule,
    key: rule.outputs.map((output, i) => {
      const value = output(run)
      const rank = (ranks[i] ?? []).findIndex(each => equalValues(each(run), value))
      return rank < 0 ? Number.MAX_SAFE_INTEGER : rank
    }),
  }))
  keyed.sort((a, b) => a.key.reduce((order, rank, i) => order || rank - (b.key[i] ?? 0), 0))
  return keyed.map(({ rule }) => rule)
}
