import type { Program, TypedDecision } from '../node/program.ts'
import type { Location } from '../problem.ts'
import { sizeOf } from '../value/size.ts'
import type { Value } from '../value/value.ts'
import { compileCoercion } from './coercions.ts'
import { Compiler } from './compiler.ts'
import type { Library } from './library.ts'
import { withinLimits } from './limits.ts'
import { failureOf } from './messages.ts'
import { type Evaluator, type Run, Slots, spend } from './run.ts'
import { labelled, within } from './steps.ts'
import { compileTable } from './table.ts'
import { tracedTable } from './table-trace.ts'

/** One decision of the chain, ready to run. */
export interface CompiledDecision {
  readonly typed: TypedDecision
  readonly slot: number
  evaluate(run: Run): Value
}

/** Decisions in the order they are worked out, with the places their values and inputs have in a run. */
export interface Chain {
  readonly inputSlots: Slots
  readonly decisionSlots: Slots
  readonly decisions: readonly CompiledDecision[]
}

/** @param options.given  decisions whose values the caller puts in; neither they nor what only they require is run */
export function compileChain(
  program: Program,
  library: Library,
  names: readonly string[],
  options: { readonly given?: ReadonlySet<string>; readonly tracing?: boolean } = {},
): Chain {
  const { given, tracing = false } = options
  const inputSlots = new Slots()
  const decisionSlots = new Slots()
  const shared = { inputs: inputSlots, decisions: decisionSlots, library, tracing }
  const decisions = chainOf(program, names, given).map((typed): CompiledDecision => {
    const { decision, file } = typed
    const where = { file, element: decision.name }
    const evaluate = compileBody(new Compiler(shared, where), typed)
    const slot = decisionSlots.of(decision.name)
    return { typed, slot, evaluate: guarded(typed, evaluate, where) }
  })
  return { inputSlots, decisionSlots, decisions }
}

function guarded({ body }: TypedDecision, evaluate: Evaluator, where: Location): Evaluator {
  if (body.kind === 'unsupported') return evaluate
  const spending: Evaluator = run => {
    const value = evaluate(run)
    // Decisions that hold others twice grow by doubling, as lists do.
    if (typeof value === 'object') spend(run, sizeOf(value) - 1)
    return value
  }
  return run => withinLimits(run, where, spending)
}

function compileBody(compiler: Compiler, { body, coerce, decision }: TypedDecision): Evaluator {
  const { tracing = false } = compiler.shared
  const brought = (evaluate: Evaluator): Evaluator => {
    const named = tracing ? labelled(evaluate, decision.name) : evaluate
    if (coerce === undefined) return named
    const { where } = compiler.at({ line: decision.line })
    const coercions = coerce.map(each => compileCoercion(compiler, each, where, decision.name))
    return run => coercions.reduce((value, coercion) => coercion(value, run), named(run))
  }
  switch (body.kind) {
    case 'expression': {
      const { node, text, line } = body.expression
      const evaluate = compiler.at({ text, line }).node(node)
      return brought(tracing ? within(evaluate, text) : evaluate)
    }
    case 'table': {
      if (tracing) return brought(tracedTable(compiler, body))
      const table = compileTable(compiler, body)
      return brought(run => table.evaluate(run).value)
    }
    case 'boxed':
      return brought(compiler.at({ line: body.line }).node(body.node))
    case 'unsupported': {
      const { where, zh, en } = body.problem
      return failureOf('model', where, zh, en)
    }
    default:
      return body satisfies never
  }
}

/** The decisions and those they require, in the order they are worked out. */
export function chainOf(
  program: Program,
  names: readonly string[],
  given: ReadonlySet<string> = new Set(),
): TypedDecision[] {
  const needed = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name) || given.has(name)) continue
    needed.add(name)
    open.push(...(program.decisions.get(name)?.requires.decisions ?? []))
  }
  return [...program.decisions.values()].filter(typed => needed.has(typed.decision.name))
}
