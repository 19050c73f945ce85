import { programOf } from '../check/program.ts'
import { type Chain, compileChain } from '../evaluate/chain.ts'
import { Compiler } from '../evaluate/compiler.ts'
import { type CompiledInput, compileInput } from '../evaluate/inputs.ts'
import { Library } from '../evaluate/library.ts'
import { withinLimits } from '../evaluate/limits.ts'
import { type EvaluateOptions, getDecision, type Result, startRun } from '../evaluate/prepare.ts'
import { type Run, STEPS_MAX } from '../evaluate/run.ts'
import type { Node } from '../node/node.ts'
import type { Program, TypedDecision, TypedInput } from '../node/program.ts'
import type { Model } from '../read/model.ts'
import type { PlainInputs } from '../value/plain.ts'
import type { Value } from '../value/value.ts'
import { Dependence } from './dependence.ts'

const grounds = new WeakMap<Model, Map<string, Ground>>()

export function groundOf(model: Model, decision: string): Ground {
  const known = grounds.get(model) ?? new Map<string, Ground>()
  grounds.set(model, known)
  const ready = known.get(decision) ?? new Ground(programOf(model), decision)
  known.set(decision, ready)
  return ready
}

/** A decision and all it requires, in a form whose parts can be worked out one by one. */
export class Ground {
  readonly program: Program
  readonly decision: string
  readonly chain: Chain
  readonly asked: TypedDecision
  readonly inputs: readonly TypedInput[]
  readonly #read: readonly CompiledInput[]
  readonly #compilers = new Map<string, Compiler>()
  readonly #dependences = new Map<string, Dependence>()

  constructor(program: Program, decision: string) {
    const library = new Library(program)
    this.program = program
    this.decision = decision
    this.asked = getDecision(program, decision)
    this.chain = compileChain(program, library, [decision])
    const { inputSlots: inputs, decisionSlots: decisions } = this.chain
    this.inputs = inputs.names.flatMap(name => program.inputs.get(name) ?? [])
    this.#read = this.inputs.map(compileInput)
    for (const { typed } of this.chain.decisions) {
      const { name, line } = typed.decision
      const where = { file: typed.file, element: name, line }
      this.#compilers.set(name, new Compiler({ inputs, decisions, library }, where))
    }
  }

  /** The inputs as the model takes them in, what it does not allow as null. */
  read(given: PlainInputs, options: EvaluateOptions): Run {
    const run = startRun(this.program.model.file, options, this.chain.decisions.length)
    for (const { name, read } of this.#read) {
      const value = read(Object.hasOwn(given, name) ? given[name] : null, run)
      run.inputs[this.chain.inputSlots.of(name)] = value
    }
    return run
  }

  /** What the decision comes to. */
  result(given: PlainInputs, options: EvaluateOptions): Result {
    const run = this.read(given, options)
    for (const decision of this.chain.decisions) run.decisions[decision.slot] = decision.evaluate(run)
    const value = run.decisions[this.chain.decisionSlots.of(this.decision)] ?? null
    return { value, messages: run.messages ?? [] }
  }

  /** The same run with one input changed, and all decisions worked out. */
  settle(base: Run, input: string, value: Value): Run {
    const run: Run = {
      ...base,
      inputs: [...base.inputs],
      decisions: [],
      // What goes wrong on the way is said by the evaluation that is tried in the end.
      messages: null,
      budget: { ...base.budget, steps: STEPS_MAX },
    }
    run.inputs[this.chain.inputSlots.of(input)] = value
    for (const decision of this.chain.decisions) run.decisions[decision.slot] = decision.evaluate(run)
    return run
  }

  /** The value of one node of a decision in a run. */
  valueOf(node: Node, { decision: { name } }: TypedDecision, run: Run): Value {
    const compiler = this.#compilers.get(name)
    if (compiler === undefined) return null
    run.budget.steps = STEPS_MAX
    return withinLimits(run, compiler.where, compiler.compiled(node))
  }

  dependenceOn(input: string): Dependence {
    const known = this.#dependences.get(input) ?? new Dependence(this.program, input)
    this.#dependences.set(input, known)
    return known
  }
}
