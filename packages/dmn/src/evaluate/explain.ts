import type { Program, TypedDecision, TypedInput } from '../node/program.ts'
import type { KnowledgeSource } from '../read/model.ts'
import type { Plain } from '../value/plain.ts'
import { type Chain, chainOf } from './chain.ts'
import { Compiler } from './compiler.ts'
import { described, shared } from './described.ts'
import { Last } from './last.ts'
import { Library } from './library.ts'
import { withinLimits } from './limits.ts'
import { type Run, STEPS_MAX } from './run.ts'
import { STEPS_SHOWN_MAX } from './steps.ts'
import { compileStep, compileTableTrace, stepsOf } from './table-trace.ts'
import type { DecisionTrace, InputTrace, SourceTrace } from './trace.ts'

/** Reads a finished run back, step by step: its inputs and decisions stand, the rest is worked out once more. */
export type Explainer = (run: Run) => readonly DecisionTrace[]

export function compileExplainer(program: Program, names: readonly string[], chain: Chain): Explainer {
  const library = new Library(program, true)
  const slots = { inputs: chain.inputSlots, decisions: chain.decisionSlots, library, tracing: true }
  const decisions = chainOf(program, names).map(typed => {
    const { decision, file } = typed
    const compiler = new Compiler(slots, { file, element: decision.name, line: decision.line })
    return explainDecision(compiler, typed, chain.decisionSlots.of(decision.name))
  })
  return run => decisions.map(explain => explain(run))
}

export function explainInput({ data, type }: TypedInput): (value: Plain) => InputTrace {
  const head = { name: data.name, ...described(data), type: shared(type) }
  const last = new Last<InputTrace>()
  return value => {
    const { made } = last
    return made?.value === value ? last.again(made) : last.remember({ ...head, value })
  }
}

function explainDecision(
  compiler: Compiler,
  typed: TypedDecision,
  slot: number,
): (run: Run) => DecisionTrace {
  const { decision, requires, type } = typed
  const head = {
    name: decision.name,
    ...described(decision),
    sources: shared(typed.sources.map(explainSource)),
    requires: shared(requires),
    type: shared(type),
  }
  const logic = explainLogic(compiler, typed)
  return run => ({ ...head, value: run.plain?.decisions[slot] ?? null, logic: logic(run) })
}

type Logic = DecisionTrace['logic']

const NOT_RUN: Logic = Object.freeze({ kind: 'unsupported' })

function explainLogic(compiler: Compiler, { body, decision }: TypedDecision): (run: Run) => Logic {
  switch (body.kind) {
    case 'expression': {
      const { expression } = body
      const { text, line } = expression
      const steps = compileStep(compiler.at({ text, line }), expression)
      return within(compiler, run => ({ kind: 'expression', text, step: steps(run).step }))
    }
    case 'table': {
      const table = compileTableTrace(compiler.at({ line: decision.line }), body)
      return within(compiler, run => table(run).trace)
    }
    case 'boxed': {
      const { element, node, line } = body
      const steps = stepsOf(compiler.at({ line }).node(node), node, '')
      return within(compiler, run => ({ kind: 'boxed', element, step: steps(run).step }))
    }
    case 'unsupported':
      return () => NOT_RUN
    default:
      return body satisfies never
  }
}

/** What went wrong has been said, and what was too much for the run is too much for its trace. */
function within({ where }: Compiler, explain: (run: Run) => Logic): (run: Run) => Logic {
  return run => {
    let logic = NOT_RUN
    run.budget.steps = STEPS_MAX
    run.budget.shown = STEPS_SHOWN_MAX
    withinLimits(run, where, () => {
      logic = explain(run)
      return null
    })
    run.steps = null
    return logic
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
