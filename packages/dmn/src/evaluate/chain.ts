import type { Program, TypedDecision } from '../node/program.ts'
import type { Location } from '../problem.ts'
import type { Value } from '../value/value.ts'
import { compileCoercion } from './coercions.ts'
import { Compiler } from './compiler.ts'
import type { Library } from './library.ts'
import { withinLimits } from './limits.ts'
import { failureOf } from './messages.ts'
import { type Evaluator, type Run, Slots } from './run.ts'
import { type CompiledTable, compileTable } from './table.ts'

/** One decision of the chain, ready to run. */
export interface CompiledDecision {
  readonly typed: TypedDecision
  readonly slot: number
  readonly compiler: Compiler
  readonly table?: CompiledTable
  evaluate(run: Run): Value
}

/** Decisions in the order they are worked out, with the places their values and inputs have in a run. */
export interface Chain {
  readonly inputSlots: Slots
  readonly decisionSlots: Slots
  readonly decisions: readonly CompiledDecision[]
}

/** @param given  decisions whose values the caller puts in; neither they nor what only they require is worked out */
export function compileChain(
  program: Program,
  library: Library,
  names: readonly string[],
  given: ReadonlySet<string> = new Set(),
): Chain {
  const inputSlots = new Slots()
  const decisionSlots = new Slots()
  const decisions = chainOf(program, names, given).map((typed): CompiledDecision => {
    const { decision, file } = typed
    const where = { file, element: decision.name }
    const compiler = new Compiler(inputSlots, decisionSlots, where, library)
    const { evaluate, ...table } = compileBody(compiler, typed)
    const slot = decisionSlots.of(decision.name)
    return { typed, compiler, slot, ...table, evaluate: guarded(typed, evaluate, where) }
  })
  return { inputSlots, decisionSlots, decisions }
}

/** A scalar decision without loops cannot reach a limit, and is spared the guard. */
function guarded({ body }: TypedDecision, evaluate: Evaluator, where: Location): Evaluator {
  if (body.kind === 'unsupported') return evaluate
  return run => withinLimits(run, where, evaluate)
}

function compileBody(
  compiler: Compiler,
  { body, coerce, decision }: TypedDecision,
): { table?: CompiledTable; evaluate: Evaluator } {
  const brought = (evaluate: Evaluator): Evaluator => {
    if (coerce === undefined) return evaluate
    const { where } = compiler.at({ line: decision.line })
    const coercion = compileCoercion(compiler, coerce, where, decision.name)
    return run => coercion(evaluate(run), run)
  }
  switch (body.kind) {
    case 'expression': {
      const { node, text, line } = body.expression
      return { evaluate: brought(compiler.at({ text, line }).node(node)) }
    }
    case 'table': {
      const table = compileTable(compiler, body)
      return { table, evaluate: brought(run => table.evaluate(run).value) }
    }
    case 'boxed':
      return { evaluate: brought(compiler.at({ line: body.line }).node(body.node)) }
    case 'unsupported': {
      const { where, zh, en } = body.problem
      return { evaluate: failureOf('model', where, zh, en) }
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
